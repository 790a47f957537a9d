use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(name = "a/b")]
    text: Option<String>,
}

fn main() {}
