use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(required_when("/text"))]
    text: Option<String>,
}

fn main() {}
