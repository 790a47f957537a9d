//! Tokens that an operation hands out: fetched once, kept, and replaced, while keys and bytes of payments stay the same.

use super::support::FakeClock;
use crate::cases::cases::tokens::demo::RECIPE;
use crate::cases::cases::tokens::demo::client::{AsyncClient, Client, Credentials, Unfinished};
use crate::cases::cases::tokens::demo::find::{FindOutcome, FindRequest};
use crate::cases::cases::tokens::demo::send::{SendOutcome, SendRequest};
use crate::cases::cases::tokens::demo::status::{StatusOutcome, StatusRequest};
use http::{Request, Response};
use payspec_mock::{Gateway, Setup, TestCredentials};
use payspec_runtime::client::life::Ending;
use payspec_runtime::client::{
    AsyncRawClient, AsyncTransport, Base, CallError, Clock, Envelope, FileJournal, Policy, Problem,
    RawClient, TokenProblem, Transport, TransportError, Unsigned,
};
use payspec_runtime::{Message, Valid, Validate, decode};
use payspec_tests::canary;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::path::Path;
use std::pin::pin;
use std::sync::{Arc, Barrier, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

/// The lifetime of a token of the gateway.
const LIFETIME: Duration = Duration::from_secs(1000);

/// The fate of one request on the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Arrives,
    IsNotSent,
    LosesItsAnswer,
    /// Another server answers with this status and no body.
    Gets(u16),
}

type Fates = dyn Fn(usize, &Request<Vec<u8>>) -> Fate + Send + Sync;

/// A gateway without a socket, with a clock of its own, behind a network that this test controls.
#[derive(Clone)]
struct Line {
    gateway: Arc<Gateway>,
    /// The time of the gateway.
    time: Arc<Mutex<SystemTime>>,
    sent: Arc<Mutex<Vec<Request<Vec<u8>>>>>,
    fates: Arc<Fates>,
    /// The ids of the payments that the gateway made, by the key of their request.
    paid: Arc<Mutex<BTreeMap<String, BTreeSet<String>>>>,
}

impl Line {
    fn new(fates: impl Fn(usize, &Request<Vec<u8>>) -> Fate + Send + Sync + 'static) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/tokens");
        let model = payspec_model::load(&folder).model.expect("a model");
        let setup = Setup {
            credentials: TestCredentials::default()
                .with("client_id", "shop-1")
                .with("client_secret", canary::of("client-secret")),
            token_lifetime: LIFETIME,
            ..Setup::unsigned()
        };
        Self {
            gateway: Arc::new(Gateway::new(model, setup).expect("a gateway")),
            time: Arc::new(Mutex::new(FakeClock::new().time())),
            sent: Arc::default(),
            fates: Arc::new(fates),
            paid: Arc::default(),
        }
    }

    fn book(&self, request: &Request<Vec<u8>>, answer: &Response<Vec<u8>>) {
        let key = request.headers().get("idempotency-key");
        let (Some(key), true, "POST") = (key, answer.status() == 200, request.method().as_str())
        else {
            return;
        };
        let body: Value = serde_json::from_slice(answer.body()).expect("JSON");
        let id = body["id"].as_str().expect("an id").to_owned();
        let key = key.to_str().expect("text").to_owned();
        self.paid
            .lock()
            .expect("a ledger")
            .entry(key)
            .or_default()
            .insert(id);
    }

    fn pass(&self, time: Duration) {
        *self.time.lock().expect("a clock") += time;
    }

    fn carry(&self, request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let number = {
            let mut sent = self.sent.lock().expect("a log");
            sent.push(request.clone());
            sent.len()
        };
        let now = *self.time.lock().expect("a clock");
        let answer = || {
            let answer = self.gateway.answer(request, now).response;
            self.book(request, &answer);
            answer
        };
        match (self.fates)(number, request) {
            Fate::Arrives => Ok(answer()),
            Fate::IsNotSent => Err(TransportError::NotSent("no connection".to_owned())),
            Fate::LosesItsAnswer => {
                answer();
                Err(TransportError::NoAnswer("the connection broke".to_owned()))
            }
            Fate::Gets(status) => {
                let mut answer = Response::new(Vec::new());
                *answer.status_mut() = status.try_into().expect("a status");
                Ok(answer)
            }
        }
    }

    /// Returns the last segments of the paths that were requested.
    fn paths(&self) -> Vec<String> {
        let sent = self.sent.lock().expect("a log");
        let last = |request: &Request<Vec<u8>>| {
            let mut segments = request.uri().path().rsplit('/');
            segments.next().unwrap_or_default().to_owned()
        };
        sent.iter().map(last).collect()
    }

