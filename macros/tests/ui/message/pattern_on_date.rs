use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(pattern = "[0-9]+")]
    day: Option<payspec_runtime::Date>,
}

fn main() {}
