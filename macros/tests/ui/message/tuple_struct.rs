use payspec_runtime::Message;

#[derive(Message)]
struct Example(String);

fn main() {}
