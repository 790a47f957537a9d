use payspec_runtime::OpenEnum;

#[derive(OpenEnum)]
struct Example {
    a: String,
}

fn main() {}
