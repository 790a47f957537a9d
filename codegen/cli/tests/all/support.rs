//! Runs the built command and shows its output.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Returns the root of the repository, where the command runs.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// The subcommands.
pub(crate) const COMMANDS: [&str; 21] = [
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
    "docs",
    "schema",
    "sign",
    "verify",
    "doctor",
    "init",
    "completions",
    "man",
    "help",
];

/// Returns the command with these arguments, in the repository, without settings of the machine.
pub(crate) fn payspec(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_payspec"));
    command.args(args).current_dir(root());
    without_settings(&mut command);
    command
}

/// Takes away what settings of the machine and an open standard input would change.
pub(crate) fn without_settings(command: &mut Command) {
    for name in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "LINES",
        "PAYSPEC_SPEC",
        "PAYSPEC_PACKAGE",
        "PAYSPEC_APPROVALS",
        "PAYSPEC_FAIL_ON",
    ] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
}

/// The result of a run.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        write!(f, "exit code {code}")?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                write!(f, "\n---- {name}\n{text}")?;
            }
        }
        Ok(())
    }
}

/// Runs a command.
pub(crate) fn run(command: &mut Command) -> Run {
    let output = command.output().expect("the command starts");
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
    }
}

/// Runs the command with these arguments.
pub(crate) fn with(args: &[&str]) -> Run {
    run(&mut payspec(args))
}

/// Runs the command with this on its standard input.
pub(crate) fn piped(args: &[&str], input: &[u8]) -> Run {
    let mut child = payspec(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        // A command that does not read its input closes the pipe.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the command ends");
    writer.join().expect("the input is written");
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
    }
}

/// Creates a temporary folder and returns its path as a text.
pub(crate) fn folder() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().to_str().expect("a path in UTF-8").to_owned();
    (folder, path)
}

/// Writes a file and returns its path.
pub(crate) fn file(folder: &tempfile::TempDir, name: &str, content: &[u8]) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a file can be written");
    path.to_str().expect("a path in UTF-8").to_owned()
}

/// Compares a run with its snapshot, in which names replace the given paths.
macro_rules! snapshot {
    ($name:literal, $run:expr $(, $path:expr => $shown:literal)* $(,)?) => {{
        let text = $run.to_string();
        $(let text = text.replace(&$path[..], $shown);)*
        insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!($name, text);
        });
    }};
}
pub(crate) use snapshot;

/// Returns whether to try the input with this number: one in ten, unless `PAYSPEC_PROOFS` is `whole`, as it is in
/// `.ci/more proofs`.
pub(crate) fn is_tried(number: usize) -> bool {
    number.is_multiple_of(10) || is_whole()
}

/// Returns whether proofs try all their inputs.
pub(crate) fn is_whole() -> bool {
    std::env::var("PAYSPEC_PROOFS").is_ok_and(|word| word == "whole")
}
