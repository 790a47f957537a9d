//! Each of the ways in `ui/client` to pay anew out of a doubt is a compile error. Whoever makes a new request pays anew;
//! no type prevents it.
//!
//! `TRYBUILD=overwrite cargo test -p payspec-tests --test all client_ui:: -- --ignored` writes the expected output.

#[test]
#[ignore = "long: it compiles what all tests here depend on; a part of .ci/more proofs"]
fn paying_out_of_a_doubt_is_a_compile_error() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/client/*.rs");
}
