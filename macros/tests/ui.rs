//! Every misuse of a derive is a compile error at the token that is wrong.
//!
//! `TRYBUILD=overwrite cargo test -p payspec-macros --test ui` writes the expected output.

#[test]
fn misuse_is_a_compile_error() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/message/*.rs");
    cases.compile_fail("tests/ui/open_enum/*.rs");
    cases.compile_fail("tests/ui/result_code/*.rs");
}
