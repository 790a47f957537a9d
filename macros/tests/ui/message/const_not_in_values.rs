use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(const = "C", values("A", "B"))]
    text: Option<String>,
}

fn main() {}
