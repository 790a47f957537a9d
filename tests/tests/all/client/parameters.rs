//! A generated client and the mock gateway, over requests with fields in the path, the query and headers.

use super::support::key;
use crate::cases::cases::parameters::demo::client::Client;
use crate::cases::cases::parameters::demo::find::{FindOutcome, FindRequest};
use crate::cases::cases::parameters::demo::remove::{RemoveOutcome, RemoveRequest};
use crate::cases::cases::parameters::demo::send::{SendOutcome, SendRequest};
use crate::cases::cases::parameters::demo::{RECIPE, find, send};
use payspec_mock::MockGateway;
use payspec_model::model::Model;
use payspec_runtime::client::{
    Base, Call, CallError, Envelope, RawClient, Refused, SignError, SigningKey, Ureq, VerifyingKey,
};
use payspec_runtime::request::RequestProblem;
use payspec_runtime::{Message, Sensitive, Valid, Validate, decode, encode};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// A text that every encoding must keep.
const HOSTILE: &str = "a/b?c=1&d#e%2F+é 支;{x}'\"";

fn model() -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/parameters");
    payspec_model::load(&folder).model.expect("a model")
}

fn gateway() -> MockGateway {
    MockGateway::start(model()).expect("a gateway")
}

fn client(gateway: &MockGateway) -> Client<Ureq> {
    let keys = gateway.keys();
    let own = SigningKey::from_text(&keys.client.private).expect("a key");
    let theirs = VerifyingKey::from_text(&keys.gateway.public).expect("a key");
    let base: Base = gateway.url().parse().expect("a base");
    let envelope = Envelope::new(&RECIPE, base, "merchant-1", own, theirs).expect("it fits");
    Client::from(RawClient::new(envelope, Ureq::default()))
}

