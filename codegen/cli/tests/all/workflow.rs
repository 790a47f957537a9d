//! The workflow that reviews pull requests: its permissions, and its steps.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_yaml::Value;

use crate::diff::{EDITS, edit, starter};
use crate::support::{Run, folder, root, run};

fn workflow() -> (String, Value) {
    let path = root().join(".github/workflows/spec-review.yml");
    let text = fs::read_to_string(path).expect("the workflow");
    let value = serde_yaml::from_str(&text).expect("YAML");
    (text, value)
}

fn steps<'w>(workflow: &'w Value, job: &str) -> Vec<&'w Value> {
    let steps = workflow["jobs"][job]["steps"].as_sequence();
    steps.expect("steps").iter().collect()
}

/// Returns the lines that a step runs.
fn lines(workflow: &Value, job: &str, name: &str) -> String {
    let steps = steps(workflow, job);
    let step = steps
        .iter()
        .find(|step| step["name"] == name)
        .expect("the step");
    step["run"].as_str().expect("what it runs").to_owned()
}

#[test]
fn it_may_do_no_more_than_it_needs() {
    let (text, workflow) = workflow();
    assert!(!text.contains("pull_request_target"));
    assert_eq!(workflow["permissions"], Value::Mapping(Default::default()));
    let jobs = workflow["jobs"].as_mapping().expect("jobs");
    for (name, job) in jobs {
        let name = name.as_str().expect("a name");
        let permissions = serde_yaml::to_string(&job["permissions"]).expect("permissions");
        let builds = serde_yaml::to_string(job).expect("YAML").contains("cargo");
        // A job that runs code of the pull request may only read; a job that writes must not run that code.
        match builds {
            true => assert_eq!(permissions, "contents: read\n", "{name}"),
            false => assert!(!permissions.contains("contents: write"), "{name}"),
        }
        for step in steps(&workflow, name) {
            if let Some(uses) = step["uses"].as_str() {
                let (_, revision) = uses.split_once('@').expect("a revision");
                let pinned =
                    revision.len() == 40 && revision.chars().all(|c| c.is_ascii_hexdigit());
                assert!(pinned, "{uses}");
                assert!(builds || !uses.contains("checkout"), "{name} checks out");
            }
            // A text from a pull request could inject commands into a script.
            let run = step["run"].as_str().unwrap_or_default();
            assert!(!run.contains("${{"), "{run}");
        }
    }
}

/// A repository whose branch changes the spec that `origin/main` has.
struct Scene {
    folder: tempfile::TempDir,
}

impl Scene {
    fn new(edits: &[(&str, &str, &str)]) -> Self {
        let (folder, _) = folder();
        let scene = Scene { folder };
        let spec = scene.path("spec");
        starter(&spec, &[]);
        for args in [
            &["init", "--quiet"][..],
            &["add", "--all"],
            &[
                "-c",
                "user.name=n",
                "-c",
                "user.email=e@x.example",
                "commit",
                "--quiet",
                "-m",
                "First",
            ],
            &["update-ref", "refs/remotes/origin/main", "HEAD"],
        ] {
            let done = Command::new("git")
                .arg("-C")
                .arg(scene.folder.path())
                .args(args)
                .status();
            assert!(done.is_ok_and(|status| status.success()), "{args:?}");
        }
        edit(&spec, edits);
        let built = scene.path("target/release");
        fs::create_dir_all(&built).expect("a folder");
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_payspec"), built.join("payspec"))
            .expect("a link");
        scene
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap_or_default()
    }

    /// Runs a step as the runner does.
    fn step(&self, job: &str, name: &str) -> Run {
        let (_, workflow) = workflow();
        let bin = self.path("bin");
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new("bash");
        command
            .args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c"])
            .arg(lines(&workflow, job, name))
            .current_dir(self.folder.path())
            .env("PATH", format!("{}:{path}", bin.display()))
            .env("GITHUB_STEP_SUMMARY", self.path("summary.md"))
            .env("BASE", "main")
            .env(
                "FAIL_ON",
                workflow["jobs"]["review"]["env"]["FAIL_ON"]
                    .as_str()
                    .unwrap_or(""),
            )
            .env("REPOSITORY", "shop/api")
            .env("NUMBER", "7");
        run(&mut command)
    }
}

#[test]
fn the_steps_report_and_judge() {
    let scene = Scene::new(EDITS);
    let report = scene.step("review", "Report");
    assert_eq!(report.code, Some(0), "{report}");
    let markdown = scene.read("review/report.markdown");
    assert!(markdown.contains("max-length-narrowed"), "{markdown}");
    assert_eq!(scene.read("summary.md"), markdown);
    let sarif: serde_json::Value =
        serde_json::from_str(&scene.read("review/report.sarif")).expect("JSON");
    assert_eq!(sarif["version"], "2.1.0");
    assert!(scene.read("review/report.html").contains("<html"));
    assert_eq!(scene.step("review", "Verdict").code, Some(1));
    // Changes of words alone do not fail the run.
    let words = Scene::new(&EDITS[2..]);
    assert_eq!(words.step("review", "Report").code, Some(0));
    assert_eq!(words.step("review", "Verdict").code, Some(0));
}

#[test]
fn an_unreadable_spec_is_reported() {
    let scene = Scene::new(&[("api.yaml", "id: shop", "id: 9")]);
    assert_eq!(scene.step("review", "Report").code, Some(0));
    let markdown = scene.read("review/report.markdown");
    assert!(
        markdown.starts_with("The spec cannot be read:\n\n    ") && markdown.contains("E0"),
        "{markdown}"
    );
    assert!(!scene.path("review/report.sarif").exists());
    assert_eq!(scene.step("review", "Verdict").code, Some(1));
    // A missing base is an error of usage.
    let git = Command::new("git")
        .arg("-C")
        .arg(scene.folder.path())
        .args(["update-ref", "-d", "refs/remotes/origin/main"])
        .status();
    assert!(git.is_ok_and(|status| status.success()));
    assert_ne!(scene.step("review", "Report").code, Some(0));
}

/// A fake of GitHub's command line: it answers with the file `comments`, and records what it should write.
const GH: &str = "#!/bin/sh
case \"$*\" in
  *--paginate*) cat comments ;;
  *) echo \"$*\" >> asked; cat comment.md >> asked ;;
esac
";

#[test]
fn one_comment_is_written_and_then_brought_up_to_date() {
    use std::os::unix::fs::PermissionsExt;

    let scene = Scene::new(EDITS);
    assert_eq!(scene.step("review", "Report").code, Some(0));
    let gh = scene.path("bin/gh");
    fs::create_dir_all(gh.parent().unwrap_or(Path::new("."))).expect("a folder");
    fs::write(&gh, GH).expect("a script");
    fs::set_permissions(&gh, fs::Permissions::from_mode(0o755)).expect("it can be run");
    fs::write(scene.path("comments"), "").expect("a file");
    let run = scene.step("tell", "Comment");
    assert_eq!(run.code, Some(0), "{run}");
    let asked = scene.read("asked");
    assert!(
        asked.contains("--method POST repos/shop/api/issues/7/comments "),
        "{asked}"
    );
    assert!(asked.contains("<!-- payspec review -->") && asked.contains("max-length-narrowed"));
    fs::write(scene.path("comments"), "41\n42\n").expect("a file");
    assert_eq!(scene.step("tell", "Comment").code, Some(0));
    let asked = scene.read("asked").replace(&asked, "");
    assert!(
        asked.contains("--method PATCH repos/shop/api/issues/comments/41 "),
        "{asked}"
    );
}
