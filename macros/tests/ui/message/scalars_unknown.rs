use payspec_runtime::Message;

#[derive(Message)]
#[message(scalars = "string", empty_text = "never")]
struct Example {
    text: Option<String>,
}

fn main() {}
