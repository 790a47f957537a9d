use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(max_lenght = 64)]
    text: Option<String>,
}

fn main() {}
