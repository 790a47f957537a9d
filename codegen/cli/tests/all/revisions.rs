//! `payspec diff` with revisions of git.

use std::path::Path;
use std::process::Command;

use crate::diff::{EDITS, edit, starter};
use crate::support::{Run, folder, payspec, run};

fn git(root: &Path, args: &[&str]) {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["-c", "user.name=n", "-c", "user.email=e@x.example"])
        .args(args)
        .output()
        .expect("git runs");
    assert!(output.status.success(), "{output:?}");
}

fn commit(root: &Path) {
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message", "A change"]);
}

fn diff(root: &Path, args: &[&str]) -> Run {
    let args = [&["diff"], args].concat();
    run(payspec(&args).current_dir(root))
}

/// A repository whose branch `topic` narrows a field, after which `main` changes a text.
fn repository(main: &str) -> tempfile::TempDir {
    let (folder, _) = folder();
    let root = folder.path();
    let spec = root.join("spec");
    starter(&spec, &[]);
    git(root, &["init", "--quiet", "--initial-branch", main]);
    commit(root);
    git(root, &["checkout", "--quiet", "-b", "topic"]);
    edit(&spec, &EDITS[..1]);
    commit(root);
    git(root, &["checkout", "--quiet", main]);
    edit(&spec, &EDITS[2..]);
    commit(root);
    git(root, &["checkout", "--quiet", "topic"]);
    folder
}

fn rules(run: &Run) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("a list").iter();
    findings
        .filter_map(|one| one["rule"].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn without_arguments_since_the_default_branch() {
    for main in ["main", "master"] {
        let folder = repository(main);
        let root = folder.path();
        let run = diff(root, &["--format", "json"]);
        // The text that `main` changed later is not part of the comparison.
        assert_eq!(rules(&run), ["max-length-narrowed"], "{run}");
        let named = format!("the merge base of `{main}`");
        assert!(run.stderr.contains(&named), "{run}");
        // In a folder below, and with changes that are not committed.
        edit(&root.join("spec"), &EDITS[1..2]);
        let run = diff(&root.join("spec/shop"), &["--format", "json"]);
        assert!(rules(&run).len() > 1, "{run}");
        git(root, &["checkout", "--quiet", "."]);
        git(root, &["checkout", "--quiet", main]);
        assert_eq!(diff(root, &[]).stdout, "nothing changed\n");
    }
    let folder = repository("trunk");
    let run = diff(folder.path(), &[]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(
        run.stderr.contains("no default branch to compare with"),
        "{run}"
    );
    // The default branch of `origin` goes before the usual names.
    let root = folder.path();
    git(root, &["update-ref", "refs/remotes/origin/trunk", "trunk"]);
    let origin = "refs/remotes/origin/HEAD";
    git(root, &["symbolic-ref", origin, "refs/remotes/origin/trunk"]);
    let run = diff(root, &["--format", "json"]);
    assert_eq!(rules(&run), ["max-length-narrowed"], "{run}");
}

#[test]
fn revisions_and_ranges() {
    let folder = repository("main");
    let root = folder.path();
    let narrowed = "max-length-narrowed";
    let widened = "max-length-widened";
    for (args, rule, changes) in [
        (&["main"][..], narrowed, 2),
        (&["main..topic"], narrowed, 2),
        (&["main", "topic"], narrowed, 2),
        (&["main.."], narrowed, 2),
        (&["main...topic"], narrowed, 1),
        (&["topic..main"], widened, 2),
        (&["..main"], widened, 2),
        (&["HEAD~1"], narrowed, 1),
        (&["HEAD~1", "spec"], narrowed, 1),
    ] {
        let run = diff(root, &[args, &["--format", "json"]].concat());
        let rules = rules(&run);
        assert!(rules.iter().any(|one| one == rule), "{args:?}: {run}");
        assert_eq!(rules.len(), changes, "{args:?}: {run}");
    }
    for args in [&["nowhere"][..], &["main", "nowhere"], &["../nowhere"]] {
        let run = diff(root, args);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(
            run.stderr
                .contains("nowhere` is neither a folder nor a git revision"),
            "{run}"
        );
    }
    for args in [
        &["main..nowhere"][..],
        &["nowhere...main"],
        &["--", "--all"],
    ] {
        let run = diff(root, args);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.starts_with("error: "), "{run}");
    }
}

#[test]
fn a_revision_in_place_of_a_folder() {
    let folder = repository("main");
    for args in [&["check", "--spec", "main"][..], &["check", "main"]] {
        let run = run(payspec(args).current_dir(folder.path()));
        assert_eq!(run.code, Some(2), "{run}");
        let wanted = "`main` is a git revision: compare the spec with it by `payspec diff main`";
        assert!(run.stderr.contains(wanted), "{run}");
    }
}
