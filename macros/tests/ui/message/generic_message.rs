use payspec_runtime::Message;

#[derive(Message)]
struct Example<T> {
    one: T,
}

fn main() {}
