use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(max_length = 4)]
    flag: Option<bool>,
}

fn main() {}
