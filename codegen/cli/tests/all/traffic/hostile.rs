//! Recordings that are damaged or invalid.

use crate::diff::starter;
use crate::support::{file, folder, piped, snapshot, with};

const GOOD: &str = r#"{"operation":"find_order","side":"request","body":{"requestId":"CANARY-1"}}"#;

#[test]
fn files_that_hold_no_messages() {
    let (folder, path) = folder();
    let spec = starter(&folder.path().join("spec"), &[]);
    std::fs::create_dir(folder.path().join("folder")).expect("a folder");
    let files = [
        format!("{path}/missing.jsonl"),
        format!("{path}/folder"),
        file(&folder, "empty.jsonl", b""),
        file(&folder, "blank.jsonl", b" \r\n\r\n"),
        file(&folder, "mark.jsonl", b"\xef\xbb\xbf"),
        file(&folder, "binary.jsonl", b"PK\x03\x04\0CANARY"),
        file(&folder, "packed.jsonl.gz", b"\x1f\x8b\x08\0CANARY"),
        file(&folder, "utf16.jsonl", b"\xff\xfe{\0}\0"),
        file(&folder, "cut.jsonl", &GOOD.as_bytes()[..50]),
        file(&folder, "deep.jsonl", "[".repeat(100_000).as_bytes()),
        file(
            &folder,
            "plain.har",
            b"{\"log\": {\"version\": \"CANARY\"}}",
        ),
        file(
            &folder,
            "cut.har",
            b"{\"log\": {\"entries\": [\n{\"request\": {\"CANARY",
        ),
        file(
            &folder,
            "bytes.jsonl",
            b"{\"operation\": \"\xff\xfeCANARY 1\", \"side\": \"request\", \"body\": {}}",
        ),
    ];
    let mut all = String::new();
    for name in &files {
        let run = with(&["validate", "--spec", &spec, "--traffic", name]);
        assert_eq!(run.code, Some(2), "{run}");
        all += &format!("==== {name}\n{run}\n");
    }
    assert!(!all.contains("CANARY"), "{all}");
    snapshot!("traffic_hostile", all, path => "DIR");
    let both = with(&["diff", &spec, &spec, "--traffic", &files[0], &files[2]]);
    assert_eq!(both.code, Some(2), "{both}");
    assert!(
        both.stderr.contains("no message could be validated"),
        "{both}"
    );
}

#[test]
fn one_good_line_is_judged_whatever_is_around_it() {
    let (folder, path) = folder();
    let spec = starter(&folder.path().join("spec"), &[]);
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend_from_slice(GOOD.as_bytes());
    bytes.extend_from_slice(b"\r\n\0\0\r\n{\"operation\"\r\n");
    bytes.resize(bytes.len() + (9 << 20), b'x');
    bytes.extend_from_slice(format!("\n{GOOD}\n{}", &GOOD[..60]).as_bytes());
    // A zero byte after the head of a file makes one bad line.
    let padding = format!("{GOOD}\n").repeat(1000);
    let many = file(
        &folder,
        "many.jsonl",
        &[padding.as_bytes(), &bytes[3..]].concat(),
    );
    let run = with(&["validate", "--spec", &spec, "--traffic", &many]);
    assert_eq!(run.code, Some(0), "{run}");
    snapshot!("traffic_damaged_lines", run, path => "DIR");
}

#[test]
fn standard_input() {
    let (folder, _) = folder();
    let spec = starter(&folder.path().join("spec"), &[]);
    let args = ["validate", "--spec", &spec, "--traffic", "-"];
    let run = piped(&args, format!("{GOOD}\r\n[]\r\n").as_bytes());
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.contains("<stdin>:2"), "{run}");
}

#[test]
fn options_that_do_not_go_together() {
    let one = ["--operation", "pay_entry_code", "--side", "request"];
    for more in [&one[..2], &one[2..], &["--lines"], &["--request", "x"]] {
        let run = with(&[&["validate", "--traffic", "x"][..], more].concat());
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains("cannot be used with"), "{run}");
    }
    let run = with(&["validate", "--threads", "2"]);
    assert_eq!(run.code, Some(2), "{run}");
    let run = with(&["diff", "a", "b", "--traffic", "x", "--threads", "0"]);
    assert_eq!(run.code, Some(2), "{run}");
}
