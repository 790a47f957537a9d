use payspec_runtime::{OpenEnum, UnknownValue};

#[derive(OpenEnum)]
enum Example {
    #[value("A")]
    A,
    #[unknown]
    Unknown(UnknownValue),
    #[unknown]
    Other(UnknownValue),
}

fn main() {}
