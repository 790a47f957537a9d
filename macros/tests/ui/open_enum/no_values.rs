use payspec_runtime::{OpenEnum, UnknownValue};

#[derive(OpenEnum)]
enum Example {
    #[unknown]
    Unknown(UnknownValue),
}

fn main() {}
