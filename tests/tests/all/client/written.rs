//! A request leaves only after it was written down: a call and a life, blocking and not. At each sending another
//! program opens a copy of the journal, as it would find it if this one stopped there.

use super::life::is_paid;
use super::lives::{order_code, presented};
use super::support::*;
use alipay_instore::ams_instore::{
    entry_code_payment, order_code_payment, pay_entry_code::PayEntryCodeRequest,
    user_presented_payment,
};
use http::{Request, Response};
use payspec_runtime::client::life::{Driven, Ending, Next, NotPaid, Payment, Stop};
use payspec_runtime::client::{
    AsyncRawClient, AsyncTransport, CallError, FileJournal, InDoubt, Journal as _, OpenEntry,
    RawClient, Transport, TransportError,
};
use payspec_runtime::{Valid, encode};
use serde_json::{Value as Json, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// How a client carries.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Blocking,
    Async,
}

const WAYS: [Way; 2] = [Way::Blocking, Way::Async];

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

/// Returns the entries that another program would find in the journal now.
fn found(journal: &Path) -> Vec<OpenEntry> {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("copy");
    fs::copy(journal, &copy).expect("the journal is there");
    let journal = FileJournal::open(&copy).expect("a journal");
    journal.unfinished().expect("readable")
}

/// A request, and what was found in the journal as it left.
type Seen = (Request<Vec<u8>>, Vec<OpenEntry>);

/// A transport that looks into the journal at each sending, before the request is on its way.
#[derive(Clone)]
struct Watched {
    stage: Stage,
    journal: PathBuf,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Watched {
    fn look(&self, request: &Request<Vec<u8>>) {
        let found = found(&self.journal);
        let mut seen = self.seen.lock().expect("requests");
        seen.push((request.clone(), found));
    }

    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("requests").clone()
    }
}

impl Transport for Watched {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.look(&request);
        self.stage.send(request)
    }
}

impl AsyncTransport for Watched {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.look(&request);
        self.stage.send(request)
    }
}

/// A program on a stage, with its journal.
struct Program {
    folder: tempfile::TempDir,
    clock: FakeClock,
    transport: Watched,
}

impl Program {
    fn new(script: Vec<Scene>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = FakeClock::new();
        let transport = Watched {
            stage: Stage::new(&clock, script),
            journal: folder.path().join("journal"),
            seen: Arc::default(),
        };
        Program {
            folder,
            clock,
            transport,
        }
    }

    fn journal(&self) -> FileJournal {
        let path = self.folder.path().join("journal");
        let journal = FileJournal::open(&path).expect("a journal");
        assert!(journal.unfinished().expect("readable").is_empty());
        journal
    }

    fn blocking(&self) -> RawClient<Watched> {
        let client = RawClient::new(envelope("https://open.example"), self.transport.clone());
        let client = client.clock(self.clock.clone()).seed(1);
        client.journal(self.journal())
    }

    fn asynchronous(&self) -> AsyncRawClient<Watched> {
        let envelope = envelope("https://open.example");
        let client = AsyncRawClient::new(envelope, self.transport.clone(), self.clock.clone());
        client.seed(1).journal(self.journal())
    }

    /// Calls an operation.
    fn call(&self, way: Way) -> Result<(), CallError<PayEntryCodeRequest>> {
        let answered = match way {
            Way::Blocking => self.blocking().call(request()),
            Way::Async => wait(self.asynchronous().call(request())),
        };
        answered.map(drop)
    }

    /// Carries a life to its end, and leaves it open.
    fn settle<F: Driven<Request: Clone>>(
        &self,
        way: Way,
        request: &Valid<F::Request>,
    ) -> F::Ending {
        match way {
            Way::Blocking => {
                let client = self.blocking();
                let mut payment = client.begin::<F>(request.clone()).expect("it begins");
                client.settle(&mut payment, drop).expect("written")
            }
            Way::Async => {
                let client = self.asynchronous();
                let begun = wait(client.begin::<F>(request.clone()));
                let mut payment = begun.expect("it begins");
                wait(client.settle(&mut payment, drop)).expect("written")
            }
        }
    }

    fn found(&self) -> Vec<OpenEntry> {
        found(&self.transport.journal)
    }
}

