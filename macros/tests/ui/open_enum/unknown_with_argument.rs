use payspec_runtime::{OpenEnum, UnknownValue};

#[derive(OpenEnum)]
enum Example {
    #[value("A")]
    A,
    #[unknown("B")]
    Unknown(UnknownValue),
}

fn main() {}
