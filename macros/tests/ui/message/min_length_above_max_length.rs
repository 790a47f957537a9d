use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(min_length = 65, max_length = 64)]
    text: Option<String>,
}

fn main() {}
