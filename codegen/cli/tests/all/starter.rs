use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{Run, folder, payspec, root, run, snapshot, with};

#[test]
fn the_starter_works() {
    let (_folder, path) = folder();
    let spec = format!("{path}/spec");
    snapshot!("init", with(&["init", &spec, "--spec-only"]), path => "DIR");
    snapshot!("init_again", with(&["init", &spec, "--spec-only"]), path => "DIR");

    snapshot!("starter_check", with(&["check", "--spec", &spec]), path => "DIR");
    let out = format!("{path}/out");
    let generated = with(&["generate", "--spec", &spec, "--out", &out]);
    snapshot!("starter_generate", generated, path => "DIR");
    let examples = [
        ("place_order", "request"),
        ("place_order", "response"),
        ("find_order", "response"),
        ("notify_order", "request"),
    ];
    for (operation, side) in examples {
        let name = operation.replace('_', "-");
        let example = format!("{spec}/shop/examples/{name}.{side}.json");
        let args = [
            "validate",
            "--spec",
            &spec,
            "--operation",
            operation,
            "--side",
            side,
        ];
        let run = with(&[&args[..], &[&example]].concat());
        assert_eq!(run.code, Some(0), "{run}");
    }
}

#[test]
fn a_small_rest_api_is_one_file() {
    let (_folder, path) = folder();
    let spec = format!("{path}/spec");
    let made = with(&["init", &spec, "--spec-only", "--style", "rest"]);
    assert_eq!(made.code, Some(0), "{made}");
    assert_eq!(names(Path::new(&format!("{spec}/shop"))), ["api.yaml"]);
    let text = fs::read_to_string(format!("{spec}/shop/api.yaml")).expect("a file");
    assert!(text.lines().count() <= 40, "{text}");
    let checked = with(&["check", "--spec", &spec]);
    assert_eq!(checked.code, Some(0), "{checked}");
    assert!(!checked.stdout.contains("warning"), "{checked}");
}

#[test]
fn a_small_signed_api_is_one_file() {
    let (_folder, path) = folder();
    let spec = format!("{path}/spec");
    let made = with(&["init", &spec, "--spec-only", "--style", "signed"]);
    assert_eq!(made.code, Some(0), "{made}");
    assert_eq!(names(Path::new(&format!("{spec}/shop"))), ["api.yaml"]);
    let checked = with(&["check", "--spec", &spec]);
    assert_eq!(checked.code, Some(0), "{checked}");
    assert!(!checked.stdout.contains("warning"), "{checked}");
}

