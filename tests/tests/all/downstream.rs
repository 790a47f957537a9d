//! A crate with a build script and a spec of its own builds and runs.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

#[test]
#[ignore = "long: an own step of .ci/run"]
fn a_crate_with_a_build_script_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace");
    let folder = root.join("tests/downstream");
    // The versions that this workspace was built with: nothing has to be fetched.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", target.join("downstream"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert_eq!(errors, "", "a warning");
    insta::assert_snapshot!(String::from_utf8_lossy(&output.stdout));
}
