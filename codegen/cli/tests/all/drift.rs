//! `payspec drift` at the command line.

use std::path::Path;

use crate::support::{Run, folder, payspec, root, run, snapshot, with};

const PAGE: &str = "tests/fixtures/pages/d-en-pay-user-presented.md";

/// Writes a draft of the page in a folder, with or without the repository's spec.
fn draft(home: &Path, file: &str, more: &[&str]) -> Run {
    let page = root().join(PAGE);
    let page = page.to_str().expect("a path in UTF-8");
    let args = [&["drift", page, "--write-draft", file], more].concat();
    run(payspec(&args).current_dir(home))
}

fn check(home: &Path) -> Run {
    run(payspec(&["check"]).current_dir(home))
}

#[test]
fn an_empty_folder_becomes_a_spec() {
    let (folder, path) = folder();
    let home = folder.path();
    let mut all = String::new();
    for file in ["spec/draft.yaml", "spec/shop", "spec/shop/pay.yaml"] {
        let refused = draft(home, file, &[]);
        assert!(!home.join("spec").exists(), "{refused}");
        all += &format!("==== {file}\n{refused}\n");
    }
    snapshot!("draft_misplaced", all, path => "DIR");
    // The command in the hint works.
    let hint = "spec/my-api/operations/draft.yaml";
    assert!(all.contains(hint), "{all}");
    assert_eq!(draft(home, hint, &[]).code, Some(0));
    assert_eq!(check(home).code, Some(0));
}

#[test]
fn nothing_is_overwritten_and_nothing_half_written() {
    let (folder, _) = folder();
    let home = folder.path();
    let file = "spec/shop/operations/pay.yaml";
    std::fs::create_dir_all(home.join("spec/shop")).expect("a folder");
    std::fs::write(home.join("spec/shop/types"), "").expect("a file");
    // The folder for the types is a file, so the spec cannot be read.
    let run = draft(home, file, &[]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(!home.join(file).exists(), "{run}");
    std::fs::remove_file(home.join("spec/shop/types")).expect("a file");
    std::fs::write(home.join("spec/shop/results.yaml"), "mine").expect("a file");
    let run = draft(home, file, &[]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("results.yaml exists already"), "{run}");
    assert!(!home.join(file).exists(), "{run}");
    let run = draft(home, file, &["--force"]);
    assert_eq!((run.code, check(home).code), (Some(0), Some(0)), "{run}");
}

#[test]
fn a_new_source_is_declared_in_its_api() {
    let (folder, _) = folder();
    let home = folder.path();
    let file = "spec/shop/operations/pay.yaml";
    assert_eq!(draft(home, file, &[]).code, Some(0));
    let second = "spec/shop/operations/pay_again.yaml";
    let page = std::fs::read_to_string(root().join(PAGE)).expect("the page");
    let page = page.replace("/payments/pay", "/orders/pay");
    std::fs::write(home.join("page.md"), page).expect("a file");
    let named = ["--operation", "pay_again", "--source", "orders"];
    let args = [&["drift", "page.md", "--write-draft", second], &named[..]].concat();
    let api = home.join("spec/shop/api.yaml");
    let run = run(payspec(&args).current_dir(home));
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stderr.contains("api.yaml"), "{run}");
    let text = std::fs::read_to_string(&api).expect("the API");
    assert!(text.contains("\n  orders:\n    title: "), "{text}");
    let checked = check(home);
    assert_eq!(checked.code, Some(0), "{checked}");
}

#[test]
fn drafts_outside_of_the_spec_say_where_they_are_read() {
    let (folder, _) = folder();
    let home = folder.path();
    assert_eq!(draft(home, "draft.yaml", &[]).code, Some(0));
    for (file, place) in [
        ("draft.yaml", "operations/draft.yaml"),
        ("draft.types.yaml", "types/draft.yaml"),
        ("draft.results.yaml", "results.yaml"),
        ("draft.api.yaml", "api.yaml"),
    ] {
        let text = std::fs::read_to_string(home.join(file)).expect(file);
        assert!(text.contains(&format!("Save it as {place}")), "{text}");
        let target = home.join("spec/shop").join(place);
        std::fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        std::fs::write(target, text).expect("a file");
    }
    assert_eq!(check(home).code, Some(0));
}

/// A page whose field has a type with a name and values of its own.
const BADGE: &str = "\
# printBadge

POST /v1/badges/print

## Request parameters

#### guest Guest object REQUIRED

The guest.

##### guestKind GuestKind

The kind. Valid values are:

*   `SPEAKER`: gives a talk.
*   `LISTENER`: hears one.

#### seat Seat object

The seat. Valid values are:

*   `FRONT`: near the stage.
*   `BACK`: near the door.
";

