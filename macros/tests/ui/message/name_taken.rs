use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(name = "id")]
    text: Option<String>,
    #[field(name = "id")]
    other: Option<String>,
}

fn main() {}
