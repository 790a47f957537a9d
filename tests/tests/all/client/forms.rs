//! A generated client and the mock gateway, over requests that are forms, and nested values in queries.

use super::support::key;
use crate::cases::cases::forms::demo::RECIPE;
use crate::cases::cases::forms::demo::client::Client;
use crate::cases::cases::forms::demo::find::{FindOutcome, FindRequest};
use crate::cases::cases::forms::demo::send::{SendOutcome, SendRequest};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use payspec_mock::MockGateway;
use payspec_runtime::client::{
    Base, Call, CallError, Envelope, RawClient, Refused, SignError, SigningKey, Ureq, VerifyingKey,
};
use payspec_runtime::request::RequestProblem;
use payspec_runtime::{Message, Valid, Validate, decode, encode};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/forms")
}

fn gateway() -> MockGateway {
    let model = payspec_model::load(&folder()).model.expect("a model");
    MockGateway::start(model).expect("a gateway")
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

fn full() -> Value {
    let text = std::fs::read_to_string(folder().join("valid.request.json")).expect("a file");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn a_form_arrives_signed_and_the_answer_is_verified() {
    let gateway = gateway();
    let client = client(&gateway);
    let paid = client
        .call(valid::<SendRequest>(&full()))
        .expect("an answer");
    assert!(matches!(paid.outcome, SendOutcome::Paid), "{paid:?}");
    assert_eq!(
        paid.response.order_id.as_deref(),
        full()["orderId"].as_str()
    );
    assert_eq!(paid.response.amount, Some(12));

    let request: Valid<FindRequest> = valid(&json!({
        "orderId": full()["orderId"], "created": {"from": "2024-02-29", "to": "2024-03-01"}, "states": ["PAID", "ON HOLD"],
        "pages": [1, 2], "expand": ["a&b"], "metadata": {"k": "v=[]"}, "where": {"name": "+", "amount": 1},
    }));
    let found = client.call(request).expect("an answer");
    assert!(matches!(found.outcome, FindOutcome::Found), "{found:?}");

    let exchanges = gateway.exchanges();
    assert_eq!(exchanges.len(), 2);
    assert!(
        exchanges.iter().all(|one| one.violations.is_empty()),
        "{exchanges:?}"
    );
    // The same key with the same fields is the same request.
    assert!(client.send(valid::<SendRequest>(&full())).is_ok());
    assert!(gateway.exchanges()[0].replayed);
}

#[test]
fn the_form_is_signed_as_it_is_sent() {
    let base: Base = "https://api.example.com".parse().expect("a base");
    let envelope = Envelope::new(&RECIPE, base, "merchant-1", key(), key().public());
    let envelope = envelope.expect("it fits");
    let request = json!({
        "Idempotency-Key": "1", "orderId": "a b", "amount": 5, "methods": ["A", "B"],
        "card": {"token": "t", "networks": ["A"]}, "notes": ["x", "y"], "expand": ["all"], "extra": null,
    });
    let signed = envelope
        .sign(
            &SendRequest::ENDPOINT,
            request.to_string().as_bytes(),
            UNIX_EPOCH,
        )
        .expect("it is signed");
    let body = "orderId=a%20b&amount=5&card%5Bnetworks%5D%5B0%5D=A&card%5Btoken%5D=t&methods=A,B&notes=x&notes=y&extra=null";
    assert_eq!(std::str::from_utf8(signed.body()), Ok(body));
    assert_eq!(signed.uri().query(), Some("expand%5B%5D=all"));
    assert_eq!(
        signed.headers()[CONTENT_TYPE],
        "application/x-www-form-urlencoded"
    );
}

#[test]
fn the_gateway_demands_the_media_type_of_the_operation() {
    let gateway = gateway();
    let client = client(&gateway);
    let request = valid::<SendRequest>(&full());
    let json = encode(&*request).expect("JSON");
    let signed = || {
        let endpoint = &SendRequest::ENDPOINT;
        let signed = client.envelope().sign(endpoint, &json, SystemTime::now());
        signed.expect("it is signed")
    };
    let mut without = signed();
    without.headers_mut().remove(CONTENT_TYPE);
    let mut other = signed();
    let media_type = HeaderValue::from_static("application/json");
    other.headers_mut().insert(CONTENT_TYPE, media_type);
    for request in [without, other] {
        let exchange = gateway.gateway().answer(&request, SystemTime::now());
        let status = exchange.response.status();
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{exchange:?}");
    }
    let exchange = gateway.gateway().answer(&signed(), SystemTime::now());
    assert_eq!(exchange.response.status(), StatusCode::OK);
}

#[test]
fn what_a_form_cannot_contain_is_refused_before_anything_is_sent() {
    let gateway = gateway();
    let client = client(&gateway);
    let mut request = full();
    request["metadata"] = json!({"a[b]": "c"});
    match client.send(valid::<SendRequest>(&request)) {
        Err(CallError::Refused(Refused::Sign(SignError::Request(error)))) => {
            assert_eq!(error.problem, RequestProblem::Key);
            assert_eq!(error.field.as_deref(), Some("metadata/*"));
        }
        other => panic!("{other:?}"),
    }
    assert!(gateway.exchanges().is_empty());
}
