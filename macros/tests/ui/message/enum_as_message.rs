use payspec_runtime::Message;

#[derive(Message)]
enum Example {
    One,
}

fn main() {}