fn valid<T: Message + Validate>(json: &Value) -> Valid<T> {
    let request = decode::<T>(json.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

fn sending(order: &str, amount: i64) -> Valid<SendRequest> {
    valid(&json!({
        "orderId": order, "Idempotency-Key": "key 1", "dryRun": false, "amount": amount, "note": "/",
    }))
}

#[test]
fn every_part_arrives_and_the_answer_is_verified() {
    let gateway = gateway();
    let client = client(&gateway);
    let paid = client.call(sending(HOSTILE, 12)).expect("an answer");
    assert!(matches!(paid.outcome, SendOutcome::Paid), "{paid:?}");
    assert_eq!(paid.response.order_id.as_deref(), Some(HOSTILE));
    assert_eq!(paid.response.amount, Some(12));

    let request: Valid<FindRequest> = valid(&json!({
        "orderId": HOSTILE, "states": ["PAID", "ON HOLD"], "page": 2, "since": "2024-02-29",
        "above": "1.50", "words": "a&b=c +%", "Trace": "t 1",
    }));
    let found = client.call(request).expect("an answer");
    assert!(matches!(found.outcome, FindOutcome::Found), "{found:?}");
    assert_eq!(found.response.order_id.as_deref(), Some(HOSTILE));

    let request: Valid<RemoveRequest> =
        valid(&json!({"orderId": "1", "paymentNumber": 7, "reason": HOSTILE}));
    let removed = client.remove(request).expect("an answer");
    assert!(matches!(removed, RemoveOutcome::Removed), "{removed:?}");

    let exchanges = gateway.exchanges();
    let operations: Vec<_> = exchanges
        .iter()
        .map(|one| one.operation.as_deref())
        .collect();
    assert_eq!(operations, [Some("remove"), Some("find"), Some("send")]);
    assert!(
        exchanges.iter().all(|one| one.violations.is_empty()),
        "{exchanges:?}"
    );
}

#[test]
fn the_whole_request_is_the_same_or_another_one() {
    let gateway = gateway();
    let client = client(&gateway);
    let again = |order: &str, amount| -> Result<SendOutcome, CallError<SendRequest>> {
        client.send(sending(order, amount))
    };
    assert!(again("1", 12).is_ok());
    assert!(again("1", 12).is_ok());
    assert!(gateway.exchanges()[0].replayed);
    // The same key for another order: the field in the path must be repeated.
    let other = again("2", 12);
    assert!(matches!(other, Err(CallError::InDoubt(_))), "{other:?}");
}

#[test]
fn what_cannot_travel_is_refused_before_anything_is_sent() {
    let gateway = gateway();
    let client = client(&gateway);
    let refused = |json: &Value| match client.send(valid::<SendRequest>(json)) {
        Err(CallError::Refused(Refused::Sign(SignError::Request(error)))) => error.problem,
        other => panic!("{other:?}"),
    };
    for order in [".", ".."] {
        let json = json!({"orderId": order, "Idempotency-Key": "1", "amount": 1});
        assert_eq!(refused(&json), RequestProblem::Segment);
    }
    for key in ["é", " 1"] {
        let json = json!({"orderId": "1", "Idempotency-Key": key, "amount": 1});
        assert_eq!(refused(&json), RequestProblem::HeaderText);
    }
    assert!(gateway.exchanges().is_empty());
}

#[test]
fn the_target_is_signed_as_it_is_sent() {
    let base: Base = "https://api.example.com".parse().expect("a base");
    let envelope = Envelope::new(&RECIPE, base, "merchant-1", key(), key().public());
    let envelope = envelope.expect("it fits");
    let request = br#"{"orderId":"a/b","states":["PAID","ON HOLD"],"page":2,"Trace":"t"}"#;
    let signed = envelope
        .sign(&FindRequest::ENDPOINT, request, UNIX_EPOCH)
        .expect("it is signed");
    let target = "/api/v1/orders/a%2Fb/payments?states=PAID&states=ON%20HOLD&page=2";
    assert_eq!(
        signed.uri().to_string(),
        format!("https://api.example.com{target}")
    );
    assert_eq!(
        (
            signed.headers()["trace"].as_bytes(),
            signed.body().as_slice()
        ),
        (&b"t"[..], &b""[..])
    );
    assert_eq!(find::PATH, "/v1/orders/{orderId}/payments");
    assert_eq!(send::METHOD, "POST");
}

/// Neither the log of the mock gateway nor its remarks show a sensitive value of a path or query.
#[test]
fn a_sensitive_value_of_a_target_is_not_shown() {
    let mut model = model();
    for operation in &mut model.apis[0].operations {
        let fields = operation.request.object.fields.iter_mut();
        for field in fields.filter(|field| ["orderId", "words"].contains(&field.name.as_str())) {
            field.sensitive = Some(Sensitive::Pii);
        }
    }
    let gateway = MockGateway::start(model).expect("a gateway");
    let client = client(&gateway);
    let _outcome = client.send(sending("hunter2", 12)).expect("an answer");
    let request: Valid<FindRequest> =
        valid(&json!({"orderId": "hunter2", "words": "hunter3", "page": 2}));
    client.call(request.clone()).expect("an answer");
    let mut forged = client
        .envelope()
        .sign(
            &FindRequest::ENDPOINT,
            &encode(&*request).expect("JSON"),
            SystemTime::now(),
        )
        .expect("it is signed");
    *forged.uri_mut() = "/api/v1/orders/hunter2/payments?words=hunter3"
        .parse()
        .expect("a URI");
    let exchange = gateway.gateway().answer(&forged, SystemTime::now());
    assert!(exchange.record.note.is_some());
    let shown = format!(
        "{:?} {:?} {exchange:?}",
        gateway.exchanges(),
        exchange.response.headers()
    );
    assert!(
        shown.contains("/api/v1/orders/{orderId}/payments"),
        "{shown}"
    );
    assert!(!shown.contains("hunter"), "{shown}");
    let body = String::from_utf8_lossy(exchange.response.body());
    assert!(!body.contains("hunter"), "{body}");
}
