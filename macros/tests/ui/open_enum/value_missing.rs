use payspec_runtime::OpenEnum;

#[derive(OpenEnum)]
enum Example {
    #[value("A")]
    A,
    B,
}

fn main() {}
