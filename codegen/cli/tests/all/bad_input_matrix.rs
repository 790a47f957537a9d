//! Every command with every kind of bad input: one error that says what to do, the right exit code, and nothing half
//! written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::support::{COMMANDS, folder, payspec, root, run, with};

/// Arguments, and words of the error. `missing`, `folder`, `empty`, `binary`, `text` and `text/below` are paths in
/// the current folder; `mem` is a file that cannot be read.
type Row = (&'static str, &'static str);

const NO_FILE: &str = "No such file or directory";
const IS_FOLDER: &str = "expected a file, found a folder";
const IS_FILE: &str = "expected a folder, found a file";
const MEM: &str = "/proc/self/mem: Input/output error";

/// The exit code is 2.
const ROWS: &[Row] = &[
    // The spec.
    ("check missing", "spec folder `missing` not found"),
    ("check empty", IS_FILE),
    ("check binary", IS_FILE),
    ("check folder", "no API found in the spec folder `folder`"),
    ("generate missing", "spec folder `missing` not found"),
    ("generate text", IS_FILE),
    ("results missing", "payspec init DIR"),
    ("results text", IS_FILE),
    ("coverage missing", "payspec init DIR"),
    ("coverage text", IS_FILE),
    ("validate --spec missing text", "payspec init DIR"),
    ("drift --spec missing text", "payspec init DIR"),
    ("explain --spec missing", "spec folder `missing` not found"),
    ("explain --spec text E001", ""),
    ("mock --spec missing --port 0", "payspec init DIR"),
    ("mock --spec folder --port 0", "no API found"),
    ("diff --spec missing", "spec folder `missing` not found"),
    (
        "diff missing spec",
        "`missing` is neither a folder nor a git revision",
    ),
    (
        "diff spec missing",
        "`missing` is neither a folder nor a git revision",
    ),
    ("diff text spec", IS_FILE),
    (
        "diff spec folder",
        "no API found in the spec folder `folder`",
    ),
    ("changelog --spec missing --since x", "git: "),
    (
        "sign --spec missing --key text --path /x --client-id a --time 1 --body text",
        "payspec init DIR",
    ),
    ("doctor --spec missing text", "payspec init DIR"),
    // Messages.
    ("validate missing", NO_FILE),
    ("validate folder", IS_FOLDER),
    ("validate empty", "cannot tell the operation"),
    ("validate binary", "--operation"),
    ("validate mem", MEM),
    (
        "validate --operation place_order --side request missing",
        NO_FILE,
    ),
    (
        "validate --operation place_order --side request folder",
        IS_FOLDER,
    ),
    (
        "validate --operation place_order --side request --lines missing",
        NO_FILE,
    ),
    (
        "validate --operation place_order --side request --lines folder",
        IS_FOLDER,
    ),
    (
        "validate --operation place_order --side request --request missing text",
        NO_FILE,
    ),
    (
        "validate --operation place_order --side request --request folder text",
        IS_FOLDER,
    ),
    (
        "validate --operation place_order --side request --request binary text",
        "the request is not JSON",
    ),
    (
        "validate --operation nosuch --side request text",
        "expected one of: find_order",
    ),
    (
        "validate --traffic missing",
        "no message could be validated",
    ),
    ("validate --traffic folder", "name the files in it"),
    (
        "validate --traffic empty",
        "each line is an object with `operation`",
    ),
    ("validate --traffic binary", "expected JSON lines or HAR"),
    (
        "diff spec spec --traffic missing",
        "no message could be validated",
    ),
    // Pages.
    ("page missing", NO_FILE),
    ("page folder", IS_FOLDER),
    ("page empty", "save the page with its text"),
    ("page binary", "the file is not text"),
    ("page mem", MEM),
    ("page --profile missing text", "unknown profile `missing`"),
    ("page --profile folder text", "not a regular file"),
    ("page --profile text text", "text:1:1"),
    ("page --profile binary text", "UTF-16"),
    ("drift missing", NO_FILE),
    ("drift folder", IS_FOLDER),
    ("drift empty", "save the page with its text"),
    ("drift text", "the page describes no operation"),
    ("drift page.md missing", NO_FILE),
    ("drift page.md text", "the page describes no operation"),
    (
        "drift page.md --operation nosuch",
        "expected one of: find_order",
    ),
    (
        "drift page.md --operation place_order --source nosuch",
        "expected one of: page",
    ),
    // Approvals, dates, revisions.
    ("diff spec spec --approvals missing", "missing:1:1"),
    ("diff spec spec --approvals folder", "not a regular file"),
    ("diff spec spec --approvals binary", "UTF-16"),
    ("diff spec spec --approvals text", "text:1:1"),
    (
        "diff spec spec --accept nosuch",
        "no finding has the fingerprint `nosuch`",
    ),
    ("diff spec spec --today 2020-13-45", "--today 2026-12-31"),
    ("diff --against nosuch", "git: "),
    ("diff a..b", "git: "),
    // Keys and captures, for a spec that signs.
    (
        "sign SIGNED --key missing --path /x --client-id a --time 1 --body text",
        NO_FILE,
    ),
    (
        "sign SIGNED --key folder --path /x --client-id a --time 1 --body text",
        IS_FOLDER,
    ),
    (
        "sign SIGNED --key empty --path /x --client-id a --time 1 --body text",
        "no key: the text is empty",
    ),
    (
        "sign SIGNED --key text --path /x --client-id a --time 1 --body text",
        "neither PEM nor base64",
    ),
    (
        "sign SIGNED --api nosuch --key text --path /x --client-id a --time 1 --body text",
        "expected one of: ",
    ),
    (
        "sign --api nosuch --key text --path /x --client-id a --time 1 --body text",
        "unknown API that signs `nosuch`",
    ),
    (
        "sign --key text --path /x --client-id a --time 1 --body text",
        "no API of this spec signs",
    ),
    (
        "verify SIGNED --key missing --path /x --client-id a --time 1 --body text --signature x",
        NO_FILE,
    ),
    (
        "verify SIGNED --key binary --path /x --client-id a --time 1 --body text --signature x",
        "neither PEM nor base64",
    ),
    ("doctor SIGNED missing", NO_FILE),
    ("doctor SIGNED folder", IS_FOLDER),
    ("doctor SIGNED empty", "the capture is empty"),
    ("doctor SIGNED text", "line 1 is neither"),
    ("doctor SIGNED text --own-private-key missing", NO_FILE),
    ("doctor SIGNED text --provider-public-key folder", IS_FOLDER),
    ("doctor SIGNED mem", MEM),
    // The mock gateway.
    ("mock --port 99999", "is not in 0..=65535"),
    ("mock --listen 999.0.0.1", "as in `127.0.0.1:8080`"),
    ("mock --listen 0.0.0.0:0", "--allow-remote"),
    ("mock --settlement nosuch", "expected succeeds"),
    ("mock --port 0 --state folder", "choose a new file"),
    ("mock --port 0 --state text", "choose a new file"),
    ("mock --port 0 --state binary", "choose a new file"),
    ("mock --port 0 --state text/below", "choose a new file"),
    ("mock --port 0 --script missing", NO_FILE),
    ("mock --port 0 --script folder", IS_FOLDER),
    ("mock --port 0 --script text", "text:1:1: invalid script"),
    ("mock --port 0 --script binary", "not text in UTF-8"),
    ("mock --port 0 --notify-ca missing", NO_FILE),
    (
        "mock --port 0 --notify-ca text",
        "text: TLS: the certificate is invalid",
    ),
    ("mock --port 0 --record folder", IS_FOLDER),
    ("mock SIGNED --port 0 --client-key missing", NO_FILE),
    (
        "mock SIGNED --port 0 --client-key text",
        "neither PEM nor base64",
    ),
    ("mock SIGNED --port 0 --keys text", IS_FILE),
    ("mock SIGNED --port 0 --keys text/below", IS_FILE),
    ("mock --port 0 --tls-ca-out text", "--tls-self-signed"),
    // Output.
    ("generate -o text", IS_FILE),
    ("generate -o text/below", IS_FILE),
    ("coverage -o folder", IS_FOLDER),
    ("coverage -o text", "was not written by payspec"),
    ("coverage -o binary", "not text in UTF-8"),
    ("coverage -o text/below", IS_FILE),
    ("coverage -o socket", "socket is not a regular file"),
    ("explain --all -o folder", IS_FOLDER),
    ("explain --all -o text/below", IS_FILE),
    ("explain --all -o socket", "socket is not a regular file"),
    ("diff spec spec -o folder", IS_FOLDER),
    ("diff spec spec -o text/below", IS_FILE),
    ("diff spec spec -o socket", "cannot write socket"),
    ("drift page.md --operation place_order -o folder", IS_FOLDER),
    (
        "drift page.md --operation place_order -o text/below",
        IS_FILE,
    ),
    (
        "drift page.md --operation place_order -o socket",
        "cannot write socket",
    ),
    (
        "drift page.md --operation place_order --coverage --format html -o folder",
        IS_FOLDER,
    ),
    (
        "drift page.md --operation place_order --write-draft folder",
        "folder is a folder; nothing was written",
    ),
    (
        "drift page.md --operation place_order --write-draft text",
        "overwrite it with `--force`",
    ),
    ("schema -o text", IS_FILE),
    ("schema -o text/below", IS_FILE),
    ("man -o text", IS_FILE),
    ("init text", IS_FILE),
    ("init text/below", IS_FILE),
    ("init spec", "spec is not empty"),
    // Words.
    ("schema nosuch", "expected one of: api, types"),
    ("help nosuch", "expected one of: check"),
    ("help chekc", "did you mean `check`?"),
    ("completions tcsh", "a similar value exists: 'zsh'"),
    ("results --operation nosuch", "expected one of: find_order"),
];

/// Files of settings with a mistake, and words of the error.
const SETTINGS: &[Row] = &[
    (
        "spec = 3\n",
        "payspec.toml:1:8: expected a text in quotes, found an integer",
    ),
    (
        "spec = [\"a\"]\n",
        "payspec.toml:1:8: expected a text in quotes, found an array",
    ),
    (
        "[spec]\n",
        "payspec.toml:1:1: expected a text in quotes, found a table",
    ),
    (
        "spce = \"x\"\n",
        "payspec.toml:1:1: unknown key `spce`\nhelp: did you mean `spec`?",
    ),
    ("spec =\n", "payspec.toml:1:"),
    (
        "package = \"\"\n",
        "payspec.toml:1:11: expected a text, found an empty one",
    ),
    (
        "\nfail-on = \"no\"\n",
        "payspec.toml:2:11: unknown level `no`\nhelp: expected one of: money, ",
    ),
    (
        "spec = \"missing\"\n",
        "help: `spec` is set in payspec.toml",
    ),
    ("spec = \"text\"\n", "expected a folder, found a file"),
];

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
    let signed = root().join("spec");
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
        ("sign", "--key <FILE>"),
        ("verify", "--signature <HEADER>"),
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
