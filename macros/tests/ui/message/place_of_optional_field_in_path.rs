use payspec_runtime::Message;

#[derive(Message)]
#[message(direction = "outgoing")]
struct Example {
    #[field(in = "path")]
    id: Option<String>,
}

fn main() {}
