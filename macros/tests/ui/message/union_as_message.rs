use payspec_runtime::Message;

#[derive(Message)]
union Example {
    one: u8,
}

fn main() {}
