use payspec_runtime::Message;

#[derive(Message)]
#[message(side = "request")]
#[message(side = "response")]
struct Example {
    text: Option<String>,
}

fn main() {}
