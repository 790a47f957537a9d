use payspec_runtime::Message;

#[derive(Message)]
#[message(direction = "outgoing", body = "form")]
struct Example {
    #[field(style = "empty_brackets")]
    lists: Vec<Vec<String>>,
}

fn main() {}
