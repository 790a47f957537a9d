use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(name = "a" sensitive = "pii")]
    text: Option<String>,
}

fn main() {}