    /// Returns the requests for payments.
    fn payments(&self) -> Vec<Request<Vec<u8>>> {
        let sent = self.sent.lock().expect("a log");
        let payments = sent
            .iter()
            .filter(|one| one.uri().path().ends_with("/payments"));
        payments.cloned().collect()
    }

    fn client(&self, clock: impl Clock + 'static) -> Client<Line> {
        self.client_with(clock, Policy::default())
    }

    fn client_with(&self, clock: impl Clock + 'static, policy: Policy) -> Client<Line> {
        let raw = RawClient::new(envelope(), self.clone()).clock(clock);
        Client::from(raw.policy(policy).seed(7))
    }
}

impl Transport for Line {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.carry(&request)
    }
}

fn all_arrive(_: usize, _: &Request<Vec<u8>>) -> Fate {
    Fate::Arrives
}

fn is_fetch(request: &Request<Vec<u8>>) -> bool {
    request.uri().path().ends_with("/token")
}

fn credentials() -> Credentials {
    Credentials {
        client_id: "shop-1".to_owned(),
        client_secret: canary::of("client-secret").into(),
    }
}

fn envelope_with(credentials: &Credentials) -> Envelope<Unsigned, Unsigned> {
    let base: Base = "https://api.example.com".parse().expect("a base");
    Envelope::with_credentials(&RECIPE, base, credentials).expect("they fit")
}

fn envelope() -> Envelope<Unsigned, Unsigned> {
    envelope_with(&credentials())
}

