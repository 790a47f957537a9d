use payspec_runtime::Message;

#[derive(Message)]
#[message(refine("/texts/name", required))]
struct Example {
    text: Option<String>,
    other: Option<String>,
    texts: Option<Vec<String>>,
}

fn main() {}
