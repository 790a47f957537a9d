use payspec_runtime::OpenEnum;

#[derive(OpenEnum)]
enum Example<T> {
    #[value("A")]
    A,
}

fn main() {}
