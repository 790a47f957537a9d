use payspec_runtime::OpenEnum;

#[derive(OpenEnum)]
enum Example {
    #[value(1)]
    A,
    #[value("A", "B")]
    B,
}

fn main() {}
