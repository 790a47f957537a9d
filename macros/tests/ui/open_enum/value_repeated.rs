use payspec_runtime::OpenEnum;

#[derive(OpenEnum)]
enum Example {
    #[value("A")]
    A,
    #[value("A")]
    B,
}

fn main() {}
