use payspec_runtime::Message;

#[derive(Message)]
#[message(direction = "incoming", decisive("/text", "/other", "/text"))]
struct Example {
    text: Option<String>,
    other: Option<String>,
    texts: Option<Vec<String>>,
}

fn main() {}
