use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(max_length = 64, max_length = 32)]
    text: Option<String>,
}

fn main() {}
