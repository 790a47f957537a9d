use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(max_length = 0)]
    text: Option<String>,
}

fn main() {}
