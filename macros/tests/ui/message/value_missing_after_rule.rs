use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(max_length)]
    text: Option<String>,
    #[field(values())]
    other: Option<String>,
}

fn main() {}