#[test]
fn hints_are_commands_of_a_shell() {
    let (_folder, path) = folder();
    let spec = format!("{path}/it's here");
    let run = with(&["init", &spec, "--spec-only"]);
    let wanted = format!("check it with `payspec check --spec '{path}/it'\\''s here'`");
    assert!(run.stderr.contains(&wanted), "{run}");
    let out = format!("{path}/the source");
    let run = with(&["generate", "--spec", &spec, "--out", &out, "--check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains(&format!("--out '{out}'")), "{run}");
}

#[test]
fn only_an_empty_place_is_taken() {
    let (folder, path) = folder();
    assert_eq!(with(&["init", &path]).code, Some(0));
    let file = format!("{path}/file");
    fs::write(&file, "").expect("writable");
    assert_eq!(with(&["init", &file]).code, Some(2));
    assert_eq!(fs::read(&file).expect("the file"), b"");
    assert_eq!(with(&["init", &path]).code, Some(2));
    let names = names(folder.path());
    let wanted = [
        ".gitignore",
        "Cargo.toml",
        "build.rs",
        "file",
        "spec",
        "src",
    ];
    assert_eq!(names, wanted, "nothing else");
}

#[test]
fn nothing_half_written_is_left() {
    let (folder, path) = folder();
    let parent = format!("{path}/file");
    fs::write(&parent, "").expect("writable");
    let run = with(&["init", &format!("{parent}/shop")]);
    assert_eq!(run.code, Some(2), "{run}");
    assert_eq!(names(folder.path()), ["file"], "{run}");
}

#[test]
fn sources_below_src_are_a_module() {
    let (_folder, path) = folder();
    let shop = format!("{path}/shop");
    assert_eq!(with(&["init", &shop, "--committed"]).code, Some(0));
    let here = |args: &[&str]| run(payspec(args).current_dir(&shop));
    let fresh = here(&["generate", "--out", "src/api", "--check"]);
    assert_eq!(fresh.code, Some(0), "{fresh}");
    assert_eq!(fresh.stderr, "");

    fs::write(format!("{shop}/src/lib.rs"), "").expect("writable");
    fs::write(format!("{shop}/Cargo.toml"), "[package]\nname = \"shop\"\n").expect("writable");
    let again = here(&["generate", "--out", "src/api"]);
    let version = env!("CARGO_PKG_VERSION");
    for wanted in [
        format!("help: add `payspec-runtime = \"{version}\"` to `[dependencies]` in ./Cargo.toml"),
        "help: add `#[rustfmt::skip] pub mod api;` to a source file in src".to_owned(),
    ] {
        assert!(again.stderr.contains(&wanted), "{again}");
    }
}

/// Builds and runs a new crate, with the crates of this workspace in place of the published ones.
#[test]
#[ignore = "long: an own step of .ci/run"]
fn a_new_crate_builds_and_runs() {
    let full = "request: {\"requestId\":\"order-1\",\"amount\":{\"currency\":\"EUR\",\"value\":\"1230\"},\
                \"buyer\":{\"name\":\"Ada Lovelace\",\"channel\":\"WEB\"}}\noutcome: Paid\n";
    let rest = "request: {\"Idempotency-Key\":\"order-1\",\"amount\":{\"currency\":\"EUR\",\"value\":1230},\
                \"note\":\"Two coffees\"}\noutcome: Paid\n";
    let signed = "request: {\"order\":\"order-1\",\"amount\":{\"currency\":\"EUR\",\"value\":1230},\
                  \"note\":\"Two coffees\"}\noutcome: Paid\n";
    for (option, wanted) in [
        (&[][..], full),
        (&["--committed"], full),
        (&["--style", "rest"], rest),
        (&["--style", "signed"], signed),
    ] {
        let (_folder, path) = folder();
        let shop = format!("{path}/my-shop");
        let made = with(&[&["init", &shop], option].concat());
        assert_eq!(made.code, Some(0), "{made}");
        let built = built(&shop);
        assert_eq!(built.stderr, "", "{option:?}: an error or a warning");
        assert_eq!(built.stdout, wanted, "{option:?}");
    }
}

/// The crate of `docs/describe-your-api.md`: its spec and its program are those of the page.
#[test]
#[ignore = "long: an own step of .ci/run"]
fn the_api_of_the_page_builds_and_runs() {
    let page = fs::read_to_string(root().join("docs/describe-your-api.md")).expect("the page");
    let between = |from: &str, to: &str| {
        let (_, rest) = page.split_once(from).expect("it begins");
        rest.split_once(to).expect("it ends").0
    };
    let (_folder, path) = folder();
    let coffee = format!("{path}/coffee");
    assert_eq!(with(&["init", &coffee, "--style", "rest"]).code, Some(0));
    let spec = between("<<'YAML'\n", "YAML\n```");
    fs::write(format!("{coffee}/spec/shop/api.yaml"), spec).expect("writable");
    let program = between("```rust,ignore\n", "```");
    fs::write(format!("{coffee}/src/main.rs"), program).expect("writable");
    let built = built(&coffee);
    assert_eq!(built.stderr, "", "an error or a warning");
    let wanted = "56 bytes to send\n200: Paid\n503: Pending";
    assert!(built.stdout.starts_with(wanted), "{built}");
}

/// Builds and runs a crate that `payspec init` created, with the crates of this workspace in place of the published ones.
fn built(folder: &str) -> Run {
    let root = root();
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let patched = [
        ("payspec-codegen", "codegen/rust"),
        ("payspec-macros", "macros"),
        ("payspec-model", "codegen/model"),
        ("payspec-runtime", "runtime"),
    ];
    let patched = patched.map(|(name, at)| {
        let at = root.join(at);
        format!("{name} = {{ path = {:?} }}\n", at.display().to_string())
    });
    let manifest = format!("{folder}/Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let text = format!(
        "{text}\n[workspace]\n\n[patch.crates-io]\n{}",
        patched.concat()
    );
    fs::write(&manifest, text).expect("writable");
    // The versions that this workspace was built with: nothing has to be fetched.
    fs::copy(root.join("Cargo.lock"), format!("{folder}/Cargo.lock")).expect("a lock file");
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["run", "--quiet", "--offline"])
        .current_dir(folder);
    cargo.env("CARGO_TARGET_DIR", Path::new(&target).join("starter"));
    run(cargo.env_remove("RUSTFLAGS"))
}

/// Returns the sorted names of what a folder contains.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
