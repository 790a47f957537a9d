use payspec_runtime::OpenEnum;

#[derive(OpenEnum)]
enum Example {
    #[value("A")]
    A(String),
}

fn main() {}
