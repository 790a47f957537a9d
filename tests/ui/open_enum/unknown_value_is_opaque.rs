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
    if let Example::Unknown(value) = &example {
        let _ = value == "B";
        let _ = value.as_str();
    }
}
