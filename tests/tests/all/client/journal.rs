//! A program that stops goes on with the same key and the same bytes.

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
fn what_cannot_be_written_down_is_not_sent() {
    let (_folder, path) = path();
    let journal = Failing::new(&path);
    journal.refuse(&["before_send"]);
    let (client, stage) = client_of(Vec::new(), journal);
    let error = client.pay_entry_code(request()).expect_err("not sent");
    assert!(matches!(error, CallError::Refused(Refused::Journal(_))));
    assert!(error.to_string().contains("no space left"), "{error}");
    assert!(!error.needs_inquiry());
    assert_eq!(stage.requests().len(), 0);
}

#[test]
fn a_doubt_that_cannot_be_written_down_again_stays_one_and_is_not_sent() {
    let (_folder, path) = path();
    let journal = Failing::new(&path);
    let (client, stage) = client_of((0..4).map(|_| lost()).collect(), journal.clone());
    let error = client.pay_entry_code(request()).expect_err("lost");
    let doubt = error.in_doubt().expect("a doubt");
    let sent = stage.requests().len();
    journal.refuse(&["before_send"]);
    let error = client.resend(doubt).expect_err("not sent");
    let doubt = error.in_doubt().expect("still a doubt");
    assert!(
        matches!(doubt.problem(), Problem::Journal { .. }),
        "{doubt}"
    );
    assert_eq!(stage.requests().len(), sent);
}

#[test]
fn an_end_that_cannot_be_written_down_stays_in_doubt_with_its_answer() {
    for (scenes, answered) in [
        (vec![Scene::Answer(redirect())], true),
        (vec![Scene::Answer(result("F", "RISK_REJECT"))], true),
        (vec![not_sent(), not_sent(), not_sent(), not_sent()], false),
    ] {
        let (_folder, path) = path();
        let journal = Failing::new(&path);
        journal.refuse(&["after"]);
        let (client, _) = client_of(scenes, journal.clone());
        let error = client.pay_entry_code(request()).expect_err("not an end");
        let doubt = error.in_doubt().expect("a doubt");
        assert!(
            matches!(doubt.problem(), Problem::Journal { .. }),
            "{doubt}"
        );
        assert_eq!(doubt.problem().answered().is_some(), answered);
        drop(doubt);
        assert_eq!(client.unfinished().expect("readable").len(), 1);
    }
}

#[test]
fn a_second_call_of_an_open_request_starts_in_doubt() {
    let (_folder, path) = path();
    let refused = || Scene::Answer(result("F", "RISK_REJECT"));
    let (client, stage) = client_of(
        vec![
            lost(),
            lost(),
            lost(),
            lost(),
            refused(),
            not_sent(),
            not_sent(),
            not_sent(),
            not_sent(),
            refused(),
        ],
        open(&path),
    );
    let first = client.pay_entry_code(request()).expect_err("in doubt");
    // Whether the first doubt is still held or not.
    let again = client.pay_entry_code(request()).expect_err("in doubt");
    let doubt = again.in_doubt().expect("a doubt");
    assert!(
        matches!(doubt.problem(), Problem::RepetitionRefused(_)),
        "{doubt}"
    );
    drop((first, doubt));
    // That nothing leaves now says nothing of what left before.
    let error = client.pay_entry_code(request()).expect_err("in doubt");
    assert!(error.needs_inquiry(), "{error}");
    drop(error);
    // The next run knows as much.
    drop(client);
    let (client, _) = client_of(vec![refused(), Scene::Answer(redirect())], open(&path));
    let error = client.pay_entry_code(request()).expect_err("in doubt");
    assert!(error.needs_inquiry(), "{error}");
    drop(error);
    assert!(client.pay_entry_code(request()).is_ok());
    assert_eq!(client.unfinished().expect("readable").len(), 0);
    assert_eq!(stage.left(), 1);
}

