use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(min = "one", max = "1e3")]
    count: Option<i64>,
}

fn main() {}
