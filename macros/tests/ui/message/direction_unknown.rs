use payspec_runtime::Message;

#[derive(Message)]
#[message(direction = "inbound")]
struct Example {
    text: Option<String>,
}

fn main() {}
