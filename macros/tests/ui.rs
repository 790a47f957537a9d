//! Every misuse of a derive is a compile error at the token that is wrong.
//!
//! `TRYBUILD=overwrite cargo test -p payspec-macros --test ui -- --ignored` writes the expected output.

#[test]
#[ignore = "the compiler's own words differ between its versions: run by .ci/run"]
fn misuse_is_a_compile_error() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/message/*.rs");
    cases.compile_fail("tests/ui/open_enum/*.rs");
    cases.compile_fail("tests/ui/result_code/*.rs");
    cases.compile_fail("tests/ui/union/*.rs");
}
