use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(min = "1")]
    text: Option<String>,
}

fn main() {}
