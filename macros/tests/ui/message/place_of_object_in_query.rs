use payspec_runtime::Message;

#[derive(Clone, PartialEq, Message)]
struct Inner {
    id: String,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "outgoing")]
struct Example {
    #[field(in = "query")]
    inner: Inner,
}

fn main() {}
