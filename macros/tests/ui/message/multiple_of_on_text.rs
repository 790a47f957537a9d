use payspec_runtime::Message;

#[derive(Message)]
struct Price {
    #[field(name = "value", multiple_of = "0.01")]
    value: Option<String>,
}

fn main() {}
