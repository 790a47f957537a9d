use payspec_runtime::Message;

#[derive(Message)]
#[message(refine("/text", max_length = 3))]
#[message(refine("/text", max_length = 4))]
struct Example {
    text: Option<String>,
    other: Option<String>,
    texts: Option<Vec<String>>,
}

fn main() {}
