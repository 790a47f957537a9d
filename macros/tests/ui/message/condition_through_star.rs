use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    parts: Option<Vec<Part>>,
    #[field(required_when("/parts/*/kind", "A"))]
    other: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
struct Part {
    kind: Option<String>,
}

fn main() {}
