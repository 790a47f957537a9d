use payspec_runtime::{OpenEnum, UnknownValue};

#[derive(OpenEnum)]
enum Example {
    #[value("A")]
    A,
    #[unknown]
    Unknown(UnknownValue),
}

fn main() {
    let example = Example::from("B");
    match &example {
        Example::A => {}
        Example::Unknown("B") => {}
        Example::Unknown(value) => println!("{}", value.as_str()),
    }
}
