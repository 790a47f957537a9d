use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(required_when)]
    text: Option<String>,
    #[field(forbidden_when = "text")]
    other: Option<String>,
}

fn main() {}