#[test]
fn another_body_under_an_open_id_is_refused() {
    let (_folder, path) = path();
    let (client, stage) = client_of(vec![lost(), lost(), lost(), lost()], open(&path));
    let doubt = client.pay_entry_code(request()).expect_err("in doubt");
    let mut other = messages::clean_request();
    other["order"]["orderDescription"] = "Something else".into();
    let other = decode(other.to_string().as_bytes()).expect("it decodes");
    let error = client.pay_entry_code(Valid::new(other).expect("valid"));
    let error = error.expect_err("refused");
    let CallError::Refused(Refused::Journal(JournalError::OtherBody {
        operation,
        id: open,
    })) = &error
    else {
        panic!("{error}");
    };
    assert_eq!((operation.as_str(), open), ("pay_entry_code", &id()));
    assert_eq!(stage.requests().len(), 4, "nothing of it left");
    // The same id cannot have a life as well, nor a call beside a life.
    let life = client
        .entry_code_payment(request())
        .expect_err("a call is open");
    assert!(matches!(
        life,
        BeginError::Journal(JournalError::Unfinished { .. })
    ));
    client
        .resolve(doubt.in_doubt().expect("a doubt"))
        .expect("written");
    let payment = client.entry_code_payment(request()).expect("it begins");
    let error = client
        .pay_entry_code(request())
        .expect_err("a life is open");
    assert!(matches!(
        error,
        CallError::Refused(Refused::Journal(JournalError::Unfinished { .. }))
    ));
    // It is under way, so it cannot be closed, and is not unfinished for others.
    let error = client.close(&payment).expect_err("under way");
    assert!(
        matches!(&error, CloseError::UnderWay { id: open, .. } if *open == id()),
        "{error}"
    );
    assert_eq!(client.unfinished().expect("readable").len(), 0);
    drop(payment);
    assert_eq!(client.unfinished().expect("readable").len(), 1);
}

#[test]
fn a_cancellation_is_written_down_and_an_inquiry_is_not() {
    let (_folder, path) = path();
    let script = (0..8).map(|_| lost()).collect();
    let (client, _) = client_of(script, open(&path));
    let inquiry = InquiryPaymentRequest::builder()
        .payment_request_id(id())
        .build();
    client
        .inquiry_payment(inquiry.expect("valid"))
        .expect_err("in doubt");
    assert_eq!(client.unfinished().expect("readable").len(), 0);
    let cancel = CancelRequest::builder().payment_request_id(id()).build();
    client.cancel(cancel.expect("valid")).expect_err("in doubt");
    drop(client);
    let (client, _) = client_of(vec![Scene::Answer(result("S", "SUCCESS"))], open(&path));
    let unfinished = client.unfinished().expect("readable").pop();
    let Some(Ok(Unfinished::Cancel(doubt))) = unfinished else {
        panic!("{unfinished:?}");
    };
    assert_eq!(
        client.unfinished().expect("readable").len(),
        0,
        "it is held"
    );
    client.resend(doubt).expect("decided");
    assert_eq!(client.unfinished().expect("readable").len(), 0);
}

#[test]
fn what_cannot_be_restored_is_an_item_that_names_it() {
    let (_folder, path) = path();
    let journal = open(&path);
    let entry = |operation, id| Entry {
        kind: EntryKind::Call,
        operation,
        scope: "/x",
        id,
        bytes: b"{}",
    };
    journal.before_send(entry("gone", "g-1")).expect("written");
    journal
        .before_send(entry("refund", "f-1"))
        .expect("written");
    let (client, _) = client_of(Vec::new(), journal);
    let unfinished = client.unfinished().expect("readable");
    let texts: Vec<String> = unfinished
        .iter()
        .map(|one| one.as_ref().expect_err("not restored").to_string())
        .collect();
    assert!(
        texts[0].starts_with("`gone` g-1 is unfinished"),
        "{texts:?}"
    );
    assert!(
        texts[1].starts_with("`refund` f-1 is unfinished"),
        "{texts:?}"
    );
    let shown = format!("{:?}", unfinished[0].as_ref().expect_err("not restored"));
    assert!(shown.contains("gone") && shown.contains("g-1"), "{shown}");
    for one in unfinished {
        client
            .resolve_entry(one.expect_err("not restored"))
            .expect("written");
    }
    assert_eq!(client.unfinished().expect("readable").len(), 0);
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

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing_and_glues_nothing() {
    // A device of a few pages, where the machine allows one to be made.
    let folder = tempfile::tempdir().expect("a folder");
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
        .arg(folder.path())
        .output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        println!("skipped: a_full_disk_loses_nothing_and_glues_nothing cannot mount a small disk");
        return;
    }
    let path = folder.path().join("journal");
    let journal = open(&path);
    let body = format!("{{\"x\":\"{}\"}}", "y".repeat(3_000)).into_bytes();
    let mut written = Vec::new();
    let mut refused = 0;
    for number in 0..40 {
        let id = format!("r-{number}");
        let entry = Entry {
            kind: EntryKind::Call,
            operation: "pay",
            scope: "/x",
            id: &id,
            bytes: &body,
        };
        match journal.before_send(entry) {
            Ok(_) => written.push(id),
            Err(error) => {
                assert!(error.to_string().contains("No space left"), "{error}");
                refused += 1;
            }
        }
    }
    drop(journal);
    let journal = open(&path);
    assert_eq!(journal.damage(), []);
    let found: Vec<String> = journal
        .unfinished()
        .expect("readable")
        .iter()
        .map(|one| one.id().to_owned())
        .collect();
    drop(journal);
    drop(
        std::process::Command::new("umount")
            .arg(folder.path())
            .output(),
    );
    assert!(refused > 0 && !written.is_empty());
    assert_eq!(found, written);
}

