use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    texts: Vec<Option<Option<String>>>,
    text: Option<Option<String>>,
}

fn main() {}
