use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    place: Place,
}

struct Place;

fn main() {}
