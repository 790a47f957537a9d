use payspec_runtime::Message;

#[derive(Message)]
#[message(directon = "outgoing")]
struct Example {
    text: Option<String>,
}

fn main() {}
