use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(sensitive = "personal")]
    text: Option<String>,
}

fn main() {}
