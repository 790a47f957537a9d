use payspec_runtime::Message;

#[derive(Message)]
#[message(direction = "incoming", decisive("/txt"))]
struct Example {
    text: Option<String>,
    other: Option<String>,
    texts: Option<Vec<String>>,
}

fn main() {}
