//! A client that does not block, with a journal: what is dropped is found, in the running program too.

use super::lives::presented;
use super::support::*;
use alipay_instore::ams_instore::client::{AsyncClient, Unfinished};
use http::{Request, Response};
use payspec_runtime::client::life::{Ending, Stop};
use payspec_runtime::client::{
    AsyncClock, AsyncRawClient, AsyncTransport, CallError, Ended, Entry, FileJournal, Journal,
    JournalError, OpenEntry, Opened, Problem, Refused, Transport, TransportError, UnderWay,
};
use std::future::Future;
use std::path::Path;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

/// A stage whose first sendings are never answered.
#[derive(Clone)]
struct Silent {
    stage: Stage,
    silent: Arc<Mutex<usize>>,
}

impl AsyncTransport for Silent {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let is_silent = {
            let mut silent = self.silent.lock().expect("a number");
            let is_silent = *silent > 0;
            *silent = silent.saturating_sub(1);
            is_silent
        };
        match is_silent {
            true => std::future::pending().await,
            false => self.stage.send(request),
        }
    }
}

struct Watch(FakeClock);

impl AsyncClock for Watch {
    fn now(&self) -> SystemTime {
        payspec_runtime::client::Clock::now(&self.0)
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        payspec_runtime::client::Clock::sleep(&self.0, time);
        Box::pin(std::future::ready(()))
    }
}

fn client(
    silent: usize,
    script: Vec<Scene>,
    journal: impl Journal + 'static,
) -> (AsyncClient<Silent>, Silent) {
    let clock = FakeClock::new();
    let line = Silent {
        stage: Stage::new(&clock, script),
        silent: Arc::new(Mutex::new(silent)),
    };
    let calls = AsyncRawClient::new(envelope("https://open.example"), line.clone(), Watch(clock));
    (AsyncClient::from(calls.seed(1).journal(journal)), line)
}

pub(super) fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

