use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(required)]
    text: String,
}

fn main() {}