#[test]
fn a_call_is_written_down_before_it_leaves() {
    for way in WAYS {
        let program = Program::new(vec![lost(), not_sent(), lost(), Scene::Answer(redirect())]);
        program.call(way).expect("decided");
        let seen = program.transport.seen();
        assert_eq!(seen.len(), 4, "{way:?}");
        for (request, found) in seen {
            let [one] = found.as_slice() else {
                panic!("{way:?}: {found:?}");
            };
            let doubt = InDoubt::<PayEntryCodeRequest>::interrupted(one.entry().expect("whole"));
            let doubt = doubt.expect("a request to pay");
            assert_eq!(doubt.sent().bytes(), request.body(), "{way:?}");
        }
    }
}

#[test]
fn how_a_call_ended_is_written_down() {
    for way in WAYS {
        // Scenes, and how much is unfinished then.
        let all = |scene: fn() -> Scene| (0..4).map(|_| scene()).collect();
        let refused = vec![Scene::Answer(result("F", "RISK_REJECT"))];
        let scripts: [(Vec<Scene>, usize); 4] = [
            (vec![Scene::Answer(redirect())], 0),
            (refused, 0),
            (all(not_sent), 0),
            (all(lost), 1),
        ];
        for (number, (script, unfinished)) in scripts.into_iter().enumerate() {
            let program = Program::new(script);
            let decided = program.call(way).is_ok();
            assert_eq!(program.transport.stage.left(), 0, "{way:?} {number}");
            assert_eq!(decided, number < 2, "{way:?} {number}");
            assert_eq!(program.found().len(), unfinished, "{way:?} {number}");
        }
    }
}

/// An answer about the payment of a request, with its id and its amount.
fn answer<R: payspec_runtime::client::Call>(example: &str, request: &Valid<R>) -> Json {
    let request: &R = request;
    let asked: Json = serde_json::from_slice(&encode(request).expect("JSON")).expect("JSON");
    let mut answer: Json = serde_json::from_str(example).expect("JSON");
    answer["paymentRequestId"] = asked["paymentRequestId"].clone();
    if !answer["paymentAmount"].is_null() {
        answer["paymentAmount"] = asked["paymentAmount"].clone();
    }
    answer
}

fn undecided(answer: &Json) -> Json {
    let result =
        json!({"resultStatus": "U", "resultCode": "UNKNOWN_EXCEPTION", "resultMessage": "m"});
    json!({"result": result, "paymentRequestId": answer["paymentRequestId"]})
}

/// Everything that a flow sends: the request four times, inquiries, a cancellation that is repeated.
fn long<R: payspec_runtime::client::Call>(request: &Valid<R>, inquiries: usize) -> Vec<Scene> {
    let paid =
        include_str!("../../../../spec/ams-instore/examples/inquiry-payment.response.paid.json");
    let paid = answer(paid, request);
    let mut script = vec![
        lost(),
        Scene::Answer(undecided(&paid)),
        lost(),
        Scene::Answer(undecided(&paid)),
    ];
    let mut open = paid.clone();
    open["paymentStatus"] = json!("PROCESSING");
    for number in 0..inquiries {
        script.push(match number % 3 {
            0 => lost(),
            1 => Scene::Answer(undecided(&paid)),
            _ => Scene::Answer(open.clone()),
        });
    }
    script
}

/// A life that is found paid.
fn paid<R: payspec_runtime::client::Call>(request: &Valid<R>) -> Vec<Scene> {
    let paid =
        include_str!("../../../../spec/ams-instore/examples/inquiry-payment.response.paid.json");
    let mut script = long(request, 3);
    script.push(Scene::Answer(answer(paid, request)));
    script
}

/// A life that is cancelled.
fn cancelled<R: payspec_runtime::client::Call>(request: &Valid<R>) -> Vec<Scene> {
    let cancelled = include_str!("../../../../spec/ams-instore/examples/cancel.response.json");
    let cancelled = answer(cancelled, request);
    let mut script = long(request, 9);
    script.push(lost());
    script.push(Scene::Answer(undecided(&cancelled)));
    script.push(Scene::Answer(cancelled));
    script
}

/// The number of the next sending of a payment that is gone on with.
fn next_sending<F: Driven>(payment: &mut Payment<F>, clock: &FakeClock) -> Option<u32> {
    let envelope = envelope("https://open.example");
    let mut now = clock.time();
    for _ in 0..100 {
        match payment.next(&envelope, now) {
            Next::Send(_, flight) => return Some(flight.number()),
            Next::Stop(Stop::Until(time)) => now = time,
            Next::Stop(Stop::Show(_)) => {}
            Next::Stop(Stop::Ended(_)) => return None,
        }
    }
    panic!("it waits for ever: {payment:?}");
}

