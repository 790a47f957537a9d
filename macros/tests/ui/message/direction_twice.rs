use payspec_runtime::Message;

#[derive(Message)]
#[message(direction = "outgoing")]
#[message(direction = "incoming")]
struct Example {
    text: Option<String>,
}

fn main() {}