#[test]
fn an_enum_of_a_page_is_drafted_into_an_empty_folder() {
    let (folder, _) = folder();
    let home = folder.path();
    std::fs::write(home.join("page.md"), BADGE).expect("a file");
    let file = "spec/fair/operations/print.yaml";
    let args = ["drift", "page.md", "--write-draft", file];
    let drafted = run(payspec(&args).current_dir(home));
    assert_eq!(drafted.code, Some(0), "{drafted}");
    let checked = check(home);
    assert_eq!(checked.code, Some(0), "{checked}");
    for (message, valid) in [
        (r#"{"guest":{"guestKind":"SPEAKER"}}"#, true),
        (r#"{"guest":{"guestKind":"WAITER"}}"#, false),
        (r#"{"guest":{"guestKind":{}}}"#, false),
    ] {
        std::fs::write(home.join("message.json"), message).expect("a file");
        let args = [
            "validate",
            "--operation",
            "print",
            "--side",
            "request",
            "message.json",
        ];
        let judged = run(payspec(&args).current_dir(home));
        assert_eq!(judged.code, Some(i32::from(!valid)), "{message}: {judged}");
    }
    let compared = run(payspec(&["drift", "page.md"]).current_dir(home));
    assert!(!compared.stdout.contains("guestKind"), "{compared}");
    // What the page calls an object stays one, and the draft says that it cannot hold the values.
    let types = std::fs::read_to_string(home.join("spec/fair/types/print.yaml")).expect("types");
    assert!(types.contains("  Seat:\n"), "{types}");
    let operation = std::fs::read_to_string(home.join(file)).expect("the draft");
    assert!(operation.contains("seat values FRONT"), "{operation}");
}

/// A page on which one of two fields replaces the other.
const TILL: &str = "\
# closeTab

POST /v1/tabs/close

### Request parameters

#### tabId String

The id of the tab. **Note**: Required if _tableId_ is empty.

*   Maximum length: 64 characters

#### tableId String

The id of the table.

*   Maximum length: 64 characters

#### tip String

The tip. Must not be given when tableId is given. Required when the guest leaves one.

*   Maximum length: 8 characters
";

#[test]
fn what_a_page_allows_its_draft_accepts() {
    let (folder, _) = folder();
    let home = folder.path();
    std::fs::write(home.join("page.md"), TILL).expect("a file");
    let payspec = |args: &[&str]| run(payspec(args).current_dir(home));
    let file = "spec/bar/operations/close.yaml";
    let drafted = payspec(&["drift", "page.md", "--write-draft", file]);
    assert_eq!(drafted.code, Some(0), "{drafted}");
    let checked = check(home);
    assert_eq!(checked.code, Some(0), "{checked}");
    // The words that no program understood are left to write.
    let open = "TODO: Required when the guest leaves one.";
    let text = std::fs::read_to_string(home.join(file)).expect("the draft");
    assert!(text.contains(open), "{text}");
    assert!(checked.stdout.contains("W003"), "{checked}");
    for (message, valid) in [
        (r#"{"tabId":"1"}"#, true),
        (r#"{"tableId":"1"}"#, true),
        (r#"{"tabId":"1","tip":"2"}"#, true),
        (r"{}", false),
        (r#"{"tableId":"1","tip":"2"}"#, false),
    ] {
        std::fs::write(home.join("message.json"), message).expect("a file");
        let args = [
            "validate",
            "--operation",
            "close",
            "--side",
            "request",
            "message.json",
        ];
        let judged = payspec(&args);
        assert_eq!(judged.code, Some(i32::from(!valid)), "{message}: {judged}");
    }
}

/// Removes the line numbers of the spec from a report, because other changes move them.
fn unnumbered(run: &Run) -> String {
    let text = run.to_string();
    let mut parts = text.split(".yaml:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out += ".yaml:N";
        out += part.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    out
}

#[test]
fn reports() {
    let mut all = String::new();
    let other = "tests/fixtures/pages/e-en-pay-entry-code.md";
    for args in [
        &["drift", PAGE][..],
        &["drift", PAGE, "--format", "markdown"],
        &["drift", PAGE, other],
        &[
            "drift",
            "tests/fixtures/pages/a-en-pay-entry-code.txt",
            other,
        ],
        &["drift", PAGE, "--format", "html"],
        &["drift", PAGE, "--operation", "nope"],
        &["drift", "Cargo.toml"],
    ] {
        let run = with(args);
        all += &format!("==== {}\n{}\n", args.join(" "), unnumbered(&run));
    }
    snapshot!("drift", all);
    let page = "tests/fixtures/pages/html-zh-cancel.html";
    let mut all = String::new();
    for format in ["human", "markdown"] {
        let run = with(&["drift", page, "--coverage", "--format", format]);
        assert_eq!(run.code, Some(1));
        all += &format!("==== {format}\n{}\n", unnumbered(&run));
    }
    snapshot!("drift_coverage", all);
}
