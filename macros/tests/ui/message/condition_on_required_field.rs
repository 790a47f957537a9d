use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    text: Option<String>,
    #[field(required_when("/text", "A"))]
    other: String,
}

fn main() {}