/// Each sending of a life is in the journal before it leaves, with the request and its number.
fn lives_are_written_down<F: Driven<Request: Clone>>(request: &Valid<F::Request>, paying: &str) {
    for way in WAYS {
        for (script, sendings) in [(paid(request), 8), (cancelled(request), 16)] {
            let program = Program::new(script);
            let ending = program.settle::<F>(way, request);
            assert_eq!(program.transport.stage.left(), 0, "{way:?}: {ending:?}");
            let seen = program.transport.seen();
            assert_eq!(seen.len(), sendings, "{way:?}");
            for (index, (sent, found)) in seen.into_iter().enumerate() {
                let [one] = found.as_slice() else {
                    panic!("{way:?}: {found:?}");
                };
                let entry = one.entry().expect("whole");
                if sent.uri().path().ends_with(paying) {
                    assert_eq!(entry.bytes, sent.body(), "{way:?}");
                }
                let mut resumed = Payment::<F>::resume(entry, one.state()).expect("a life");
                // A program that stopped here takes this sending for sent. The last one may end it.
                let number = u32::try_from(index + 1).expect("small");
                let next = next_sending(&mut resumed, &program.clock);
                assert_eq!(next, Some(number + 1), "{way:?}");
            }
        }
    }
}

#[test]
fn an_entry_code_life_is_written_down_before_it_leaves() {
    lives_are_written_down::<entry_code_payment::Life>(&request(), "/pay");
}

#[test]
fn an_order_code_life_is_written_down_before_it_leaves() {
    lives_are_written_down::<order_code_payment::Life>(&order_code(), "/pay");
}

#[test]
fn a_user_presented_life_is_written_down_before_it_leaves() {
    lives_are_written_down::<user_presented_payment::Life>(&presented(), "/pay");
}

/// The next run hears of an end without a question to the provider.
fn ends_are_written_down<F>(request: &Valid<F::Request>)
where
    F: Driven<Request: Clone, Ending = Ending<<F as Driven>::Proof>>,
{
    for way in WAYS {
        for pays in [true, false] {
            let script = if pays {
                paid(request)
            } else {
                cancelled(request)
            };
            let program = Program::new(script);
            let ending = program.settle::<F>(way, request);
            let as_scripted = match &ending {
                Ending::NotPaid(why) => !pays && *why == NotPaid::Cancelled,
                other => pays && is_paid(other),
            };
            assert!(as_scripted, "{way:?}: {ending:?}");
            let found = program.found();
            let [one] = found.as_slice() else {
                panic!("{way:?}: {found:?}");
            };
            let mut resumed =
                Payment::<F>::resume(one.entry().expect("whole"), one.state()).expect("a life");
            let envelope = envelope("https://open.example");
            let now = program.clock.time();
            match resumed.next(&envelope, now) {
                Next::Stop(Stop::Ended(again)) => assert_eq!(again, ending, "{way:?}"),
                other => panic!("{way:?}: {other:?}"),
            }
        }
    }
}

#[test]
fn an_end_is_written_down_before_it_is_told() {
    ends_are_written_down::<entry_code_payment::Life>(&request());
    ends_are_written_down::<order_code_payment::Life>(&order_code());
    ends_are_written_down::<user_presented_payment::Life>(&presented());
}

#[test]
fn a_closed_life_is_gone() {
    for way in WAYS {
        let program = Program::new(paid(&request()));
        match way {
            Way::Blocking => {
                let client = program.blocking();
                let begun = client.begin::<entry_code_payment::Life>(request());
                let mut payment = begun.expect("it begins");
                let ending = client.settle(&mut payment, drop).expect("written");
                assert!(is_paid(&ending));
                client.close(&payment).expect("it has ended");
            }
            Way::Async => {
                let client = program.asynchronous();
                let begun = wait(client.begin::<entry_code_payment::Life>(request()));
                let mut payment = begun.expect("it begins");
                let ending = wait(client.settle(&mut payment, drop)).expect("written");
                assert!(is_paid(&ending));
                wait(client.close(&payment)).expect("it has ended");
            }
        }
        assert_eq!(program.found().len(), 0, "{way:?}");
    }
}
