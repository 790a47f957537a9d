use payspec_runtime::Message;

#[derive(Message)]
#[message(direction = "incoming", response("200", "txt", optional("text", "text")))]
#[message(response("4xx", "text"), response("200"), response(optional("text")))]
struct Answer {
    text: Option<String>,
}

#[derive(Message)]
#[message(direction = "outgoing", response("default", "text"))]
struct Request {
    text: Option<String>,
}

fn main() {}
