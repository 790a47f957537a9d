use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use crate::support::{folder, payspec, run, snapshot, with};

/// Writes the starter and edits it: file, old text, new text.
pub(crate) fn starter(at: &Path, edits: &[(&str, &str, &str)]) -> String {
    static FILES: LazyLock<Vec<(PathBuf, Vec<u8>)>> = LazyLock::new(files_of_the_starter);
    for (path, text) in FILES.iter() {
        let file = at.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("the folder is made");
        fs::write(file, text).expect("the file is written");
    }
    edit(at, edits);
    at.to_str().expect("a path in UTF-8").to_owned()
}

/// Runs the command once for all tests that begin with what it writes.
fn files_of_the_starter() -> Vec<(PathBuf, Vec<u8>)> {
    let (folder, path) = folder();
    assert_eq!(with(&["init", &path, "--spec-only"]).code, Some(0));
    let mut files = Vec::new();
    let mut folders = vec![folder.path().to_owned()];
    while let Some(each) = folders.pop() {
        for entry in fs::read_dir(each).expect("a folder") {
            let at = entry.expect("an entry").path();
            if at.is_dir() {
                folders.push(at);
                continue;
            }
            let path = at.strip_prefix(folder.path()).expect("in the folder");
            files.push((path.to_owned(), fs::read(&at).expect("a file")));
        }
    }
    files
}

pub(crate) fn edit(at: &Path, edits: &[(&str, &str, &str)]) {
    for (file, from, to) in edits {
        let file = at.join("shop").join(file);
        let text = fs::read_to_string(&file).expect("a file of the starter");
        assert!(text.contains(from), "{} has no `{from}`", file.display());
        fs::write(file, text.replacen(from, to, 1)).expect("the file is written");
    }
}

/// A tightened request, a code with another status, and a text.
pub(crate) const EDITS: &[(&str, &str, &str)] = &[
    (
        "operations/place_order.yaml",
        "max_length: 64",
        "max_length: 32",
    ),
    (
        "results.yaml",
        "next_step: resend_same",
        "next_step: inquire",
    ),
    (
        "operations/find_order.yaml",
        "Inquire again later.",
        "Ask again in a while.",
    ),
];

#[test]
fn of_two_folders() {
    let (folder, _) = folder();
    let old = starter(&folder.path().join("old"), &[]);
    let new = starter(&folder.path().join("new"), EDITS);
    snapshot!("diff", with(&["diff", &old, &new]));
    let json = with(&["diff", &old, &new, "--format", "json"]);
    assert_eq!(json.code, Some(1));
    let report: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["summary"]["level"], "money");
    // The reverse comparison has findings at the same places.
    let back = with(&["diff", &new, &old, "--format", "json"]);
    let back: serde_json::Value = serde_json::from_str(&back.stdout).expect("JSON");
    let places = |report: &serde_json::Value| {
        let findings = report["findings"].as_array().expect("a list").iter();
        let mut places: Vec<String> = findings.map(|one| one["places"].to_string()).collect();
        places.sort();
        places
    };
    assert_eq!(places(&report), places(&back));
    assert_eq!(with(&["diff", &old, &old]).stdout, "nothing changed\n");
}

#[test]
fn what_fails_the_run() {
    let (folder, _) = folder();
    let old = starter(&folder.path().join("old"), &[]);
    let words = starter(&folder.path().join("words"), &EDITS[2..]);
    let code = |new: &str, level: &str| with(&["diff", &old, new, "--fail-on", level]).code;
    assert_eq!(code(&words, "breaking"), Some(0));
    assert_eq!(code(&words, "any"), Some(1));
    assert_eq!(code(&words, "never"), Some(0));
    let tighter = starter(&folder.path().join("tighter"), &EDITS[..1]);
    assert_eq!(code(&tighter, "breaking"), Some(1));
    assert_eq!(code(&tighter, "money"), Some(0));
    assert_eq!(code(&tighter, "major"), Some(0));
}

#[test]
fn against_a_revision() {
    let (folder, root) = folder();
    let git = |args: &[&str]| {
        let output = Command::new("git")
            .args([
                "-C",
                &root,
                "-c",
                "user.name=n",
                "-c",
                "user.email=e@x.example",
            ])
            .args(args)
            .output()
            .expect("git runs");
        assert!(output.status.success(), "{output:?}");
    };
    let spec = folder.path().join("api/spec");
    let path = starter(&spec, &[]);
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "The starter"]);
    edit(&spec, EDITS);
    let against = |revision: &str| {
        run(&mut payspec(&[
            "diff",
            "--spec",
            &path,
            "--against",
            revision,
        ]))
    };
    let folders = with(&["diff", &path, &path]);
    assert_eq!(folders.code, Some(0));
    let run = against("HEAD");
    assert_eq!(run.code, Some(1));
    snapshot!("diff_against", run, root => "ROOT");
    snapshot!("diff_no_revision", against("nowhere"));
    snapshot!("diff_no_option", against("--help-me"));
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "Edits"]);
    assert_eq!(against("HEAD").stdout, "nothing changed\n");
    assert_eq!(against("HEAD~1").code, Some(1));
    let broken = [("api.yaml", "id: shop", "id: 9")];
    edit(&spec, &broken);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "A mistake"]);
    edit(&spec, &broken.map(|(file, from, to)| (file, to, from)));
    let run = against("HEAD");
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.ends_with("the spec at `HEAD`\n"), "{run}");
}

#[test]
fn a_rule_is_explained() {
    snapshot!("explain_change", with(&["explain", "max-length-narrowed"]));
}
