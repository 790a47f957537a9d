//! The spec folder and the settings that a command finds by itself.

use std::fs;
use std::path::Path;

use crate::diff::starter;
use crate::support::{Run, folder, payspec, run};

fn at(place: &Path, args: &[&str]) -> Run {
    run(payspec(args).current_dir(place))
}

/// A project with a spec of one API and an inner folder.
fn project(name: &str) -> tempfile::TempDir {
    let (folder, _) = folder();
    starter(&folder.path().join(name), &[]);
    fs::create_dir_all(folder.path().join("src/deep")).expect("a folder");
    // The search ends at the repository.
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    folder
}

#[test]
fn the_spec_is_found_upward() {
    let project = project("spec");
    let home = project.path();
    for place in [
        "",
        "src",
        "src/deep",
        "spec",
        "spec/shop",
        "spec/shop/types",
    ] {
        let run = at(&home.join(place), &["check"]);
        assert_eq!(run.code, Some(0), "{place}: {run}");
        assert!(run.stdout.starts_with("1 API,"), "{run}");
    }
    // The generated crate is beside the spec, wherever the command runs.
    let run = at(&home.join("src/deep"), &["generate"]);
    assert!(run.stdout.contains("../../generated/src/lib.rs"), "{run}");
    assert!(home.join("generated/src/lib.rs").is_file());
    assert_eq!(at(home, &["generate", "--check"]).code, Some(0));
    // A folder `spec` without an API is not a spec.
    fs::create_dir_all(home.join("src/deep/spec/models")).expect("a folder");
    assert_eq!(at(&home.join("src/deep"), &["check"]).code, Some(0));
}

#[test]
fn the_folders_that_were_searched() {
    let project = project("other");
    let place = project.path().join("src/deep");
    let run = at(&place, &["check"]);
    assert_eq!(run.code, Some(2), "{run}");
    let places = place.canonicalize().expect("a path");
    let places: Vec<String> = places
        .ancestors()
        .take(3)
        .map(|one| one.display().to_string())
        .collect();
    let wanted = format!(
        "help: looked for `payspec.toml` and for a folder `spec` with an API in {}\n",
        places.join(", ")
    );
    assert!(run.stderr.ends_with(&wanted), "{run}");
}

