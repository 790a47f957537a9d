use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(const = "")]
    text: Option<String>,
}

fn main() {}
