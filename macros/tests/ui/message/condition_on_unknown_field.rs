use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    text: Option<String>,
    #[field(required_when("/txt", "A"))]
    other: Option<String>,
}

fn main() {}
