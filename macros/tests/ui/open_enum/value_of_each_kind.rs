use payspec_runtime::OpenEnum;

#[derive(OpenEnum)]
enum Example {
    #[value("A")]
    A,
    #[value(1)]
    One,
}

#[derive(OpenEnum)]
enum Number {
    #[value(1)]
    One,
    #[value(1.5)]
    Fraction,
    #[value(9223372036854775808)]
    Large,
    #[value(2i64)]
    Suffix,
}

#[derive(OpenEnum)]
enum Twice {
    #[value(1)]
    One,
    #[value(01)]
    Again,
}

fn main() {}
