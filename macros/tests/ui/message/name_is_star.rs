use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(name = "*")]
    text: Option<String>,
}

fn main() {}
