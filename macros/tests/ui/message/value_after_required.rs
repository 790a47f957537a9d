use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(required = "yes")]
    text: Option<String>,
}

fn main() {}
