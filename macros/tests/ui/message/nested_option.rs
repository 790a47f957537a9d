use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    texts: Vec<Option<String>>,
    text: Option<Option<String>>,
}

fn main() {}
