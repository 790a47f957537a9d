//! Approvals of findings, and the levels that a team sets.

use std::fs;

use serde_json::{Value, json};

use crate::diff::{EDITS, starter};
use crate::support::{Run, folder, root, snapshot, with};

/// An old and a new spec, and a path for the approvals file.
struct Scene {
    _folder: tempfile::TempDir,
    old: String,
    new: String,
    file: String,
}

impl Scene {
    fn new() -> Self {
        let (folder, root) = folder();
        let old = starter(&folder.path().join("old"), &[]);
        let new = starter(&folder.path().join("new"), EDITS);
        Scene {
            _folder: folder,
            old,
            new,
            file: format!("{root}/payspec-approvals.yaml"),
        }
    }

    /// Runs the comparison on a date, with more options.
    fn on(&self, today: &str, more: &[&str]) -> Run {
        let mut args = vec!["diff", &self.old, &self.new, "--today", today];
        args.extend(more);
        with(&args)
    }

    fn report(&self, today: &str) -> Value {
        let run = self.on(today, &["--format", "json"]);
        serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"))
    }

    fn approve(&self, text: &str) {
        fs::write(&self.file, text).expect("the file is written");
    }

    /// Returns completed entries for all findings of these levels.
    fn entries(&self, levels: &[&str], expires: &str) -> String {
        let report = self.report("2026-01-01");
        let findings = report["findings"].as_array().expect("findings");
        let accepted = findings
            .iter()
            .filter(|one| levels.iter().any(|level| one["level"] == *level));
        let mut args = vec!["diff", &self.old, &self.new];
        for finding in accepted {
            args.extend([
                "--accept",
                finding["fingerprint"].as_str().expect("a fingerprint"),
            ]);
        }
        let entries = with(&args).stdout;
        // If the approvals file exists, only the part to add is printed.
        let whole = entries.starts_with("approvals:\n");
        assert_eq!(
            whole,
            !std::path::Path::new(&self.file).is_file(),
            "{entries}"
        );
        let head = if whole { "" } else { "approvals:\n" };
        format!("{head}{entries}")
            .replace("reason: \"\"", "reason: Agreed with the shops.")
            .replace("owner: \"\"", "owner: payments")
            .replace("expires: \"\"", &format!("expires: {expires}"))
    }
}

#[test]
fn accepted_findings_stay_and_fail_no_run() {
    let scene = Scene::new();
    assert_eq!(scene.on("2026-01-01", &[]).code, Some(1));
    let both = scene.entries(&["money", "breaking"], "2026-06-30");
    scene.approve(&both);
    let run = scene.on("2026-06-30", &[]);
    assert_eq!(run.code, Some(0));
    let file = fs::canonicalize(&scene.file).expect("a path");
    let root = file
        .parent()
        .and_then(|root| root.to_str())
        .expect("a path")
        .to_owned();
    snapshot!("approvals", run, root => "ROOT");
    let report = scene.report("2026-06-30");
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(3));
    assert_eq!(report["summary"]["accepted"], 2);
    assert_eq!(report["summary"]["open"], "text");
    assert_eq!(report["summary"]["level"], "money");
    // Approving one of the two is not enough.
    scene.approve(&scene.entries(&["money"], "2026-06-30"));
    assert_eq!(scene.on("2026-06-30", &[]).code, Some(1));
}

