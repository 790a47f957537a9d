use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(min = "10", max = "9.5")]
    rate: Option<payspec_runtime::Decimal>,
}

fn main() {}
