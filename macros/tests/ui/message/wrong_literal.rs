use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(max_length = "64")]
    text: Option<String>,
    #[field(const = 1)]
    other: Option<String>,
    #[field(min = 1)]
    count: Option<i64>,
}

fn main() {}
