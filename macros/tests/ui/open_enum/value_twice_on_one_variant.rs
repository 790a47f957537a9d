use payspec_runtime::OpenEnum;

#[derive(OpenEnum)]
enum Example {
    #[value("A")]
    #[value("B")]
    A,
}

fn main() {}
