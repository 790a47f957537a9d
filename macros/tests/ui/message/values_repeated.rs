use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(values("A", "B", "A"))]
    text: Option<String>,
}

fn main() {}
