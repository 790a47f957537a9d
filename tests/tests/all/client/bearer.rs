//! A generated client that sends credentials, and the mock gateway that demands them: over a socket, with lost answers,
//! wrong tokens, a journal and a flow. No credential is ever shown.

use super::support::FakeClock;
use super::traces::told;
use crate::cases::cases::bearer::demo::RECIPE;
use crate::cases::cases::bearer::demo::client::{Client, Credentials, Unfinished};
use crate::cases::cases::bearer::demo::find::{FindOutcome, FindRequest};
use crate::cases::cases::bearer::demo::send::{SendOutcome, SendRequest};
use http::{HeaderValue, Request, Response};
use payspec_mock::{Clock as MockClock, MockGateway, Script, Setup, TestCredentials};
use payspec_model::model::Model;
use payspec_runtime::client::{
    AnswerErrorKind, Base, CallError, CredentialProblem, Envelope, FileJournal, Journal, Problem,
    RawClient, SetupError, Transport, TransportError, Unsigned, Ureq, life::Ending,
};
use payspec_runtime::{Message, Valid, Validate, decode};
use payspec_tests::canary;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex};

fn model() -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/bearer");
    payspec_model::load(&folder).model.expect("a model")
}

/// The credentials of the gateway and of its clients: canaries.
fn credentials() -> Credentials {
    Credentials {
        secret_key: canary::of("secret-key").into(),
        account: "acct-1".to_owned(),
    }
}

fn gateway() -> MockGateway {
    let credentials = TestCredentials::default()
        .with("secret_key", canary::of("secret-key"))
        .with("account", "acct-1");
    let setup = Setup {
        credentials,
        ..Setup::unsigned()
    };
    let keys = payspec_mock::Keys {
        client: none(),
        gateway: none(),
    };
    MockGateway::start_with(model(), setup, keys, MockClock::real()).expect("a gateway")
}

fn none() -> payspec_mock::KeyPair {
    payspec_mock::KeyPair {
        private: String::new(),
        public: String::new(),
    }
}

/// A transport that loses some answers, and writes down what it sends.
#[derive(Clone, Default)]
struct Lossy {
    inner: Ureq,
    lost: Arc<Mutex<usize>>,
    sent: Arc<Mutex<Vec<Request<Vec<u8>>>>>,
}

impl Transport for Lossy {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.sent.lock().expect("a log").push(request.clone());
        let answer = self.inner.send(request)?;
        let mut lost = self.lost.lock().expect("a number");
        match *lost {
            0 => Ok(answer),
            _ => {
                *lost -= 1;
                Err(TransportError::NoAnswer("the connection broke".to_owned()))
            }
        }
    }
}

fn envelope(gateway: &MockGateway, credentials: &Credentials) -> Envelope<Unsigned, Unsigned> {
    let base: Base = gateway.url().parse().expect("a base");
    Envelope::with_credentials(&RECIPE, base, credentials).expect("they fit")
}

fn client_with(
    gateway: &MockGateway,
    credentials: &Credentials,
    loses: usize,
) -> (Client<Lossy>, Lossy) {
    let transport = Lossy::default();
    *transport.lost.lock().expect("a number") = loses;
    let raw = RawClient::new(envelope(gateway, credentials), transport.clone());
    let raw = raw.clock(FakeClock::new()).seed(7);
    (Client::from(raw), transport)
}

