//! Tests of `payspec changelog` in a git repository.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::diff::{EDITS, edit, starter};
use crate::support::{Run, folder, payspec, run, snapshot};

/// A repository with the starter and a crate; the edits are not committed.
struct Scene {
    folder: tempfile::TempDir,
    root: String,
}

impl Scene {
    fn new(manifest: &str, edits: &[(&str, &str, &str)]) -> Self {
        let (folder, root) = folder();
        let spec = folder.path().join("spec");
        starter(&spec, &[]);
        let package = folder.path().join("generated");
        fs::create_dir(&package).expect("a folder");
        fs::write(package.join("Cargo.toml"), manifest).expect("a manifest");
        let workspace = "[workspace.package]\nversion = \"0.4.2\"\n";
        fs::write(folder.path().join("Cargo.toml"), workspace).expect("a manifest");
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
            &["tag", "v1"],
        ] {
            let done = Command::new("git").arg("-C").arg(&root).args(args).status();
            assert!(done.is_ok_and(|status| status.success()), "{args:?}");
        }
        edit(&spec, edits);
        Scene { folder, root }
    }

    fn run(&self, more: &[&str]) -> Run {
        let mut command = payspec(&["changelog", "--since", "v1"]);
        run(command.args(more).current_dir(self.folder.path()))
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("CHANGELOG.md")
    }
}

const OWN: &str = "[package]\nname = \"shop\"\nversion = \"1.2.3\"\n";
const INHERITED: &str = "[package]\nname = \"shop\"\nversion.workspace = true\n";

#[test]
fn the_entry_and_the_version_that_comes_next() {
    let scene = Scene::new(OWN, EDITS);
    snapshot!("changelog", scene.run(&[]), scene.root => "ROOT");
    let json: serde_json::Value =
        serde_json::from_str(&scene.run(&["--format", "json"]).stdout).expect("JSON");
    assert_eq!(
        (&json["version"]["old"], &json["version"]["new"]),
        (&"1.2.3".into(), &"2.0.0".into())
    );
    // A change that breaks only the wire is minor, a change of words is a patch.
    for (edits, expected) in [(&EDITS[..1], "1.3.0"), (&EDITS[2..], "1.2.4")] {
        let run = Scene::new(OWN, edits).run(&[]);
        assert!(
            run.stderr.contains(&format!("next version: {expected} ")),
            "{run}"
        );
    }
    let run = Scene::new(INHERITED, EDITS).run(&[]);
    assert!(
        run.stderr.contains("next version: 0.5.0 (after 0.4.2)"),
        "{run}"
    );
}

#[test]
fn the_entry_goes_into_the_file_once() {
    let scene = Scene::new(OWN, EDITS);
    let old = "# Changelog\n\n## [Unreleased]\n\n- By hand.\n\n## [1.2.3]\n\n- First.\n";
    fs::write(scene.file(), old).expect("a changelog");
    let out = ["--out", "CHANGELOG.md"];
    let first = scene.run(&out);
    assert_eq!(
        (first.code, first.stdout.as_str()),
        (Some(0), ""),
        "{first}"
    );
    let written = fs::read_to_string(scene.file()).expect("it is there");
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("changelog_file", written);
    });
    assert!(scene.run(&out).stderr.contains("up to date"));
    assert_eq!(fs::read_to_string(scene.file()).ok(), Some(written));
}

#[test]
fn refused_changes_write_nothing() {
    let scene = Scene::new(OWN, EDITS);
    let half = "# Changelog\n\n## [Unreleased]\n\n<!-- payspec changelog -->\n";
    fs::write(scene.file(), half).expect("a changelog");
    let refused = scene.run(&["--out", "CHANGELOG.md"]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.stderr.starts_with("error: CHANGELOG.md: line 5: "),
        "{refused}"
    );
    assert_eq!(fs::read_to_string(scene.file()).ok().as_deref(), Some(half));
    let folder = scene.run(&["--out", "spec"]);
    assert_eq!(folder.code, Some(2), "{folder}");
    let unknown = scene.run(&["--package", "nowhere"]);
    let says = "error: folder `nowhere` not found";
    assert!(
        unknown.code == Some(2) && unknown.stderr.starts_with(says),
        "{unknown}"
    );
    let none = Scene::new("[package]\nname = \"shop\"\n", EDITS).run(&[]);
    assert!(
        none.code == Some(0) && none.stderr.contains("unknown version: "),
        "{none}"
    );
    let same = Scene::new(OWN, &[]).run(&["--out", "CHANGELOG.md"]);
    assert_eq!(
        (same.code, same.stderr.as_str()),
        (Some(0), "nothing changed\n")
    );
    assert!(!Path::new(&same.stdout).exists());
}
