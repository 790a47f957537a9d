use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    texts: Option<Vec<String>>,
    #[field(required_when("/texts/*", "A"))]
    other: Option<String>,
}

fn main() {}