fn valid<T: Message + Validate>(json: &Value) -> Valid<T> {
    let request = decode::<T>(json.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

fn repeats(number: u32) -> Policy {
    let mut policy = Policy::default();
    policy.repeats = Some(number);
    policy
}

fn sending(key: &str) -> Valid<SendRequest> {
    valid(&json!({ "Idempotency-Key": key, "order": format!("O-{key}"), "amount": 500 }))
}

fn finding(order: &str) -> Valid<FindRequest> {
    valid(&json!({ "order": order }))
}

/// A client's clock that the test sets.
#[derive(Clone)]
struct Watch {
    wall: Arc<Mutex<SystemTime>>,
    steady: Arc<Mutex<Option<Duration>>>,
}

impl Watch {
    fn new(steady: Option<Duration>) -> Self {
        Self {
            wall: Arc::new(Mutex::new(FakeClock::new().time())),
            steady: Arc::new(Mutex::new(steady)),
        }
    }
}

impl Clock for Watch {
    fn now(&self) -> SystemTime {
        *self.wall.lock().expect("a clock")
    }

    fn steady(&self) -> Option<Duration> {
        *self.steady.lock().expect("a clock")
    }

    fn sleep(&self, _: Duration) {}
}

/// Asserts that a payment went out again with another token and nothing else changed.
fn differ_in_token_only(one: &Request<Vec<u8>>, other: &Request<Vec<u8>>) {
    let mut headers = [one.headers().clone(), other.headers().clone()];
    let tokens = headers
        .each_mut()
        .map(|headers| headers.remove("authorization"));
    assert_ne!(tokens[0], tokens[1]);
    assert!(tokens.iter().flatten().all(|token| token.is_sensitive()));
    assert_eq!(headers[0], headers[1]);
    assert_eq!(
        (one.method(), one.uri(), one.body()),
        (other.method(), other.uri(), other.body())
    );
}

#[test]
fn a_token_is_fetched_when_first_needed_and_kept() {
    let line = Line::new(all_arrive);
    let client = line.client(FakeClock::new());
    let up = client.status(valid::<StatusRequest>(&json!({})));
    assert!(matches!(up, Ok(StatusOutcome::Up)), "{up:?}");
    for key in ["1", "2"] {
        let paid = client.send(sending(key)).expect("an answer");
        assert!(matches!(paid, SendOutcome::Paid), "{paid:?}");
    }
    let found = client.find(finding("O-1")).expect("an answer");
    assert!(matches!(found, FindOutcome::Paid), "{found:?}");
    assert_eq!(
        line.paths(),
        ["status", "token", "payments", "payments", "O-1"]
    );

    let sent = line.sent.lock().expect("a log");
    assert!(!sent[0].headers().contains_key("authorization"));
    let fetch = &sent[1];
    assert_eq!(fetch.method(), "POST");
    assert_eq!(fetch.uri(), "https://api.example.com/v1/token");
    assert_eq!(fetch.body(), b"grant_type=client_credentials");
    assert_eq!(
        fetch.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    let basic = fetch.headers()["authorization"].to_str().expect("text");
    assert!(basic.starts_with("Basic "), "{basic}");
    let token = &sent[2].headers()["authorization"];
    assert!(
        token
            .to_str()
            .expect("text")
            .starts_with("Bearer test-token-")
    );
    assert!(
        sent[3..]
            .iter()
            .all(|one| one.headers()["authorization"] == token)
    );
}

#[test]
fn clones_of_an_envelope_share_a_token() {
    let line = Line::new(all_arrive);
    let shared = envelope();
    for key in ["1", "2"] {
        let raw = RawClient::new(shared.clone(), line.clone()).clock(FakeClock::new());
        let paid = Client::from(raw).send(sending(key)).expect("an answer");
        assert!(matches!(paid, SendOutcome::Paid), "{paid:?}");
    }
    assert_eq!(line.paths(), ["token", "payments", "payments"]);
}

#[test]
fn a_token_is_replaced_a_minute_before_it_expires() {
    let (line, clock) = (Line::new(all_arrive), FakeClock::new());
    let client = line.client(clock.clone());
    for (key, passes) in [("1", 939), ("2", 1), ("3", 0)] {
        let paid = client.send(sending(key)).expect("an answer");
        assert!(matches!(paid, SendOutcome::Paid), "{paid:?}");
        Clock::sleep(&clock, Duration::from_secs(passes));
    }
    assert_eq!(
        line.paths(),
        ["token", "payments", "payments", "token", "payments"]
    );
}

/// An answer that proves that nothing was done is followed by the same request with a new token.
#[test]
fn a_refused_token_is_replaced_and_the_payment_is_made_once() {
    let line = Line::new(all_arrive);
    let client = line.client(FakeClock::new());
    let _ = client.send(sending("1")).expect("an answer");
    // The gateway's clock is ahead of the client's, whose token has expired there.
    line.pass(LIFETIME);
    let paid = client.send(sending("2")).expect("an answer");
    assert!(matches!(paid, SendOutcome::Paid), "{paid:?}");
    assert_eq!(
        line.paths(),
        ["token", "payments", "payments", "token", "payments"]
    );
    let payments = line.payments();
    differ_in_token_only(&payments[1], &payments[2]);
}

/// A provider that refuses every token gets two requests for each sending, and its refusal counts.
#[test]
fn a_second_refusal_counts() {
    let line = Line::new(|_, request| match is_fetch(request) {
        true => Fate::Arrives,
        false => Fate::Gets(401),
    });
    let client = line.client_with(FakeClock::new(), repeats(0));
    // Without a body, the answer proves nothing, so it is not even sent again.
    let doubt = client.send(sending("1"));
    assert!(matches!(doubt, Err(CallError::InDoubt(_))), "{doubt:?}");
    assert_eq!(line.paths(), ["token", "payments"]);
    let again = client.send(sending("2"));
    assert!(matches!(again, Err(CallError::InDoubt(_))), "{again:?}");
    assert_eq!(line.paths(), ["token", "payments", "token", "payments"]);

    let line = Line::new(all_arrive);
    let client = line.client(FakeClock::new());
    let _ = client.send(sending("1")).expect("an answer");
    // The gateway's clock goes on so fast that every token has expired on arrival.
    let (time, inner) = (Arc::clone(&line.time), line.clone());
    let line = Line {
        fates: Arc::new(move |_, _| {
            *time.lock().expect("a clock") += LIFETIME;
            Fate::Arrives
        }),
        ..inner
    };
    line.pass(LIFETIME);
    let client = line.client(FakeClock::new());
    let refused = client.send(sending("2")).expect("a refusal");
    assert!(matches!(refused, SendOutcome::Failed(_)), "{refused:?}");
    assert_eq!(line.payments().len(), 3);
}

/// Where the spec does not say that a refused token proves anything, the call stays pending.
#[test]
fn a_refusal_that_proves_nothing_is_no_reason_to_send_again() {
    let line = Line::new(all_arrive);
    let client = line.client_with(FakeClock::new(), repeats(0));
    let _ = client.send(sending("1")).expect("an answer");
    line.pass(LIFETIME);
    let Err(CallError::InDoubt(doubt)) = client.find(finding("O-1")) else {
        panic!("a decision");
    };
    assert!(matches!(doubt.problem(), Problem::Pending(_)), "{doubt:?}");
    assert_eq!(line.paths(), ["token", "payments", "O-1"]);
    // The refused token is not used again.
    let found = client.resend(doubt).expect("an answer");
    assert!(matches!(found.outcome, FindOutcome::Paid), "{found:?}");
    assert_eq!(line.paths()[3..], ["token", "O-1"]);
}

#[test]
fn without_a_token_nothing_is_sent() {
    for (fate, fetches, problem) in [
        (Fate::IsNotSent, 4, None),
        (Fate::LosesItsAnswer, 4, None),
        (Fate::Gets(500), 4, Some(TokenProblem::HttpStatus(500))),
        (Fate::Gets(429), 4, Some(TokenProblem::HttpStatus(429))),
        (Fate::Gets(204), 4, Some(TokenProblem::Unreadable)),
        (Fate::Gets(403), 1, Some(TokenProblem::HttpStatus(403))),
    ] {
        let line = Line::new(move |_, _| fate);
        let client = line.client_with(FakeClock::new(), repeats(3));
        let Err(CallError::NotSent(error)) = client.send(sending("1")) else {
            panic!("it was sent");
        };
        let token = error.token_error().expect("a reason");
        assert_eq!(token.operation(), "get_token");
        if let Some(problem) = problem {
            assert_eq!(*token.problem(), problem);
        }
        assert_eq!(line.paths(), vec!["token"; fetches], "{fate:?}");
        assert!(line.payments().is_empty());
    }
}

#[test]
fn wrong_credentials_are_refused_and_not_shown() {
    let line = Line::new(all_arrive);
    let wrong = Credentials {
        client_secret: canary::of("other-secret").into(),
        ..credentials()
    };
    let raw = RawClient::new(envelope_with(&wrong), line.clone()).clock(FakeClock::new());
    let client = Client::from(raw);
    let error = client.send(sending("1")).expect_err("no token");
    let shown = format!("{error} {error:?} {:?}", client.envelope());
    assert!(canary::seen(&shown).is_empty(), "{shown}");
    assert!(shown.contains("`get_token`"), "{shown}");
    assert_eq!(line.paths(), ["token"]);
}

/// A call that was in doubt stays in doubt when no token can be fetched: its first sending may have arrived.
#[test]
fn doubt_outlives_a_failed_fetch() {
    let line = Line::new(|number, request| match (number, is_fetch(request)) {
        (1, _) => Fate::Arrives,
        (2, _) => Fate::LosesItsAnswer,
        (3, _) => Fate::Gets(503),
        (_, true) => Fate::Gets(500),
        (_, false) => Fate::Arrives,
    });
    let clock = FakeClock::new();
    let mut policy = repeats(1);
    (policy.first_pause, policy.longest_pause) = (LIFETIME, LIFETIME);
    let client = line.client_with(clock.clone(), policy);
    let Err(CallError::InDoubt(doubt)) = client.send(sending("1")) else {
        panic!("a decision");
    };
    Clock::sleep(&clock, LIFETIME);
    let Err(CallError::InDoubt(doubt)) = client.resend(doubt) else {
        panic!("a decision");
    };
    let Problem::Transport(TransportError::NoToken(_)) = doubt.problem() else {
        panic!("{doubt:?}");
    };
    assert!(doubt.needs_inquiry());
}

/// A wall clock that jumps back does not keep a dead token; one that jumps forward costs a fetch.
#[test]
fn a_clock_that_jumps_keeps_no_dead_token() {
    let hour = Duration::from_secs(3600);
    for (steady, passes, back, fetches) in [
        // The steady clock measures the age.
        (Some(Duration::ZERO), Duration::from_secs(950), true, 2),
        (Some(Duration::ZERO), Duration::from_secs(10), true, 1),
        // Without one, nobody knows the age.
        (None, Duration::ZERO, true, 2),
        (None, Duration::ZERO, false, 2),
    ] {
        let (line, watch) = (Line::new(all_arrive), Watch::new(steady));
        let client = line.client(watch.clone());
        let _ = client.send(sending("1")).expect("an answer");
        {
            let mut wall = watch.wall.lock().expect("a clock");
            *wall = if back { *wall - hour } else { *wall + hour };
            let mut steady = watch.steady.lock().expect("a clock");
            *steady = steady.map(|steady| steady + passes);
        }
        let _ = client.send(sending("2")).expect("an answer");
        let paths = line.paths();
        let fetched = paths.iter().filter(|path| *path == "token").count();
        assert_eq!(fetched, fetches, "{steady:?} {passes:?} {back}");
    }
}

#[test]
fn threads_share_one_fetch() {
    const THREADS: usize = 8;
    let line = Line::new(|_, request| {
        if is_fetch(request) {
            std::thread::sleep(Duration::from_millis(100));
        }
        Fate::Arrives
    });
    let client = line.client(FakeClock::new());
    let barrier = Barrier::new(THREADS);
    std::thread::scope(|scope| {
        for number in 0..THREADS {
            let (client, barrier) = (&client, &barrier);
            scope.spawn(move || {
                barrier.wait();
                let paid = client
                    .send(sending(&number.to_string()))
                    .expect("an answer");
                assert!(matches!(paid, SendOutcome::Paid), "{paid:?}");
            });
        }
    });
    let paths = line.paths();
    assert_eq!(paths.iter().filter(|path| *path == "token").count(), 1);
    assert_eq!(line.payments().len(), THREADS);
}

/// Threads that wait for a fetch that fails do not fetch one after the other.
#[test]
fn threads_share_a_failed_fetch() {
    const THREADS: usize = 8;
    let line = Line::new(|_, _| {
        std::thread::sleep(Duration::from_millis(200));
        Fate::Gets(403)
    });
    let client = line.client(FakeClock::new());
    let barrier = Barrier::new(THREADS);
    std::thread::scope(|scope| {
        for number in 0..THREADS {
            let (client, barrier) = (&client, &barrier);
            scope.spawn(move || {
                barrier.wait();
                let error = client.send(sending(&number.to_string()));
                assert!(matches!(error, Err(CallError::NotSent(_))), "{error:?}");
            });
        }
    });
    assert!(line.paths().len() < THREADS, "{:?}", line.paths());
}

/// The async side of a line: requests wait until they are let through.
#[derive(Clone)]
struct Gate {
    line: Line,
    /// The number of requests that are still held back for ever.
    held: Arc<Mutex<usize>>,
}

impl AsyncTransport for Gate {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let is_held = {
            let mut held = self.held.lock().expect("a number");
            let is_held = *held > 0;
            *held = held.saturating_sub(1);
            is_held
        };
        match is_held {
            true => std::future::pending().await,
            false => self.line.carry(&request),
        }
    }
}

/// A task that is dropped while it fetches a token hands the fetch over to a task that waits for it.
#[test]
fn a_dropped_fetch_is_taken_over() {
    let gate = Gate {
        line: Line::new(all_arrive),
        held: Arc::new(Mutex::new(1)),
    };
    let raw = AsyncRawClient::new(envelope(), gate.clone(), FakeClock::new());
    let client = AsyncClient::from(raw.seed(7));
    let context = &mut Context::from_waker(Waker::noop());
    let mut waiting = pin!(client.send(sending("2")));
    {
        let mut fetching = pin!(client.send(sending("1")));
        assert!(fetching.as_mut().poll(context).is_pending());
        assert!(waiting.as_mut().poll(context).is_pending());
    }
    assert!(gate.line.paths().is_empty());
    let Poll::Ready(paid) = waiting.as_mut().poll(context) else {
        panic!("it waits for nobody");
    };
    assert!(matches!(paid, Ok(SendOutcome::Paid)), "{paid:?}");
    assert_eq!(gate.line.paths(), ["token", "payments"]);

    // The async client replaces a refused token, too.
    gate.line.pass(LIFETIME);
    let Poll::Ready(paid) = pin!(client.send(sending("3"))).poll(context) else {
        panic!("it waits for nobody");
    };
    assert!(matches!(paid, Ok(SendOutcome::Paid)), "{paid:?}");
    let payments = gate.line.payments();
    differ_in_token_only(&payments[1], &payments[2]);
}

#[test]
fn a_flow_goes_on_with_a_new_token() {
    let line = Line::new(all_arrive);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("payments.journal");
    let client = line.client(FakeClock::new());
    let client = client.journal(FileJournal::open(&path).expect("a journal"));
    let _ = client.send(sending("1")).expect("an answer");
    line.pass(LIFETIME);
    let mut payment = client.life(sending("2")).expect("it begins");
    let ending = client.settle(&mut payment, |_| ()).expect("it ends");
    assert!(matches!(ending, Ending::Paid(_)), "{ending:?}");
    assert_eq!(
        line.paths(),
        ["token", "payments", "payments", "token", "payments"]
    );
    let payments = line.payments();
    differ_in_token_only(&payments[1], &payments[2]);
    let journal = std::fs::read(&path).expect("a journal");
    let journal = String::from_utf8_lossy(&journal);
    assert!(canary::seen(&journal).is_empty() && !journal.contains("test-token"));
}

#[test]
fn a_restart_sends_the_same_bytes_with_a_new_token() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("payments.journal");
    let line = Line::new(|number, _| match number {
        2 => Fate::LosesItsAnswer,
        _ => Fate::Arrives,
    });
    {
        let client = line.client_with(FakeClock::new(), repeats(0));
        let client = client.journal(FileJournal::open(&path).expect("a journal"));
        let lost = client.send(sending("1"));
        assert!(matches!(lost, Err(CallError::InDoubt(_))), "{lost:?}");
    }
    let client = line.client(FakeClock::new());
    let client = client.journal(FileJournal::open(&path).expect("a journal"));
    let mut found: Vec<_> = client.unfinished().expect("it reads").into_iter().collect();
    let Some(Ok(Unfinished::Send(doubt))) = found.pop() else {
        panic!("{found:?}");
    };
    let paid = client.resend(doubt).expect("an answer");
    assert!(matches!(paid.outcome, SendOutcome::Paid), "{paid:?}");
    let payments = line.payments();
    differ_in_token_only(&payments[0], &payments[1]);
}

/// Many shops pay over a bad network while tokens expire all the time: each order is paid once, with one key, and the shops'
/// records are true.
#[test]
fn a_storm_with_tokens_that_expire_pays_each_order_once() {
    const SHOPS: usize = 4;
    const ORDERS: usize = 60;
    let line = Line::new(|number, _| {
        // A multiplicative hash, so that equal numbers of requests have equal fates.
        match (number.wrapping_mul(0x9E37_79B9) >> 12) % 20 {
            0 | 1 => Fate::IsNotSent,
            2..=4 => Fate::LosesItsAnswer,
            5 => Fate::Gets(500),
            6 => Fate::Gets(401),
            _ => Fate::Arrives,
        }
    });
    let shared = envelope();
    let shop = |shop: usize| {
        let raw = RawClient::new(shared.clone(), line.clone());
        let client = Client::from(raw.clock(FakeClock::new()).seed(7));
        let order = |order: usize| {
            // The gateway's clock runs ahead of the client's, so that tokens expire in the middle of payments.
            line.pass(LIFETIME / 3);
            let key = format!("{shop}-{order}");
            let mut payment = client.life(sending(&key)).expect("it begins");
            (key, client.settle(&mut payment, |_| ()).expect("it ends"))
        };
        (0..ORDERS).map(order).collect::<Vec<_>>()
    };
    let endings: Vec<(String, Ending<_>)> = std::thread::scope(|scope| {
        let shops: Vec<_> = (0..SHOPS)
            .map(|number| scope.spawn(move || shop(number)))
            .collect();
        let endings = shops.into_iter().map(|shop| shop.join().expect("it ends"));
        endings.flatten().collect()
    });

    let paid = line.paid.lock().expect("a ledger");
    assert!(paid.values().all(|ids| ids.len() == 1), "{paid:?}");
    let mut number = 0;
    for (key, ending) in &endings {
        match ending {
            Ending::Paid(_) => {
                number += 1;
                assert!(paid.contains_key(key), "{key} was not paid");
            }
            Ending::NotPaid(_) => assert!(!paid.contains_key(key), "{key} was paid"),
            Ending::InDoubt(_) => {}
        }
    }
    assert!(number > SHOPS * ORDERS / 2, "{number} orders are paid");
    let (mut keys, mut tokens) = (BTreeMap::new(), BTreeMap::new());
    for payment in line.payments().iter().filter(|one| one.method() == "POST") {
        let [key, token] = ["idempotency-key", "authorization"]
            .map(|name| payment.headers()[name].to_str().expect("text").to_owned());
        let own: &mut BTreeSet<String> = keys.entry(payment.body().clone()).or_default();
        own.insert(key.clone());
        let own: &mut BTreeSet<String> = tokens.entry(key).or_default();
        own.insert(token);
    }
    assert!(
        keys.values().all(|keys| keys.len() == 1),
        "one key for each order"
    );
    let renewed = tokens.values().filter(|tokens| tokens.len() > 1).count();
    assert!(renewed > 20, "{renewed} payments needed a new token");
}
