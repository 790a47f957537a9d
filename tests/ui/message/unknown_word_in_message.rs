use payspec_runtime::Message;

#[derive(Message)]
#[message(sid = "request")]
struct Example {
    text: Option<String>,
}

fn main() {}
