use payspec_runtime::Message;

#[derive(Message)]
#[message(refine("/txt", required))]
struct Example {
    text: Option<String>,
    other: Option<String>,
    texts: Option<Vec<String>>,
}

fn main() {}
