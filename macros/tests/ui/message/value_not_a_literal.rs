use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(max_length = MAX, sensitive = "pi")]
    text: Option<String>,
}

const MAX: u32 = 64;

fn main() {}
