//! Tokens that an operation hands out: fetched once, kept, and replaced, while keys and bytes of payments stay the same.

mod calls;
mod lives;
mod shared;

use super::support::FakeClock;
use crate::cases::cases::tokens::demo::RECIPE;
use crate::cases::cases::tokens::demo::client::{Client, Credentials};
use crate::cases::cases::tokens::demo::find::FindRequest;
use crate::cases::cases::tokens::demo::send::SendRequest;
use http::{Request, Response};
use payspec_mock::{Gateway, Setup, TestCredentials};
use payspec_runtime::client::{
    Base, Clock, Envelope, Policy, RawClient, Transport, TransportError, Unsigned,
};
use payspec_runtime::{Message, Valid, Validate, decode};
use payspec_tests::canary;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};
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
