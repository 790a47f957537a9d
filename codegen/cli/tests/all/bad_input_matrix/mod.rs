//! Every command with every kind of bad input: one error that says what to do, the right exit code, and nothing half
//! written.

mod rows;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use self::rows::{IS_FOLDER, ROWS, SETTINGS};
use crate::support::{COMMANDS, folder, payspec, root, run, with};

/// Makes a folder with a spec and the files that the rows name.
fn inputs(at: &Path) {
    crate::diff::starter(&at.join("spec"), &[]);
    fs::create_dir(at.join("folder")).expect("a folder");
    fs::write(at.join("empty"), "").expect("a file");
    fs::write(at.join("binary"), b"\x00\x9f\x92\x96\xffbinary").expect("a file");
    fs::write(at.join("text"), "hello\n").expect("a file");
    fs::write(at.join("page.md"), "# placeOrder\n\nPOST /v1/orders\n\n### Request parameters\n\n#### requestId String REQUIRED\n\n- Maximum length: 64\n\n#### couponCode String\n\nA coupon.\n").expect("a file");
}

/// Returns the files below a folder with their lengths.
fn files(at: &Path) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    let mut folders = vec![at.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            let kind = entry.metadata().expect("a file");
            found.insert(
                path.display().to_string(),
                if kind.is_dir() { 0 } else { kind.len() },
            );
            if kind.is_dir() {
                folders.push(path);
            }
        }
    }
    found
}

