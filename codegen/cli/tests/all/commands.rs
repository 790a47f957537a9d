use std::process::Stdio;

use crate::support::{folder, payspec, root, run, snapshot, with};

#[test]
fn help() {
    let mut all = with(&["--help"]).stdout;
    let commands = [
        "check",
        "generate",
        "validate",
        "results",
        "coverage",
        "diff",
        "drift",
        "changelog",
        "explain",
        "mock",
        "page",
        "export",
        "schema",
        "sign",
        "verify",
        "doctor",
        "init",
        "completions",
        "man",
        "help",
    ];
    for command in commands {
        let help = with(&[command, "--help"]);
        assert_eq!(help.code, Some(0));
        all += &format!("\n==== payspec {command}\n{}", help.stdout);
    }
    snapshot!("help", all);
}

#[test]
fn check() {
    snapshot!("check", with(&["check"]));
    assert_eq!(with(&["check", "--format", "github"]).code, Some(0));
}

#[test]
fn check_as_json() {
    let report: serde_json::Value =
        serde_json::from_str(&with(&["check", "--format", "json"]).stdout).expect("JSON");
    assert_eq!(report["errors"], 0);
    for count in [
        "apis",
        "operations",
        "types",
        "fields",
        "codes",
        "constraints",
        "disputes",
    ] {
        assert!(report["summary"][count].as_u64() > Some(0), "{count}");
    }
}

