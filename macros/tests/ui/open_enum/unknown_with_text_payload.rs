use payspec_runtime::OpenEnum;

#[derive(OpenEnum)]
enum Example {
    #[value("A")]
    A,
    #[unknown]
    Unknown(String),
}

fn main() {}
