//! Small requests to the command: lists, formats of scanners, short spellings of addresses, advice.

use std::fs;

use crate::diff::{edit, starter};
use crate::support::{folder, with};

#[test]
fn explain_lists_what_it_explains() {
    let run = with(&["explain"]);
    assert_eq!(run.code, Some(0), "{run}");
    for kind in ["code", "field", "operation", "flow", "diagnostic", "rule"] {
        assert!(
            run.stdout
                .lines()
                .any(|line| line.starts_with(&format!("{kind} ("))),
            "{kind}: {run}"
        );
    }
    let json = with(&["explain", "--format", "json"]);
    let kinds: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    for kind in kinds.as_array().expect("a list") {
        let names = kind["names"].as_array().expect("a list");
        // Every listed name can be explained; some are those of several subjects.
        let name = names[0].as_str().expect("a name");
        let run = with(&["explain", name]);
        assert!(!run.stderr.contains("unknown name"), "{name}: {run}");
    }
    // The rules of the tool are listed without a spec as well.
    let run = with(&["explain", "--spec", "nowhere"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stdout.contains("diagnostic ("), "{run}");
}

#[test]
fn check_for_code_scanners() {
    let (folder, _) = folder();
    let at = folder.path().join("spec");
    let spec = starter(&at, &[("api.yaml", "id: shop", "idd: shop")]);
    let run = with(&["check", "--spec", &spec, "--format", "sarif"]);
    assert_eq!(run.code, Some(1), "{run}");
    let log: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("a list");
    assert!(!results.is_empty());
    for result in results {
        let rule = result["ruleIndex"].as_u64().expect("an index");
        let rule = usize::try_from(rule).expect("a small index");
        assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().expect("a file");
        assert!(file.ends_with("spec/shop/api.yaml"), "{file}");
        assert!(place["region"]["startLine"].as_u64() > Some(0));
    }
    let clean = with(&["check", "--format", "sarif"]);
    assert_eq!(clean.code, Some(0), "{clean}");
}

#[test]
fn addresses_of_the_mock_gateway() {
    // The address is read before the spec, so a missing spec ends the command.
    for args in [
        &["--port", "8080"][..],
        &["--listen", ":8080"],
        &["--listen", "8080"],
        &["--listen", "localhost:8080"],
        &["--listen", "[::1]:8080"],
    ] {
        let run = with(&[&["mock", "--spec", "nowhere"], args].concat());
        assert!(run.stderr.starts_with("error[E001]"), "{args:?}: {run}");
    }
    for args in [
        &["--port", "80800"][..],
        &["--listen", "here"],
        &["--listen", ":80800"],
        &["--port", "1", "--listen", ":2"],
    ] {
        let run = with(&[&["mock", "--spec", "nowhere"], args].concat());
        assert!(run.stderr.starts_with("error: "), "{args:?}: {run}");
    }
    let run = with(&["mock", "--listen", "here"]);
    assert!(run.stderr.contains("or a port, as in `:8080`"), "{run}");
}

#[test]
fn advice_of_diagnostics() {
    for (file, from, to, advice) in [
        (
            "operations/place_order.yaml",
            "description: ",
            "description: Note: ",
            "put a text that contains a colon in quotes",
        ),
        (
            "operations/place_order.yaml",
            "required: true",
            "required: yes",
            "write `true`",
        ),
        (
            "operations/place_order.yaml",
            "required: true",
            "required: \"no\"",
            "write `false`",
        ),
        (
            "operations/place_order.yaml",
            "type: string",
            "type: quux",
            "expected one of `any`, `binary`, `boolean`, ",
        ),
        (
            "results.yaml",
            "status: ",
            "status: QUUX # ",
            "to the `cases`",
        ),
    ] {
        let (folder, _) = folder();
        let at = folder.path().join("spec");
        let spec = starter(&at, &[]);
        edit(&at, &[(file, from, to)]);
        let run = with(&["check", "--spec", &spec]);
        assert_eq!(run.code, Some(1), "{to}: {run}");
        assert!(run.stdout.contains(advice), "{to}: {run}");
    }
}

#[test]
fn man_pages() {
    let (folder, path) = folder();
    let run = with(&["man", "--out", &path]);
    assert_eq!(run.code, Some(0), "{run}");
    for (file, wanted) in [
        ("payspec.1", "payspec\\-check"),
        ("payspec-check.1", "Check the spec"),
        ("payspec-diff.1", "\\-\\-witness"),
    ] {
        let page = fs::read_to_string(folder.path().join(file)).expect(file);
        assert!(page.contains(".TH"), "{page}");
        assert!(page.contains(wanted), "{file}: {page}");
    }
}

#[test]
fn a_fresh_crate_needs_the_runtime() {
    let (folder, path) = folder();
    let spec = starter(&folder.path().join("spec"), &[]);
    let generate = || {
        let out = format!("{path}/new/src/api");
        with(&["generate", "--spec", &spec, "--out", &out]).stderr
    };
    assert!(generate().contains("cargo init --lib"));
    let manifest = folder.path().join("new/Cargo.toml");
    let package = "[package]\nname = \"new\"\nversion = \"0.1.0\"\n";
    fs::write(&manifest, package).expect("a file");
    let told = generate();
    assert!(
        told.contains("add `payspec-runtime = \"0.1.0\"` to `[dependencies]`"),
        "{told}"
    );
    let with_runtime = format!("{package}[dependencies]\npayspec-runtime = \"0.1.0\"\n");
    fs::write(&manifest, with_runtime).expect("a file");
    assert!(generate().contains("pub mod api;"));
    let source = folder.path().join("new/src/lib.rs");
    fs::write(source, "#[rustfmt::skip]\npub mod api;\n").expect("a file");
    assert_eq!(generate(), "");
}