#[test]
fn a_path_instead_of_an_option() {
    let project = project("my-spec");
    let home = project.path();
    let other = home.join("my-spec/other");
    fs::create_dir(&other).expect("a folder");
    fs::write(other.join("api.yaml"), "payspec: [").expect("a file");
    assert_eq!(at(home, &["check", "my-spec"]).code, Some(1));
    for path in [
        "my-spec/shop",
        "my-spec/shop/",
        "./my-spec/shop",
        "my-spec/shop/api.yaml",
        "my-spec/shop/types/order.yaml",
    ] {
        let run = at(home, &["check", path]);
        assert_eq!(run.code, Some(0), "{path}: {run}");
        assert!(run.stdout.starts_with("1 API,"), "{path}: {run}");
        assert_eq!(at(home, &["results", path]).code, Some(0), "{path}");
        assert_eq!(at(home, &["coverage", path]).code, Some(0), "{path}");
    }
    let inside = home.join("my-spec/shop");
    for path in [".", "types/order.yaml", "../shop"] {
        let run = at(&inside, &["check", path]);
        assert_eq!(run.code, Some(0), "{path}: {run}");
    }
    let run = at(&inside.join("types"), &["check", ".."]);
    assert_eq!(run.code, Some(0), "{run}");
    let run = at(home, &["check", "my-spec/other"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("my-spec/other/api.yaml:1:10"), "{run}");
    // The files of the other APIs would be removed.
    let run = at(home, &["generate", "my-spec/shop"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("pass its parent folder"), "{run}");
    let run = at(home, &["check", "my-spec", "--spec", "my-spec"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("named twice"), "{run}");
}

#[test]
fn option_before_environment_before_file_before_default() {
    let project = project("described");
    let home = project.path();
    let inner = home.join("src/deep");
    fs::write(
        home.join("payspec.toml"),
        "# ours\nspec = \"described\"\npackage = \"crates/shop\"\nfail-on = \"any\"\n",
    )
    .expect("a file");
    assert_eq!(at(&inner, &["check"]).code, Some(0));
    let run = at(&inner, &["generate", "-v"]);
    assert!(run.stderr.contains("named by ../../payspec.toml"), "{run}");
    assert!(home.join("crates/shop/src/lib.rs").is_file(), "{run}");

    let from_environment = run_with(&inner, &["check"], "PAYSPEC_SPEC", "nowhere");
    assert_eq!(from_environment.code, Some(2));
    assert!(
        from_environment
            .stderr
            .contains("help: PAYSPEC_SPEC names this folder"),
        "{from_environment}"
    );
    let by_option = ["check", "--spec", "../../described"];
    assert_eq!(
        run_with(&inner, &by_option, "PAYSPEC_SPEC", "nowhere").code,
        Some(0)
    );
    let by_path = ["check", "../../described"];
    assert_eq!(
        run_with(&inner, &by_path, "PAYSPEC_SPEC", "nowhere").code,
        Some(0)
    );

    let package = home.join("third");
    let package = package.to_str().expect("a path in UTF-8");
    let run = run_with(&inner, &["generate"], "PAYSPEC_PACKAGE", package);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(home.join("third/src/lib.rs").is_file(), "{run}");

    // A change of wording fails only with `fail-on = "any"`.
    let words = starter(&home.join("words"), &crate::diff::EDITS[2..]);
    let diff = ["diff", "described", &words];
    assert_eq!(at(home, &diff).code, Some(1));
    assert_eq!(
        run_with(home, &diff, "PAYSPEC_FAIL_ON", "never").code,
        Some(0)
    );
    let flag = [&diff[..], &["--fail-on", "any"]].concat();
    assert_eq!(
        run_with(home, &flag, "PAYSPEC_FAIL_ON", "never").code,
        Some(1)
    );
}

fn run_with(place: &Path, args: &[&str], name: &str, value: &str) -> Run {
    run(payspec(args).current_dir(place).env(name, value))
}

#[test]
fn mistakes_in_the_settings() {
    let project = project("spec");
    let home = project.path();
    for (text, wanted) in [
        (
            "\nspecs = \"x\"\n",
            "payspec.toml:2:1: unknown key `specs`\nhelp: did you mean `spec`?",
        ),
        (
            "fail_on = \"any\"",
            "payspec.toml:1:1: unknown key `fail_on`\nhelp: did you mean `fail-on`?",
        ),
        (
            "colour = 1",
            "payspec.toml:1:1: unknown key `colour`\nhelp: expected one of: spec, package, approvals, fail-on",
        ),
        (
            "[spec]\nx = 1\n",
            "payspec.toml:1:1: expected a text in quotes, found a table",
        ),
        (
            "package = 3",
            "payspec.toml:1:11: expected a text in quotes, found an integer",
        ),
        (
            "fail-on = \"braking\"",
            "payspec.toml:1:11: unknown level `braking`\nhelp: did you mean `breaking`?",
        ),
        ("spec = ", "payspec.toml:1:8: "),
        ("spec = \"\"", "payspec.toml:1:8: expected a text"),
    ] {
        fs::write(home.join("payspec.toml"), text).expect("a file");
        let run = at(home, &["check"]);
        assert_eq!(run.code, Some(2), "{text}: {run}");
        assert!(run.stderr.contains(wanted), "{text}: {run}");
        assert_eq!(at(home, &["schema", "api"]).code, Some(0));
    }
    fs::write(home.join("payspec.toml"), "spec = \"gone\"").expect("a file");
    let run = at(home, &["check"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(
        run.stderr
            .ends_with("help: `spec` is set in payspec.toml\n"),
        "{run}"
    );
}
