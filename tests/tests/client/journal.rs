//! A program that stops goes on with the same key and the same bytes.

use crate::support::*;
use alipay_instore::ams_instore::cancel::CancelRequest;
use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeOutcome, PayEntryCodeRequest};
use payspec_runtime::client::{
    Client as Calls, Ended, Entry, FileJournal, InDoubt, Journal, JournalError, OtherEntry, Problem,
};
use payspec_runtime::encode;
use std::fs;
use std::path::{Path, PathBuf};

fn path() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal");
    (folder, path)
}

fn open(path: &Path) -> (FileJournal, Vec<Vec<u8>>) {
    let (journal, unfinished) = FileJournal::open(path).expect("a journal");
    let bytes = unfinished.iter().map(|one| one.entry().bytes.to_vec());
    (journal, bytes.collect())
}

fn calls(script: Vec<Scene>, journal: impl Journal + 'static) -> (Calls<Stage>, Stage) {
    let clock = FakeClock::new();
    let stage = Stage::new(&clock, script);
    let calls = Calls::new(envelope("https://open.example"), stage.clone());
    (calls.clock(clock).seed(1).journal(journal), stage)
}

#[test]
fn a_stopped_program_goes_on_with_the_same_bytes() {
    let (_folder, path) = path();
    let (calls_before, before) = calls(vec![lost(), lost(), lost(), lost()], open(&path).0);
    calls_before.call(&request()).expect_err("in doubt");
    drop(calls_before);

    let (journal, unfinished) = FileJournal::open(&path).expect("a journal");
    let [unfinished] = unfinished.as_slice() else {
        panic!("{unfinished:?}");
    };
    assert!(!format!("{unfinished:?}").contains("order"));
    let doubt = InDoubt::<PayEntryCodeRequest>::interrupted(unfinished.entry()).expect("the same");
    assert_eq!(doubt.id(), id());
    assert!(matches!(doubt.problem(), Problem::Interrupted));
    assert!(doubt.needs_inquiry() && doubt.is_safe_to_resend());
    let (calls_after, after) = calls(vec![Scene::Answer(redirect())], journal);
    let answered = calls_after.resend(doubt).expect("decided");
    assert!(matches!(answered.outcome, PayEntryCodeOutcome::Redirect(_)));
    assert_eq!(before.requests()[0].body(), after.requests()[0].body());
    drop(calls_after);
    assert_eq!(open(&path).1, Vec::<Vec<u8>>::new());
    assert_eq!(
        fs::read(&path).expect("a file"),
        b"",
        "nothing is kept for longer than needed"
    );
}

#[test]
fn a_request_that_came_from_a_stopped_program_is_in_doubt_when_it_is_refused() {
    let bytes = encode(&*request()).expect("JSON");
    let (operation, id) = ("pay_entry_code", id());
    let entry = Entry {
        operation,
        id: &id,
        bytes: &bytes,
    };
    let doubt = InDoubt::<PayEntryCodeRequest>::interrupted(entry).expect("the same");
    let (client, ..) = client([Scene::Answer(result("F", "RISK_REJECT"))]);
    let error = client.0.resend(doubt).expect_err("in doubt");
    let doubt = error.in_doubt().expect("a doubt");
    assert!(matches!(doubt.problem(), Problem::RepetitionRefused(_)));
    // Entries of other operations, keys or bytes are none of this one.
    for entry in [
        Entry {
            operation: "refund",
            ..entry
        },
        Entry {
            id: "another",
            ..entry
        },
        Entry {
            bytes: b"{}",
            ..entry
        },
    ] {
        let other = InDoubt::<PayEntryCodeRequest>::interrupted(entry);
        assert_eq!(other.err(), Some(OtherEntry));
    }
    let cancel = InDoubt::<CancelRequest>::interrupted(entry);
    assert_eq!(cancel.err(), Some(OtherEntry));
}

#[test]
fn a_last_line_that_was_cut_off_is_taken_off() {
    let (_folder, path) = path();
    let (journal, _) = open(&path);
    let entry = |id, bytes| Entry {
        operation: "pay",
        id,
        bytes,
    };
    journal
        .before_send(entry("r-1", b"{\"a\":\"\\n\"}"))
        .expect("written");
    let whole = fs::read(&path).expect("a file").len();
    journal
        .before_send(entry("r-2", b"{\"b\":1}"))
        .expect("written");
    drop(journal);
    let text = fs::read(&path).expect("a file");
    // Wherever the second line was cut, the first one stands, and what follows is written well.
    for cut in whole..text.len() {
        fs::write(&path, &text[..cut]).expect("a file");
        let (journal, unfinished) = open(&path);
        assert_eq!(unfinished, [b"{\"a\":\"\\n\"}"], "{cut}");
        journal.before_send(entry("r-3", b"{}")).expect("written");
        drop(journal);
        assert_eq!(open(&path).1.len(), 2, "{cut}");
    }
}

#[test]
fn what_is_no_journal_is_left_alone() {
    let (_folder, path) = path();
    fs::write(&path, "[\"before\",\"pay\",\"r-1\",\"{}\"]\nhello\n").expect("a file");
    let error = FileJournal::open(&path).expect_err("no journal");
    assert!(
        error
            .to_string()
            .ends_with("journal:2: no line of a journal"),
        "{error}"
    );
    assert!(fs::read_to_string(&path).expect("a file").contains("hello"));
}

#[test]
fn that_nothing_left_now_says_nothing_of_an_earlier_run() {
    let (_folder, path) = path();
    let entry = Entry {
        operation: "pay",
        id: "r-1",
        bytes: b"{}",
    };
    let (journal, _) = open(&path);
    journal.before_send(entry).expect("written");
    drop(journal);
    let (journal, _) = open(&path);
    journal.before_send(entry).expect("written");
    journal.after("pay", "r-1", Ended::NotSent);
    drop(journal);
    let (journal, unfinished) = open(&path);
    assert_eq!(unfinished.len(), 1);
    journal.after("pay", "r-1", Ended::Decided);
    drop(journal);
    // Without an earlier run, it is over.
    let (journal, _) = open(&path);
    journal.before_send(entry).expect("written");
    journal.after("pay", "r-1", Ended::NotSent);
    drop(journal);
    assert_eq!(open(&path).1.len(), 0);
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = path();
    let mode = || fs::metadata(&path).expect("a file").permissions().mode() & 0o777;
    drop(open(&path));
    assert_eq!(mode(), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("rights");
    drop(open(&path));
    assert_eq!(mode(), 0o600);
}

/// A journal on a full disk.
struct Full;

impl Journal for Full {
    fn before_send(&self, _: Entry<'_>) -> Result<(), JournalError> {
        Err(JournalError::new("no space left"))
    }

    fn begin(&self, _: Entry<'_>, _: &str) -> Result<(), JournalError> {
        Err(JournalError::new("no space left"))
    }

    fn stands(&self, _: &str, _: &str, _: &str) -> Result<(), JournalError> {
        Err(JournalError::new("no space left"))
    }

    fn after(&self, _: &str, _: &str, ended: Ended) {
        assert_eq!(ended, Ended::NotSent);
    }
}

#[test]
fn what_cannot_be_written_down_is_not_sent() {
    let (calls, stage) = calls(Vec::new(), Full);
    let error = calls.call(&request()).expect_err("not sent");
    assert!(error.to_string().contains("no space left"), "{error}");
    assert!(!error.needs_inquiry());
    assert_eq!(stage.requests().len(), 0);
}
