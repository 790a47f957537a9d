//! A program that stops goes on with the same key and the same bytes.

mod notified;
mod open_requests;
mod refusing;

use super::support::*;
use alipay_instore::ams_instore::cancel::CancelRequest;
use alipay_instore::ams_instore::client::{Client, Unfinished};
use alipay_instore::ams_instore::entry_code_payment::Payment;
use alipay_instore::ams_instore::inquiry_payment::InquiryPaymentRequest;
use alipay_instore::ams_instore::notify_payment::NotifyPaymentRequest;
use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeOutcome, PayEntryCodeRequest};
use payspec_runtime::client::life::{
    BeginError, CloseError, Ending, Notified, NotifiedError, Stop,
};
use payspec_runtime::client::{
    CallError, Dispatcher, Ended, Entry, EntryKind, FileJournal, InDoubt, Journal, JournalError,
    NotAddressed, OpenEntry, Opened, Problem, RawClient, Received, Refused, StampForm, UnderWay,
};
use payspec_runtime::{Valid, decode, encode};
use payspec_tests::messages;
use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

fn path() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal");
    (folder, path)
}

fn open(path: &Path) -> FileJournal {
    FileJournal::open(path).expect("a journal")
}

/// How many entries are open in a file.
fn left(path: &Path) -> usize {
    open(path).unfinished().expect("readable").len()
}

fn client_of(script: Vec<Scene>, journal: impl Journal + 'static) -> (Client<Stage>, Stage) {
    let clock = FakeClock::new();
    let stage = Stage::new(&clock, script);
    let calls = RawClient::new(envelope("https://open.example"), stage.clone());
    (
        Client::from(calls.clock(clock).seed(1).journal(journal)),
        stage,
    )
}

/// A journal that refuses what it is told to refuse, over one in a file.
#[derive(Clone)]
struct Failing {
    file: Arc<FileJournal>,
    refuses: Arc<Mutex<Vec<&'static str>>>,
    /// How much of it goes well before.
    allows: Arc<Mutex<usize>>,
}

impl Failing {
    fn new(path: &Path) -> Self {
        Self {
            file: Arc::new(open(path)),
            refuses: Arc::default(),
            allows: Arc::default(),
        }
    }

    fn refuse(&self, what: &[&'static str]) {
        *self.refuses.lock().expect("a list") = what.to_vec();
    }

    fn check(&self, what: &str) -> Result<(), JournalError> {
        let is_refused = self.refuses.lock().expect("a list").contains(&what);
        let mut allows = self.allows.lock().expect("a number");
        if is_refused && *allows > 0 {
            *allows -= 1;
            return Ok(());
        }
        match is_refused {
            true => Err(JournalError::new("no space left")),
            false => Ok(()),
        }
    }
}

impl Journal for Failing {
    fn before_send(&self, entry: Entry<'_>) -> Result<Opened, JournalError> {
        self.check("before_send")?;
        self.file.before_send(entry)
    }

    fn begin(&self, entry: Entry<'_>, state: &str) -> Result<(), JournalError> {
        self.check("begin")?;
        self.file.begin(entry, state)
    }

    fn stands(&self, operation: &str, id: &str, state: &str) -> Result<(), JournalError> {
        self.check("stands")?;
        self.file.stands(operation, id, state)
    }

    fn after(&self, operation: &str, id: &str, ended: Ended) -> Result<(), JournalError> {
        self.check("after")?;
        self.file.after(operation, id, ended)
    }

    fn unfinished(&self) -> Result<Vec<OpenEntry>, JournalError> {
        self.file.unfinished()
    }

    fn under_way(&self) -> &UnderWay {
        self.file.under_way()
    }
}

#[test]
fn a_stopped_program_goes_on_with_the_same_bytes() {
    let (_folder, path) = path();
    let (client, before) = client_of(vec![lost(), lost(), lost(), lost()], open(&path));
    client.pay_entry_code(request()).expect_err("in doubt");
    drop(client);

    let (client, after) = client_of(vec![Scene::Answer(redirect())], open(&path));
    let unfinished = client.unfinished().expect("readable").pop();
    let Some(Ok(Unfinished::PayEntryCode(doubt))) = unfinished else {
        panic!("{unfinished:?}");
    };
    assert_eq!(doubt.id(), id());
    assert!(!format!("{doubt:?}").contains("order"));
    assert!(matches!(doubt.problem(), Problem::Interrupted));
    assert!(doubt.needs_inquiry() && doubt.is_safe_to_resend());
    let answered = client.resend(doubt).expect("decided");
    assert!(matches!(answered.outcome, PayEntryCodeOutcome::Redirect(_)));
    assert_eq!(before.requests()[0].body(), after.requests()[0].body());
    drop(client);
    assert_eq!(left(&path), 0);
    let text = fs::read_to_string(&path).expect("a file");
    assert!(
        !text.contains(&id()) && text.lines().count() == 1,
        "nothing is kept for longer than needed"
    );
}

#[test]
fn a_request_that_came_from_a_stopped_program_is_in_doubt_when_it_is_refused() {
    let bytes = encode(&*request()).expect("JSON");
    let (operation, id) = ("pay_entry_code", id());
    let entry = Entry {
        kind: EntryKind::Call,
        operation,
        scope: "/paymentRequestId",
        id: &id,
        bytes: &bytes,
        begun: None,
    };
    let doubt = InDoubt::<PayEntryCodeRequest>::interrupted(entry).expect("the same");
    let (client, ..) = client([Scene::Answer(result("F", "RISK_REJECT"))]);
    let error = client.resend(doubt).expect_err("in doubt");
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
        let error = other.expect_err("another entry");
        assert_eq!((error.operation(), error.id()), (entry.operation, entry.id));
        assert!(error.to_string().contains(entry.id), "{error}");
    }
    InDoubt::<CancelRequest>::interrupted(entry).expect_err("another operation");
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

#[test]
fn a_second_opener_is_told_so_however_it_names_the_file() {
    let (folder, path) = path();
    let journal = open(&path);
    let there = fs::canonicalize(folder.path())
        .expect("a folder")
        .join("journal");
    let mut names = vec![path.clone(), folder.path().join(".").join("journal")];
    #[cfg(unix)]
    {
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        names.push(link);
    }
    // Also after the file was replaced by a shorter one.
    let body = format!("{{\"x\":\"{}\"}}", "y".repeat(10_000)).into_bytes();
    for round in 0..2 {
        for name in &names {
            let error = FileJournal::open(name).expect_err("locked");
            assert_eq!(
                error,
                JournalError::Locked {
                    path: there.clone()
                },
                "{round}"
            );
            assert!(error.to_string().contains("journal"), "{error}");
        }
        for number in 0..20 {
            let id = format!("r-{number}");
            let entry = Entry {
                kind: EntryKind::Call,
                operation: "pay",
                scope: "/x",
                id: &id,
                bytes: &body,
                begun: None,
            };
            journal.before_send(entry).expect("written");
            journal.after("pay", &id, Ended::Decided).expect("written");
        }
    }
    assert!(
        fs::metadata(&path).expect("a file").len() < 100_000,
        "it was rewritten"
    );
    drop(journal);
    assert_eq!(left(&path), 0);
}