fn valid<T: Message + Validate>(json: &Value) -> Valid<T> {
    let request = decode::<T>(json.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

fn sending(key: &str, amount: i64) -> Valid<SendRequest> {
    valid(&json!({ "Idempotency-Key": key, "order": format!("O-{key}"), "amount": amount }))
}

#[test]
fn a_payment_is_made_and_found() {
    let gateway = gateway();
    let (client, transport) = client_with(&gateway, &credentials(), 0);
    let paid = client.send(sending("1", 500)).expect("an answer");
    assert!(matches!(paid, SendOutcome::Paid), "{paid:?}");
    let find: Valid<FindRequest> = valid(&json!({ "order": "O-1" }));
    let found = client.find(find).expect("an answer");
    assert!(matches!(found, FindOutcome::Paid), "{found:?}");

    let sent = transport.sent.lock().expect("a log");
    let token = format!("Bearer {}", canary::of("secret-key"));
    for request in sent.iter() {
        let headers = request.headers();
        assert_eq!(headers["authorization"].as_bytes(), token.as_bytes());
        assert!(headers["authorization"].is_sensitive());
        assert_eq!(headers["x-account"], "account acct-1");
        assert!(request.uri().path().starts_with("/v1/payments"));
    }
    assert_eq!(
        sent[0].headers()["content-type"],
        "application/json; charset=UTF-8"
    );
}

#[test]
fn a_declined_card_is_a_decision() {
    let gateway = gateway();
    let script = r#"{"steps": [{"operation": "send", "result": "card_declined"}]}"#;
    let script = Script::from_json(script).expect("a script");
    gateway.script(script).expect("it fits");
    let (client, _) = client_with(&gateway, &credentials(), 0);
    let declined = client.send(sending("1", 500)).expect("an answer");
    assert!(matches!(declined, SendOutcome::Declined(_)), "{declined:?}");
}

/// A wrong token proves nothing about the payment: it stays in doubt, with the bytes to send again.
#[test]
fn a_wrong_token_decides_nothing() {
    let gateway = gateway();
    let wrong = Credentials {
        secret_key: "sk_other".into(),
        ..credentials()
    };
    let (client, transport) = client_with(&gateway, &wrong, 0);
    let error = client.send(sending("1", 500)).expect_err("no decision");
    let CallError::InDoubt(doubt) = error else {
        panic!("{error:?}");
    };
    let Problem::Pending(answered) = doubt.problem() else {
        panic!("{doubt:?}");
    };
    assert!(matches!(answered.outcome, SendOutcome::Pending(_)));
    let exchanges = gateway.exchanges();
    assert!(
        exchanges.iter().all(|one| one.http_status == 401),
        "{exchanges:?}"
    );
    assert_eq!(exchanges.len(), transport.sent.lock().expect("a log").len());

    // With the right one, the same bytes pay, once.
    let (client, _) = client_with(&gateway, &credentials(), 0);
    let paid = client.resend(doubt).expect("an answer");
    assert!(matches!(paid.outcome, SendOutcome::Paid), "{paid:?}");
}

#[test]
fn each_header_is_demanded() {
    let gateway = gateway();
    let (client, transport) = client_with(&gateway, &credentials(), 0);
    let paid = client.send(sending("1", 500)).expect("an answer");
    assert!(matches!(paid, SendOutcome::Paid), "{paid:?}");
    let good = transport.sent.lock().expect("a log")[0].clone();
    for change in [
        |request: &mut Request<Vec<u8>>| drop(request.headers_mut().remove("authorization")),
        |request: &mut Request<Vec<u8>>| drop(request.headers_mut().remove("x-account")),
        |request: &mut Request<Vec<u8>>| {
            let value = HeaderValue::from_static("Bearer test-secret-key");
            request.headers_mut().insert("authorization", value);
        },
        |request: &mut Request<Vec<u8>>| {
            let again = request.headers()["authorization"].clone();
            request.headers_mut().append("authorization", again);
        },
    ] {
        let mut request = good.clone();
        change(&mut request);
        let exchange = gateway
            .gateway()
            .answer(&request, std::time::SystemTime::now());
        assert_eq!(exchange.response.status(), 401, "{exchange:?}");
        let shown = format!("{exchange:?} {:?}", exchange.response.headers());
        assert!(canary::seen(&shown).is_empty(), "{shown}");
    }
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_key() {
    let gateway = gateway();
    let (client, transport) = client_with(&gateway, &credentials(), 2);
    let paid = client.send(sending("1", 500)).expect("an answer");
    assert!(matches!(paid, SendOutcome::Paid), "{paid:?}");
    let sent = transport.sent.lock().expect("a log");
    assert_eq!(sent.len(), 3);
    for request in sent.iter() {
        assert_eq!(request.headers()["idempotency-key"], "1");
        assert_eq!(request.body(), sent[0].body());
    }
    let exchanges = gateway.exchanges();
    let replayed: Vec<bool> = exchanges.iter().map(|one| one.replayed).collect();
    assert_eq!(
        replayed,
        [true, true, false],
        "one payment, answered three times"
    );
    drop(sent);

    // The same key for another payment is a conflict, which settles nothing.
    let other = client.send(sending("1", 501));
    let Err(CallError::InDoubt(doubt)) = other else {
        panic!("{other:?}");
    };
    assert!(matches!(doubt.problem(), Problem::Conflict(_)), "{doubt:?}");
}

/// A refused repetition proves nothing about the first request, which may have been accepted.
#[test]
fn a_refusal_of_a_repetition_settles_nothing() {
    struct Second(Mutex<usize>);
    impl Transport for Second {
        fn send(&self, _: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
            let mut sent = self.0.lock().expect("a number");
            *sent += 1;
            if *sent == 1 {
                return Err(TransportError::NoAnswer("the connection broke".to_owned()));
            }
            let body = json!({ "error": { "code": "card_declined" } });
            let mut answer = Response::new(body.to_string().into_bytes());
            *answer.status_mut() = http::StatusCode::PAYMENT_REQUIRED;
            Ok(answer)
        }
    }
    let gateway = gateway();
    let raw = RawClient::new(envelope(&gateway, &credentials()), Second(Mutex::new(0)));
    let client = Client::from(raw.clock(FakeClock::new()).seed(7));
    let Err(CallError::InDoubt(doubt)) = client.send(sending("1", 500)) else {
        panic!("a decision");
    };
    assert!(
        matches!(doubt.problem(), Problem::RepetitionRefused(_)),
        "{doubt:?}"
    );
}

#[test]
fn a_flow_settles_a_payment_whose_answers_are_lost() {
    let gateway = gateway();
    let (client, transport) = client_with(&gateway, &credentials(), 3);
    let mut payment = client.life(sending("1", 500)).expect("it begins");
    let ending = client.settle(&mut payment, |_| ()).expect("it ends");
    assert!(matches!(ending, Ending::Paid(_)), "{ending:?}");
    let sent = transport.sent.lock().expect("a log");
    let methods: Vec<&str> = sent.iter().map(|one| one.method().as_str()).collect();
    assert_eq!(methods, ["POST", "POST", "POST", "GET"]);
    assert!(
        sent.iter()
            .all(|one| one.headers()["idempotency-key"] == "1")
    );
}

#[test]
fn a_restart_goes_on_with_a_call() {
    let gateway = gateway();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("payments.journal");
    {
        let (client, _) = client_with(&gateway, &credentials(), usize::MAX);
        let client = client.journal(FileJournal::open(&path).expect("a journal"));
        let lost = client.send(sending("1", 500));
        assert!(matches!(lost, Err(CallError::InDoubt(_))), "{lost:?}");
    }
    let bytes = std::fs::read(&path).expect("a journal");
    assert!(canary::seen(&String::from_utf8_lossy(&bytes)).is_empty());
    let journal = FileJournal::open(&path).expect("a journal");
    assert_eq!(journal.unfinished().expect("it reads").len(), 1);
    let (client, _) = client_with(&gateway, &credentials(), 0);
    let client = client.journal(journal);
    let mut found: Vec<_> = client.unfinished().expect("it reads").into_iter().collect();
    let Some(Ok(Unfinished::Send(doubt))) = found.pop() else {
        panic!("{found:?}");
    };
    let paid = client.resend(doubt).expect("an answer");
    assert!(matches!(paid.outcome, SendOutcome::Paid), "{paid:?}");
}

#[test]
fn a_credential_that_does_not_fit_is_named_and_not_shown() {
    let gateway = gateway();
    let url = gateway.url();
    let secret = canary::of("secret-key");
    for (value, problem) in [
        (String::new(), CredentialProblem::Empty),
        (format!("{secret}\n"), CredentialProblem::Character),
        (format!(" {secret}"), CredentialProblem::Character),
        (format!("{secret}é"), CredentialProblem::Character),
    ] {
        let wrong = Credentials {
            secret_key: value.into(),
            ..credentials()
        };
        let error = Client::from_credentials(&url, &wrong, Ureq::default());
        let error = error.expect_err("it does not fit");
        let shown = format!("{error} {error:?} {wrong:?}");
        assert!(canary::seen(&shown).is_empty(), "{shown}");
        let SetupError::Credential(bad) = error else {
            panic!("{error:?}");
        };
        assert_eq!((bad.name(), bad.problem()), ("secret_key", problem));
    }
}

#[test]
fn no_header_replaces_a_credential() {
    let gateway = gateway();
    let envelope = envelope(&gateway, &credentials());
    for name in ["Authorization", "x-account", "Host"] {
        assert!(envelope.clone().header(name, "other").is_err(), "{name}");
    }
    assert!(envelope.clone().environment("production").is_ok());
    assert!(envelope.environment("sandbox").is_err());
}

/// An answer that is not JSON, such as that of a proxy, decides nothing, whatever its HTTP status.
#[test]
fn an_answer_that_is_not_json_decides_nothing() {
    struct Proxy(u16);
    impl Transport for Proxy {
        fn send(&self, _: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
            let mut answer = Response::new(b"<html>no</html>".to_vec());
            *answer.status_mut() = self.0.try_into().expect("a status");
            Ok(answer)
        }
    }
    let gateway = gateway();
    for status in [200, 302, 400, 402, 404, 500, 503] {
        let raw = RawClient::new(envelope(&gateway, &credentials()), Proxy(status));
        let client = Client::from(raw.clock(FakeClock::new()).seed(7));
        let Err(CallError::InDoubt(doubt)) = client.send(sending("1", 500)) else {
            panic!("{status}");
        };
        let Problem::Answer(error) = doubt.problem() else {
            panic!("{doubt:?}");
        };
        assert!(
            matches!(error.kind(), AnswerErrorKind::NotJson),
            "{error:?}"
        );
        assert_eq!(error.http_status(), status);
    }
}

#[test]
fn no_credential_is_shown() {
    let gateway = gateway();
    let lines = told(|| {
        let (client, transport) = client_with(&gateway, &credentials(), 1);
        let paid = client.send(sending("1", 500)).expect("an answer");
        let wrong = Credentials {
            secret_key: canary::of("wrong-key").into(),
            ..credentials()
        };
        let (other, _) = client_with(&gateway, &wrong, 0);
        let error = other.send(sending("2", 500)).expect_err("no decision");
        let shown = format!(
            "{paid:?} {error} {error:?} {:?} {:?} {wrong:?} {:?} {:?} {:?} {:?}",
            client.envelope(),
            credentials(),
            transport.sent,
            gateway.exchanges(),
            gateway,
            gateway.credentials(),
        );
        assert!(canary::seen(&shown).is_empty(), "{shown}");
    });
    assert!(
        lines.iter().any(|line| line.contains("http_status=401")),
        "{lines:?}"
    );
}
