use payspec_runtime::Message;

#[derive(Message)]
struct Example;

fn main() {}
