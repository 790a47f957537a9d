//! Repeated requests.

use std::time::Duration;

use http::Request;
use payspec_mock::{Gateway, RESULT, Setup};
use serde_json::{Value, json};

use super::{PAY, ask, asked_for, code, gateway, note, now, pay_request, signed};
use crate::support::{folder, root};

#[test]
fn the_same_request_gets_the_same_answer() {
    let gateway = gateway(|_| {});
    let first = ask(&gateway, &PAY, &pay_request("pay-1", "100"));
    let later = now() + Duration::from_secs(60);
    let request = signed(&PAY, &pay_request("pay-1", "100"));
    let again = gateway.answer(&request, later);
    assert_eq!(first.response.body(), again.response.body());
    assert!(again.record.replayed && !first.record.replayed);
    assert_ne!(
        first.response.headers()["response-time"],
        again.response.headers()["response-time"],
        "each answer is signed at its own time"
    );
    // Fields that need not be repeated may differ; the others may not.
    let mut other = pay_request("pay-1", "100");
    other["order"]["orderDescription"] = "something else".into();
    assert!(ask(&gateway, &PAY, &other).record.replayed);
    let conflict = ask(&gateway, &PAY, &pay_request("pay-1", "101"));
    assert_eq!(code(&PAY, &conflict), "REPEAT_REQ_INCONSISTENT");
    let mut currency = pay_request("pay-1", "100");
    currency["paymentAmount"]["currency"] = "EUR".into();
    assert_eq!(
        code(&PAY, &ask(&gateway, &PAY, &currency)),
        "REPEAT_REQ_INCONSISTENT"
    );
    // A conflict does not change the stored answer.
    assert!(
        ask(&gateway, &PAY, &pay_request("pay-1", "100"))
            .record
            .replayed
    );
}

#[test]
fn a_failure_is_settled_and_an_unknown_outcome_is_not() {
    let gateway = gateway(|_| {});
    let body = pay_request("pay-1", "100");
    let (unknown, _) = asked_for(&gateway, &body, RESULT, "UNKNOWN_EXCEPTION");
    assert_eq!(code(&PAY, &unknown), "UNKNOWN_EXCEPTION");
    let conflict = ask(&gateway, &PAY, &pay_request("pay-1", "101"));
    assert_eq!(code(&PAY, &conflict), "REPEAT_REQ_INCONSISTENT");
    let (failed, _) = asked_for(&gateway, &body, RESULT, "RISK_REJECT");
    assert_eq!(code(&PAY, &failed), "RISK_REJECT");
    let again = ask(&gateway, &PAY, &body);
    assert_eq!(code(&PAY, &again), "RISK_REJECT");
    assert!(again.record.replayed);
}

#[test]
fn repeated_fields_are_compared_as_values() {
    let spec = root().join("tests/cases/results");
    let model = payspec_model::load(&spec)
        .model
        .expect("the spec has no errors");
    let gateway = Gateway::new(model, Setup::unsigned()).expect("it can be played");
    let send = |price: Value| {
        let body = json!({ "requestId": "id-1", "price": price }).to_string();
        let request = Request::post("/send")
            .body(body.into_bytes())
            .expect("a request");
        gateway.answer(&request, now()).record
    };
    let first = send(json!("10"));
    assert_eq!(first.code.as_deref(), Some("SUCCESS"), "{:?}", first.note);
    for price in [json!("10"), json!(10)] {
        let again = send(price);
        assert!(again.replayed, "{:?}", again.note);
    }
    assert_eq!(send(json!(11)).code.as_deref(), Some("SOLD_OUT"));
}

#[test]
fn a_resource_is_found_by_its_idempotency_key() {
    let (_temporary, path) = folder();
    let spec = format!("{path}/spec");
    assert_eq!(
        crate::support::with(&["init", &spec, "--spec-only"]).code,
        Some(0)
    );
    let example = format!("{spec}/shop/examples/place-order.request.json");
    let order = std::fs::read(example).expect("the example");
    let loaded = payspec_model::load(std::path::Path::new(&spec));
    let model = loaded.model.expect("the spec has no errors");
    let gateway = Gateway::new(model, Setup::unsigned()).expect("it can be played");
    let send = |path: &str, body: Vec<u8>| {
        let request = Request::post(format!("/api/v1/orders{path}")).body(body);
        gateway.answer(&request.expect("a request"), now())
    };
    let mut other: Value = serde_json::from_slice(&order).expect("JSON");
    other["amount"]["value"] = json!(1);
    let placed = send("", order);
    assert_eq!(placed.response.status(), 200);
    assert_eq!(note(&placed), "");
    let find = |id: &str| send("/find", json!({ "requestId": id }).to_string().into_bytes());
    let found = find("order-0001");
    let answer: Value = serde_json::from_slice(found.response.body()).expect("JSON");
    assert_eq!((note(&found), &answer["orderStatus"]), ("", &json!("PAID")));
    assert!(note(&find("nobody")).contains("no earlier request to this gateway"));
    // The spec has no code for a conflict, so the gateway answers with HTTP status 409.
    let conflict = send("", other.to_string().into_bytes());
    assert_eq!(conflict.response.status(), 409);
    assert!(
        note(&conflict).contains("conflict_code"),
        "{}",
        note(&conflict)
    );
}
