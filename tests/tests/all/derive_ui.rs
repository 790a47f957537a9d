//! Every misuse of a derive is a compile error at the token that is wrong, and so is each of the ways in
//! `ui/client` to pay anew out of a doubt. Whoever makes a new request pays anew; no type prevents it.
//!
//! `TRYBUILD=overwrite cargo test -p payspec-tests --test all derive_ui:: -- --ignored` writes the expected output.

#[test]
#[ignore = "long: an own step of .ci/more"]
fn misuse_is_a_compile_error() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/message/*.rs");
    cases.compile_fail("ui/open_enum/*.rs");
    cases.compile_fail("ui/result_code/*.rs");
    cases.compile_fail("ui/client/*.rs");
}
