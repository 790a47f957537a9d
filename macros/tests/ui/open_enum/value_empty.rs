use payspec_runtime::OpenEnum;

#[derive(OpenEnum)]
enum Example {
    #[value("")]
    A,
}

fn main() {}
