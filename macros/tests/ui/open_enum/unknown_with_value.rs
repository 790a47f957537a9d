use payspec_runtime::{OpenEnum, UnknownValue};

#[derive(OpenEnum)]
enum Example {
    #[value("A")]
    A,
    #[unknown]
    #[value("B")]
    Unknown(UnknownValue),
}

fn main() {}