#[test]
fn an_expired_approval_is_a_finding_and_so_is_one_for_nothing() {
    let scene = Scene::new();
    let mut text = scene.entries(&["money", "breaking"], "2026-06-30");
    text += "  - { fingerprint: \"0123456789abcdef\", rule: path-changed, place: nowhere, \
             reason: It was once, owner: payments, expires: 2026-12-31 }\n";
    scene.approve(&text);
    let rules = |report: &Value| -> Vec<String> {
        let findings = report["findings"].as_array().expect("findings").iter();
        findings
            .map(|one| {
                format!(
                    "{} {}",
                    one["level"].as_str().unwrap_or(""),
                    one["rule"].as_str().unwrap_or("")
                )
            })
            .filter(|line| line.contains("approval"))
            .collect()
    };
    let unused = "compatible approval-unused";
    let expired = "risky approval-expired";
    assert_eq!(rules(&scene.report("2026-06-30")), [unused]);
    assert_eq!(
        rules(&scene.report("2026-07-01")),
        [expired, expired, unused]
    );
    assert_eq!(scene.on("2026-07-01", &[]).code, Some(1));
    scene.approve(&format!("{text}levels: {{ approval-unused: breaking }}\n"));
    assert_eq!(
        rules(&scene.report("2026-06-30")),
        ["breaking approval-unused"]
    );
}

#[test]
fn a_house_has_levels_of_its_own() {
    let scene = Scene::new();
    scene.approve("levels: { max-length-narrowed: risky, description-changed: breaking }\n");
    let report = scene.report("2026-01-01");
    let mut findings = report["findings"].as_array().expect("findings").iter();
    let narrowed = findings
        .find(|one| one["rule"] == "max-length-narrowed")
        .expect("it stays");
    assert_eq!(narrowed["level"], "risky");
    assert_eq!(narrowed["relevelled"]["was"], "breaking");
    assert_eq!(
        report["summary"]["levels"],
        json!({ "breaking": 1, "risky": 1, "money": 1 })
    );
    // Lowering a level about money needs a reason.
    scene.approve("levels: { next-step-changed: text }\n");
    let refused = scene.on("2026-01-01", &[]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("about money"), "{refused}");
    scene.approve("levels: { next-step-changed: { level: text, reason: We never read it. } }\n");
    assert_eq!(scene.report("2026-01-01")["summary"]["open"], "breaking");
}

#[test]
fn files_that_cannot_be_followed() {
    let scene = Scene::new();
    let entry = scene.entries(&["breaking"], "2026-06-30");
    let mut errors = String::new();
    for text in [
        "approvals: yes\n".to_owned(),
        entry.replace("owner: payments", "owner: \"\""),
        entry.replace("    owner: payments\n", ""),
        entry.replace("owner", "woner"),
        entry.replace("2026-06-30", "2026-06-31"),
        entry.replace("max-length-narrowed", "max-length-narowed"),
        entry.replace("max-length-narrowed", "min-length-narrowed"),
        entry.replace("/requestId", "/other"),
        format!("{entry}{}", entry.replace("approvals:\n", "")),
        "levels: { no-such-rule: risky }\n".to_owned(),
        "levels: { path-changed: harmless }\n".to_owned(),
        "approvals: [\n".to_owned(),
    ] {
        scene.approve(&text);
        let run = scene.on("2026-01-01", &[]);
        assert_eq!(
            (run.code, run.stdout.as_str()),
            (Some(2), ""),
            "{text}\n{run}"
        );
        errors += &format!("{}\n", run.stderr);
    }
    let folder = scene.file.trim_end_matches("/payspec-approvals.yaml");
    let missing = scene.on("2026-01-01", &["--approvals", "no-such-file.yaml"]);
    assert_eq!(missing.code, Some(2));
    errors += &missing.stderr;
    let day = scene.on("2026-02-30", &[]);
    assert_eq!(day.code, Some(2));
    errors += &day.stderr;
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("bad_approvals", errors.replace(folder, "ROOT"));
    });
}

#[test]
fn the_example_of_the_documentation_can_be_followed() {
    let page = fs::read_to_string(root().join("docs/reviewing.md")).expect("the page");
    let example = page
        .split("```yaml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let scene = Scene::new();
    scene.approve(example.expect("an example"));
    // The example approves a finding of this comparison.
    let report = scene.report("2026-12-31");
    assert_eq!(report["summary"]["accepted"], 1, "{report}");
    assert_eq!(report["summary"]["open"], "risky");
}
