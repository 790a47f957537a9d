//! The habits of users of cargo, git and ruff: options, formats and help.

use crate::support::{folder, root, with};

#[test]
fn each_command_lists_its_formats_and_its_default() {
    for (command, default, formats) in [
        ("check", "human", "human, json, sarif, github"),
        ("results", "human", "human, json"),
        (
            "diff",
            "human",
            "human, json, markdown, html, sarif, github",
        ),
        ("drift", "human", "human, json, markdown, html"),
        ("page", "json", "json, human"),
    ] {
        let help = with(&[command, "-h"]).stdout;
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        let wanted = format!("Output format [default: {default}] [possible values: {formats}]");
        assert!(help.contains(&wanted), "{command}: {help}");
        let wrong = with(&[command, "--format", "xml"]).stderr;
        assert!(
            wrong.contains(&format!("[possible values: {formats}]")),
            "{command}: {wrong}"
        );
    }
    // Before the command, the format is read without knowing the command.
    let early = with(&["--format", "sarif", "results"]);
    assert_eq!(early.code, Some(2), "{early}");
    let wanted =
        "`payspec results` does not support `--format sarif`; expected one of: human, json";
    assert!(early.stderr.contains(wanted), "{early}");
    let early = with(&["--format", "json", "check"]);
    assert!(early.stdout.starts_with('{'), "{early}");
}

#[test]
fn html_of_drift_is_for_coverage() {
    let run = with(&["drift", "page.md", "--format", "html"]);
    assert_eq!(run.code, Some(2), "{run}");
    let wanted = "`payspec drift` does not support `--format html` without `--coverage`; expected one of: human, json, \
                  markdown";
    assert!(run.stderr.contains(wanted), "{run}");
}

#[test]
fn help_of_help() {
    for args in [&["help", "--help"][..], &["help", "help"]] {
        let run = with(args);
        assert_eq!(run.code, Some(0), "{run}");
        assert!(run.stdout.contains("Usage: payspec help"), "{run}");
    }
    assert_eq!(
        with(&["help", "check"]).stdout,
        with(&["check", "--help"]).stdout
    );
    assert_eq!(with(&["help"]).stdout, with(&["--help"]).stdout);
    let unknown = with(&["help", "chekc"]);
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.stderr.contains("did you mean `check`?"),
        "{unknown}"
    );
}

#[test]
fn quiet_prints_findings_alone() {
    let (_folder, path) = folder();
    let out = format!("{path}/src");
    for args in [
        &["check", "-q"][..],
        &["generate", "--quiet", "-o", &out],
        &["generate", "-q", "-o", &out, "--check"],
    ] {
        let run = with(args);
        assert_eq!(run.to_string(), "exit code 0", "{args:?}");
    }
    let stale = with(&["generate", "-q", "-o", &format!("{path}/other"), "--check"]);
    assert_eq!(stale.code, Some(1));
    assert!(stale.stdout.contains("+"), "{stale}");
    assert!(stale.stderr.starts_with("error: "), "{stale}");
    assert!(!stale.stderr.contains("help:"), "{stale}");
    let both = with(&["check", "-q", "-v"]);
    assert_eq!(both.code, Some(2), "{both}");
}

#[test]
fn verbose_names_the_spec() {
    let run = with(&["check", "-v"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stderr.contains("spec: spec (found)"), "{run}");
    let run = with(&["check", "spec", "--verbose"]);
    assert!(
        run.stderr
            .contains("spec: spec (named on the command line)"),
        "{run}"
    );
}

#[test]
fn out_is_short() {
    for command in [
        "generate",
        "coverage",
        "diff",
        "drift",
        "changelog",
        "explain",
        "export",
        "docs",
        "schema",
    ] {
        let help = with(&[command, "-h"]).stdout;
        assert!(help.contains("-o, --out "), "{command}: {help}");
    }
}

#[test]
fn the_page_about_the_command_says_what_the_help_says() {
    let page = std::fs::read_to_string(root().join("docs/command.md")).expect("the page");
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let help = ["check", "diff", "generate", "changelog"].map(|one| with(&[one, "--help"]).stdout);
    let mut variables: Vec<&str> = help
        .iter()
        .flat_map(|help| help.split("[env: ").skip(1))
        .filter_map(|rest| rest.split(']').next())
        .collect();
    variables.sort_unstable();
    variables.dedup();
    assert_eq!(
        variables,
        [
            "PAYSPEC_APPROVALS",
            "PAYSPEC_FAIL_ON",
            "PAYSPEC_PACKAGE",
            "PAYSPEC_SPEC"
        ]
    );
    for variable in variables {
        assert!(words.contains(&format!("`{variable}`")), "{variable}");
    }
    for (command, formats) in [
        ("check", "`human` (default), `json`, `sarif`, `github`"),
        (
            "diff",
            "`human` (default), `json`, `markdown`, `html`, `sarif`, `github`",
        ),
        ("page", "`json` (default), `human`"),
    ] {
        let row = format!("| `{command}` | {formats} |");
        assert!(words.contains(&row), "{row}");
    }
    // The settings on the page are valid.
    let settings = page
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let (folder, path) = folder();
    crate::diff::starter(&folder.path().join("spec"), &[]);
    std::fs::write(format!("{path}/payspec.toml"), settings.expect("settings")).expect("a file");
    let run = crate::support::run(crate::support::payspec(&["check"]).current_dir(folder.path()));
    assert_eq!(run.code, Some(0), "{run}");
}