#[cfg(target_os = "linux")]
#[test]
fn bad_input_is_one_error_and_changes_nothing() {
    use std::os::unix::fs::FileTypeExt as _;

    let (folder, _) = folder();
    let at = folder.path();
    inputs(at);
    // A stand-in for devices and pipes.
    let _socket = std::os::unix::net::UnixListener::bind(at.join("socket")).expect("a socket");
    let before = files(at);
    // A small spec that signs: it is read for each of many rows.
    let signed = root().join("tests/cases/api-facts/spec");
    let signed = signed.to_str().expect("a path in UTF-8");
    let mut wrong = Vec::new();
    for (row, says) in ROWS {
        let words = row.split(' ').flat_map(|word| match word {
            "SIGNED" => vec!["--spec", signed],
            "mem" => vec!["/proc/self/mem"],
            word => vec![word],
        });
        let args: Vec<&str> = words.collect();
        let found = run(payspec(&args).current_dir(at));
        let errors = found
            .stderr
            .lines()
            .filter(|line| line.starts_with("error"));
        let errors = errors.count();
        // Recorded messages are judged as far as they can be read: the second error says that none was.
        let one = errors == 1 || errors == 2 && row.contains("--traffic");
        // The words of the database are its own.
        let is_plain = !["os error 20", "os error 21"]
            .iter()
            .any(|word| found.stderr.contains(word));
        let plain = !found.stderr.contains("panicked") && (is_plain || row.contains("--state"));
        if found.code != Some(2) && !says.is_empty()
            || !(one || says.is_empty())
            || !plain
            || !found.stderr.contains(says)
        {
            wrong.push(format!("payspec {row}: expected `{says}`\n{found}"));
        }
        if files(at) != before {
            wrong.push(format!("payspec {row}: changed {:?}", files(at)));
            break;
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
    let kind = fs::symlink_metadata(at.join("socket")).expect("it is still there");
    assert!(kind.file_type().is_socket(), "it was replaced");
}

#[test]
fn mistakes_in_the_settings_have_a_place() {
    let (folder, _) = folder();
    let at = folder.path();
    inputs(at);
    for (settings, says) in SETTINGS {
        fs::write(at.join("payspec.toml"), settings).expect("a file");
        let found = run(payspec(&["check"]).current_dir(at));
        assert_eq!(found.code, Some(2), "{settings}: {found}");
        assert!(found.stderr.contains(says), "{settings}: {found}");
    }
    fs::write(at.join("payspec.toml"), [0xff, 0xfe]).expect("a file");
    let found = run(payspec(&["check"]).current_dir(at));
    assert!(
        found
            .stderr
            .contains("payspec.toml: the file is not text in UTF-8"),
        "{found}"
    );
    fs::remove_file(at.join("payspec.toml")).expect("a file");
    fs::create_dir(at.join("payspec.toml")).expect("a folder");
    let found = run(payspec(&["check"]).current_dir(at));
    assert!(found.stderr.contains(IS_FOLDER), "{found}");
}

#[test]
fn every_command_has_help_and_refuses_unknown_options() {
    let list = with(&["--help"]).stdout;
    let listed = list
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty());
    let listed: Vec<&str> = listed
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(listed, COMMANDS);
    for command in COMMANDS {
        for help in ["-h", "--help"] {
            let found = with(&[command, help]);
            assert_eq!(found.code, Some(0), "{command} {help}: {found}");
            assert!(
                found.stdout.contains("Usage: payspec"),
                "{command} {help}: {found}"
            );
        }
        let found = with(&[command, "--no-such-option"]);
        assert_eq!(found.code, Some(2), "{command}: {found}");
        assert!(
            found
                .stderr
                .contains("unexpected argument '--no-such-option'"),
            "{command}: {found}"
        );
        assert!(
            found.stderr.contains(&format!("Usage: payspec {command}")),
            "{command}: {found}"
        );
    }
}

#[test]
fn a_missing_argument_is_named() {
    for (command, names) in [
        ("drift", "<PAGE>"),
        ("changelog", "--since <REVISION>"),
        ("page", "<FILE>"),
        ("sign", "--body <FILE>"),
        ("verify", "--body <FILE>"),
        ("doctor", "<CAPTURE>"),
        ("init", "<DIR>"),
        ("completions", "<SHELL>"),
        ("man", "--out <DIR>"),
    ] {
        let found = with(&[command]);
        assert_eq!(found.code, Some(2), "{command}: {found}");
        assert!(found.stderr.contains(names), "{command}: {found}");
    }
}

/// The reader takes nothing, as `head -c 0` does.
#[test]
fn a_closed_pipe_ends_each_command_in_silence() {
    let page = "tests/fixtures/pages/c-en-refund.md";
    for args in [
        "check --disputed",
        "results",
        "coverage",
        "explain",
        "explain --all",
        "explain flow",
        "schema",
        "completions zsh",
        "help",
        "page tests/fixtures/pages/c-en-refund.md",
        "drift tests/fixtures/pages/c-en-refund.md",
        "drift tests/fixtures/pages/c-en-refund.md --coverage",
        "diff spec spec --format json",
        "generate --check -o target/nowhere",
        "validate --operation pay_entry_code --side request generated/Cargo.toml",
    ] {
        assert!(root().join(page).is_file());
        let words: Vec<&str> = args.split(' ').collect();
        let mut child = payspec(&words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the command ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{args}: {stderr}"
        );
        assert!(
            !stderr.contains("panicked") && !stderr.contains("cannot write"),
            "{args}: {stderr}"
        );
    }
}

/// A link keeps leading to the file that is written.
#[cfg(unix)]
#[test]
fn output_through_a_link_keeps_the_link() {
    let (folder, path) = folder();
    let real = folder.path().join("real.html");
    fs::write(&real, "old\n").expect("a file");
    let link = format!("{path}/link.html");
    std::os::unix::fs::symlink(&real, &link).expect("a link");
    let found = with(&["diff", "spec", "spec", "--format", "html", "-o", &link]);
    assert_eq!(found.code, Some(0), "{found}");
    assert!(fs::symlink_metadata(&link).expect("the link").is_symlink());
    assert!(
        fs::read_to_string(&real)
            .expect("a file")
            .starts_with("<!DOCTYPE html>")
    );
}
