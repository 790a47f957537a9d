use payspec_runtime::Message;

#[derive(Message)]
#[message(side = "client")]
struct Example {
    text: Option<String>,
}

fn main() {}