/// A notification that the payment with this id is paid.
fn told(client: &Client<Stage>, id: &str, now: SystemTime) -> Received<NotifyPaymentRequest> {
    let paid =
        include_bytes!("../../../../spec/ams-instore/examples/notify-payment.request.paid.json");
    let mut body: Json = serde_json::from_slice(paid).expect("JSON");
    body["paymentRequestId"] = id.into();
    body["paymentAmount"] = messages::clean_request()["paymentAmount"].clone();
    let request = notification(StampForm::EpochMillis, now, body.to_string().as_bytes());
    let received = client.envelope().receive(&request, now);
    received.expect("it is the provider's")
}

#[test]
fn a_notification_finds_its_payment_and_is_on_the_disk_before_it_is_acknowledged() {
    let (_folder, path) = path();
    let journal = Failing::new(&path);
    let (client, _) = client_of(Vec::new(), journal.clone());
    let now = FakeClock::new().time();
    let mut payments = Dispatcher::default();
    for number in 0..3 {
        let mut request = messages::clean_request();
        request["paymentRequestId"] = format!("order-{number}").into();
        let request = decode(request.to_string().as_bytes()).expect("it decodes");
        let payment = client.entry_code_payment(Valid::new(request).expect("valid"));
        let payment = payment.expect("it begins");
        // A key for the payment, and the payment.
        let same = Payment::resume(payment.entry(), &payment.save()).expect("a payment");
        assert!(payments.insert(&same, payment).is_none());
    }
    let unknown = payments.find(&told(&client, "another", now));
    let unknown = unknown.expect_err("not here");
    assert_eq!(unknown, NotAddressed::Unknown);
    assert!(unknown.to_string().contains("no payment"), "{unknown}");
    let several = NotAddressed::Several.to_string();
    assert!(several.contains("several payments"), "{several}");
    let received = told(&client, "order-1", now);
    let payment = payments.find(&received).expect("it is here");
    assert_eq!(payment.id(), "order-1");
    journal.refuse(&["stands"]);
    let error = client
        .notified(payment, &received)
        .expect_err("not written");
    assert!(matches!(error, NotifiedError::Journal(_)), "{error}");
    journal.refuse(&[]);
    let other = told(&client, "order-2", now);
    let error = client
        .notified(payment, &other)
        .expect_err("another payment");
    assert!(matches!(error, NotifiedError::OtherPayment(_)), "{error}");
    let other = payments.find(&other).expect("it is here");
    let notified = client.notified(other, &told(&client, "order-2", now));
    assert_eq!(notified.expect("written"), Notified::Taken);
    // The program stops here: the next one has heard of it.
    let state = other.save();
    drop((payments, client));
    drop(journal);
    let journal = open(&path);
    let found = journal.unfinished().expect("readable");
    let found = found.iter().find(|one| one.id() == "order-2");
    assert_eq!(found.expect("it is there").state(), state);
}

#[test]
fn an_end_is_told_only_once_it_is_on_the_disk() {
    let (_folder, path) = path();
    let journal = Failing::new(&path);
    let script = vec![Scene::Answer(result("F", "RISK_REJECT"))];
    let (client, _) = client_of(script, journal.clone());
    let mut payment = client.entry_code_payment(request()).expect("it begins");
    // The sending is written down, its end is not.
    journal.refuse(&["stands"]);
    *journal.allows.lock().expect("a number") = 1;
    let error = client.go_on(&mut payment).expect_err("not told");
    assert!(error.to_string().contains("no space left"), "{error}");
    assert!(client.settle(&mut payment, drop).is_err());
    journal.refuse(&[]);
    let stop = client.go_on(&mut payment).expect("written");
    assert!(matches!(stop, Stop::Ended(Ending::NotPaid(_))), "{stop:?}");
    journal.refuse(&["after"]);
    let error = client.close(&payment).expect_err("not written");
    assert!(matches!(error, CloseError::Journal(_)), "{error}");
    journal.refuse(&[]);
    client.close(&payment).expect("written");
    assert_eq!(journal.unfinished().expect("readable").len(), 0);
}
