use payspec_runtime::Message;

#[derive(Message)]
#[message(at_least_one_of("text", "othr"))]
struct Example {
    text: Option<String>,
    other: Option<String>,
    texts: Option<Vec<String>>,
}

fn main() {}
