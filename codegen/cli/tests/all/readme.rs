//! Checks that the README and the page about profiles show what the command prints. Each `$ payspec …` line of a `console` block is run in
//! the repository, and the lines after it must be its output. A line `...` matches the rest. The exit code must
//! be 0, or the one that a `$ echo $?` after the command shows.

use std::path::Path;
use std::process::Command;

struct Shown {
    command: String,
    output: Vec<String>,
    /// The exit code, as `$ echo $?` shows it.
    code: Option<String>,
}

fn shown(readme: &str) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    let mut in_console = false;
    for line in readme.lines() {
        match line.strip_prefix("```") {
            Some(language) => in_console = language == "console",
            None if !in_console => {}
            None => match line.strip_prefix("$ payspec ") {
                Some(command) => shown.push(Shown {
                    command: command.to_owned(),
                    output: Vec::new(),
                    code: None,
                }),
                None => {
                    let last = shown.last_mut().expect("a block starts with a command");
                    match &mut last.code {
                        None if line == "$ echo $?" => last.code = Some(String::new()),
                        None => last.output.push(line.to_owned()),
                        Some(code) => code.push_str(line),
                    }
                }
            },
        }
    }
    shown
}

#[test]
fn the_readme_shows_real_output() {
    check("README.md", 6);
}

#[test]
fn the_page_about_profiles_shows_real_output() {
    check("docs/page-profiles.md", 1);
}

fn check(page: &str, least: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = std::fs::read_to_string(root.join(page)).expect("the page is there");
    let shown = shown(&text);
    assert!(shown.len() >= least, "{} commands", shown.len());
    for Shown {
        command,
        output,
        code,
    } in shown
    {
        let run = Command::new(env!("CARGO_BIN_EXE_payspec"))
            .args(command.split_whitespace())
            .current_dir(&root)
            .output()
            .expect("the command runs");
        let expected = code.as_deref().unwrap_or("0");
        let found = run.status.code().map(|code| code.to_string());
        let errors = String::from_utf8_lossy(&run.stderr);
        assert_eq!(
            found.as_deref(),
            Some(expected),
            "payspec {command}: {errors}"
        );
        let text = String::from_utf8(run.stdout).expect("the output is text");
        let lines: Vec<&str> = text.lines().collect();
        match output.split_last() {
            Some((last, head)) if last == "..." => {
                let count = head.len().min(lines.len());
                assert_eq!(&lines[..count], head, "payspec {command}");
            }
            _ => assert_eq!(lines, output, "payspec {command}"),
        }
    }
}
