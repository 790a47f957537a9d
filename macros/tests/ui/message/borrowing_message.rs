use payspec_runtime::Message;

#[derive(Message)]
struct Example<'a> {
    one: Option<&'a str>,
}

fn main() {}