/// Polls a future until nothing more happens in it, then drops it.
fn drop_midway<F: Future>(future: F, is_far_enough: impl Fn() -> bool) {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..2_000 {
        let Poll::Pending = future.as_mut().poll(&mut context) else {
            panic!("it ended");
        };
        if is_far_enough() {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("it never got so far");
}

fn journal() -> (tempfile::TempDir, FileJournal) {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = FileJournal::open(folder.path().join("journal")).expect("a journal");
    (folder, journal)
}

fn left(folder: &Path) -> usize {
    let journal = FileJournal::open(folder.join("journal")).expect("a journal");
    journal.unfinished().expect("readable").len()
}

#[test]
fn a_dropped_call_is_found_in_the_running_program_and_goes_on_in_doubt() {
    let (folder, journal) = journal();
    let refused = || Scene::Answer(result("F", "RISK_REJECT"));
    let script = vec![
        refused(),
        not_sent(),
        not_sent(),
        not_sent(),
        not_sent(),
        Scene::Answer(redirect()),
    ];
    let (client, line) = client(1, script, journal);
    drop_midway(client.pay_entry_code(request()), || {
        *line.silent.lock().expect("a number") == 0
    });
    // A call of the same request does not forget it, whether it is refused or does not leave.
    let error = block_on(client.pay_entry_code(request())).expect_err("in doubt");
    let doubt = error.in_doubt().expect("a doubt");
    assert!(
        matches!(doubt.problem(), Problem::RepetitionRefused(_)),
        "{doubt}"
    );
    assert!(
        block_on(client.unfinished()).expect("readable").is_empty(),
        "it is held"
    );
    drop(doubt);
    let error = block_on(client.pay_entry_code(request())).expect_err("in doubt");
    assert!(error.needs_inquiry());
    drop(error);
    let found = block_on(client.unfinished()).expect("readable").pop();
    let Some(Ok(Unfinished::PayEntryCode(doubt))) = found else {
        panic!("{found:?}");
    };
    assert_eq!(doubt.id(), id());
    block_on(client.resend(doubt)).expect("decided");
    assert!(block_on(client.unfinished()).expect("readable").is_empty());
    drop(client);
    assert_eq!(left(folder.path()), 0);
}

#[test]
fn a_call_under_way_is_not_unfinished_and_not_called_twice_at_once() {
    let (folder, journal) = journal();
    let (client, line) = client(1, Vec::new(), journal);
    {
        let mut first = pin!(client.pay_entry_code(request()));
        let mut context = Context::from_waker(Waker::noop());
        while *line.silent.lock().expect("a number") > 0 {
            assert!(first.as_mut().poll(&mut context).is_pending());
        }
        assert!(block_on(client.unfinished()).expect("readable").is_empty());
        let error = block_on(client.pay_entry_code(request())).expect_err("refused");
        assert!(
            matches!(
                error,
                CallError::Refused(Refused::Journal(JournalError::UnderWay { .. }))
            ),
            "{error}"
        );
    }
    assert_eq!(block_on(client.unfinished()).expect("readable").len(), 1);
    drop(client);
    assert_eq!(left(folder.path()), 1);
}

#[test]
fn a_payment_whose_future_is_dropped_goes_on() {
    let (folder, journal) = journal();
    let (client, line) = client(1, vec![Scene::Answer(result("F", "RISK_REJECT"))], journal);
    let mut payment = block_on(client.user_presented_payment(presented())).expect("it begins");
    drop_midway(client.go_on(&mut payment), || {
        *line.silent.lock().expect("a number") == 0
    });
    drop(payment);
    let found = block_on(client.unfinished()).expect("readable").pop();
    let Some(Ok(Unfinished::UserPresentedPayment(payment))) = found else {
        panic!("{found:?}");
    };
    assert!(!payment.is_over());
    drop((payment, client));
    assert_eq!(left(folder.path()), 1);
}

/// The calls of a journal and of a transport, in order.
type Log = Arc<Mutex<Vec<String>>>;

/// A journal that writes down what it is told, and on which thread.
struct Told {
    log: Log,
    file: FileJournal,
}

impl Told {
    fn tell(&self, what: &str) {
        let thread = std::thread::current();
        let thread = thread.name().unwrap_or_default().to_owned();
        assert_eq!(thread, "payspec-journal", "no task waits for the disk");
        self.log.lock().expect("a log").push(what.to_owned());
    }
}

impl Journal for Told {
    fn before_send(&self, entry: Entry<'_>) -> Result<Opened, JournalError> {
        self.tell("before_send");
        self.file.before_send(entry)
    }

    fn begin(&self, entry: Entry<'_>, state: &str) -> Result<(), JournalError> {
        self.tell("begin");
        self.file.begin(entry, state)
    }

    fn stands(&self, operation: &str, id: &str, state: &str) -> Result<(), JournalError> {
        self.tell("stands");
        self.file.stands(operation, id, state)
    }

    fn after(&self, operation: &str, id: &str, ended: Ended) -> Result<(), JournalError> {
        self.tell(&format!("{ended:?}"));
        self.file.after(operation, id, ended)
    }

    fn unfinished(&self) -> Result<Vec<OpenEntry>, JournalError> {
        self.file.unfinished()
    }

    fn under_way(&self) -> &UnderWay {
        self.file.under_way()
    }
}

/// A transport that writes down that it sends.
struct Sends(Log, Silent);

impl AsyncTransport for Sends {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.0.lock().expect("a log").push("send".to_owned());
        AsyncTransport::send(&self.1, request).await
    }
}

#[test]
fn an_async_call_and_an_async_payment_are_written_down_before_they_are_sent() {
    let (_folder, file) = journal();
    let log = Log::default();
    let told = Told {
        log: log.clone(),
        file,
    };
    let clock = FakeClock::new();
    let mut refused = result("F", "RISK_REJECT");
    refused["paymentRequestId"] = presented().payment_request_id.clone().into();
    let script = [Scene::Answer(redirect()), Scene::Answer(refused)];
    let line = Silent {
        stage: Stage::new(&clock, script),
        silent: Arc::default(),
    };
    let calls = AsyncRawClient::new(
        envelope("https://open.example"),
        Sends(log.clone(), line),
        Watch(clock),
    );
    let client = AsyncClient::from(calls.journal(told));
    drop(block_on(client.pay_entry_code(request())).expect("decided"));
    let seen = |log: &Log| std::mem::take(&mut *log.lock().expect("a log"));
    assert_eq!(seen(&log), ["before_send", "send", "Decided"]);
    let mut payment = block_on(client.user_presented_payment(presented())).expect("it begins");
    let stop = block_on(client.go_on(&mut payment)).expect("written");
    assert!(matches!(stop, Stop::Ended(Ending::NotPaid(_))), "{stop:?}");
    block_on(client.close(&payment)).expect("written");
    assert_eq!(seen(&log), ["begin", "stands", "send", "stands", "Decided"]);
}
