use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(name = "a", name = "b")]
    text: Option<String>,
}

fn main() {}