#[test]
fn register_of_disputes() {
    let human = with(&["check", "--disputed"]);
    assert_eq!(human.code, Some(0));
    let json = with(&["check", "--disputed", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    let disputes = report["disputes"].as_array().expect("a list");
    assert_eq!(report["summary"]["disputes"], disputes.len());
    for dispute in disputes {
        let id = dispute["id"].as_str().expect("an id");
        assert!(human.stdout.contains(&format!("dispute {id}")), "{id}");
        let sides = dispute["sides"].as_array().expect("sides");
        assert_eq!(
            sides.iter().filter(|side| side["taken"] == true).count(),
            1,
            "{id}"
        );
    }
    snapshot!(
        "dispute_as_json",
        serde_json::to_string_pretty(&disputes[0]).expect("JSON")
    );
}

#[test]
fn results() {
    snapshot!(
        "results",
        with(&["results", "--operation", "pay_entry_code"])
    );
    let json = with(&[
        "results",
        "--operation",
        "pay_entry_code",
        "--format",
        "json",
    ]);
    let codes: Vec<serde_json::Value> = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(codes.len(), 29);
    snapshot!(
        "result_as_json",
        serde_json::to_string_pretty(&codes[0]).expect("JSON")
    );
}

#[test]
fn results_of_an_unknown_operation() {
    snapshot!(
        "results_unknown",
        with(&["results", "--operation", "pay_entrycode"])
    );
}

#[test]
fn generate_then_check() {
    let (_folder, out) = folder();
    let first = with(&["generate", "--out", &out]);
    assert_eq!(first.code, Some(0), "{first}");
    assert!(first.stdout.contains("written"));
    let again = with(&["generate", "--out", &out]);
    assert!(again.stdout.starts_with("0 written, 0 removed"), "{again}");
    assert_eq!(with(&["generate", "--check", "--out", &out]).code, Some(0));

    let lib = format!("{out}/lib.rs");
    let text = std::fs::read_to_string(&lib).expect("a root file");
    std::fs::write(&lib, text.replace("pub mod openplatform;\n", "")).expect("writable");
    std::fs::write(format!("{out}/mine.rs"), "// mine\n").expect("writable");
    let stale = with(&["generate", "--check", "--out", &out]);
    snapshot!("generate_check", stale, out => "OUT");
    let json = with(&["generate", "--check", "--out", &out, "--format", "json"]);
    assert_eq!(json.code, Some(1));
    let report: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(report["written"], serde_json::json!(["lib.rs"]));
    assert_eq!(
        std::fs::read_to_string(format!("{out}/mine.rs"))
            .ok()
            .as_deref(),
        Some("// mine\n")
    );
}

#[test]
fn coverage() {
    let human = with(&["coverage"]);
    assert_eq!(human.code, Some(0), "{human}");
    assert!(human.stdout.contains("OPERATION "), "{human}");
    let (_folder, path) = folder();
    let file = format!("{path}/docs/coverage.md");
    let missing = with(&["coverage", "--out", &file, "--check"]);
    assert_eq!(missing.code, Some(1), "{missing}");
    assert!(missing.stderr.contains("is out of date"), "{missing}");
    assert_eq!(with(&["coverage", "--out", &file]).code, Some(0));
    assert_eq!(with(&["coverage", "--out", &file, "--check"]).code, Some(0));
    let fresh = std::fs::read_to_string(&file).expect("written");
    let kept = std::fs::read_to_string(root().join("docs/coverage.md"));
    assert!(
        kept.is_ok_and(|kept| kept == fresh),
        "docs/coverage.md is out of date; run `payspec coverage --out docs/coverage.md`"
    );
    std::fs::write(&file, fresh.replace("merchant", "nobody")).expect("writable");
    let stale = with(&["coverage", "--out", &file, "--check"]);
    assert!(
        stale.stdout.contains("-| pay_entry_code | nobody"),
        "{stale}"
    );
    std::fs::write(&file, "# Mine\n").expect("writable");
    let foreign = with(&["coverage", "--out", &file]);
    assert_eq!(foreign.code, Some(2), "{foreign}");
    assert!(
        foreign.stderr.contains("was not written by payspec"),
        "{foreign}"
    );
}

#[test]
fn coverage_as_json() {
    let json = with(&["coverage", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    let summary = with(&["check", "--format", "json"]).stdout;
    let summary: serde_json::Value = serde_json::from_str(&summary).expect("JSON");
    let summary = &summary["summary"];
    for count in ["codes", "constraints", "disputes"] {
        assert_eq!(report["total"][count], summary[count], "{count}");
    }
    let operations = report["apis"].as_array().expect("a list").iter();
    let operations = operations.flat_map(|api| api["operations"].as_array().expect("a list"));
    assert_eq!(summary["operations"], operations.clone().count());
    let mut operations = operations;
    let pay = operations.find(|one| one["operation"] == "pay_entry_code");
    let pay = pay.expect("an operation");
    assert_eq!(pay["caller"], "merchant");
    assert_eq!(pay["sources"][0]["date"], "2023-07-27");
    for count in [
        "/request/own",
        "/request/shared",
        "/response/own",
        "/response/shared",
        "/examples",
    ] {
        let count = pay.pointer(count).and_then(serde_json::Value::as_u64);
        assert!(count > Some(0), "{pay}");
    }
}

#[test]
fn schema_files_are_up_to_date() {
    let (_folder, out) = folder();
    assert_eq!(with(&["schema", "--out", &out]).code, Some(0));
    for kind in [
        "api",
        "types",
        "operation",
        "results",
        "flow",
        "approvals",
        "profile",
        "page",
        "diff",
        "drift",
        "drift-changes",
        "drift-coverage",
        "traffic",
        "doctor",
    ] {
        let fresh = std::fs::read_to_string(format!("{out}/{kind}.json")).expect("written");
        let kept = std::fs::read_to_string(root().join(format!("docs/schema/{kind}.json")));
        assert!(
            kept.is_ok_and(|kept| kept == fresh),
            "docs/schema/{kind}.json is out of date; run `payspec schema --out docs/schema`"
        );
        assert_eq!(with(&["schema", kind]).stdout, fresh);
    }
    snapshot!("schema_unknown", with(&["schema", "operations"]));
}

#[test]
fn the_catalogue_of_changes_is_up_to_date() {
    let page = with(&["explain", "--all", "--out", "docs/diff-rules.md", "--check"]);
    assert_eq!(page.code, Some(0), "{page}");
    let all = with(&["explain", "--all"]);
    let json = with(&["explain", "--all", "--format", "json"]).stdout;
    let cards: Vec<serde_json::Value> = serde_json::from_str(&json).expect("JSON");
    assert!(cards.len() > 100, "{}", cards.len());
    for card in cards {
        let name = card["name"].as_str().expect("a name");
        assert!(all.stdout.contains(&format!("{name} (change)")), "{name}");
    }
}

#[test]
fn completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = with(&["completions", shell]);
        assert_eq!(script.code, Some(0));
        assert!(script.stdout.contains("validate"), "{shell}");
    }
}

#[test]
fn colours_only_when_wanted() {
    let args = ["results", "--operation", "pay_entry_code"];
    assert!(!with(&args).stdout.contains('\x1b'));
    let always = [&args[..], &["--color", "always"]].concat();
    assert!(with(&always).stdout.contains('\x1b'));
    let forced = run(payspec(&args)
        .env("NO_COLOR", "1")
        .env("CLICOLOR_FORCE", "1"));
    assert!(!forced.stdout.contains('\x1b'));
    let never = [&args[..], &["--color", "never"]].concat();
    assert!(
        !run(payspec(&never).env("CLICOLOR_FORCE", "1"))
            .stdout
            .contains('\x1b')
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for args in [
        &["schema"][..],
        &["completions", "zsh"],
        &["check", "--disputed"],
    ] {
        let mut child = payspec(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the command ends");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let output = payspec(&["schema"])
        .stdout(full)
        .output()
        .expect("the command ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: cannot write"));
}
