use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(const = "true")]
    flag: Option<bool>,
}

fn main() {}
