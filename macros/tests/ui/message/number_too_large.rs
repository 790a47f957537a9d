use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(max_length = 4294967296)]
    text: Option<String>,
    #[field(min_length = -1)]
    other: Option<String>,
}

fn main() {}
