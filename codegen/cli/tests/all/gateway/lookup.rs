//! Inquiries find what earlier requests began, whatever the shape of the API.

use http::Request;
use payspec_mock::{Exchange, Gateway, Setup};
use payspec_model::source::Memory;
use payspec_model::{load, load_from};

use super::{note, now};
use crate::support::root;

fn get(gateway: &Gateway, path: &str, key: Option<&str>) -> Exchange {
    let request = Request::get(path)
        .header("Authorization", "Bearer test-key")
        .header("X-Account", "account test-account");
    let request = match key {
        Some(key) => request.header("Idempotency-Key", key),
        None => request,
    };
    gateway.answer(&request.body(Vec::new()).expect("a request"), now())
}

fn post(gateway: &Gateway, body: &str, key: &str) -> Exchange {
    let request = Request::post("/v1/payments")
        .header("Authorization", "Bearer test-secret-key")
        .header("X-Account", "account test-account")
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", key);
    gateway.answer(
        &request.body(body.as_bytes().to_vec()).expect("a request"),
        now(),
    )
}

fn text(exchange: &Exchange) -> String {
    String::from_utf8_lossy(exchange.response.body()).into_owned()
}

/// The inquiry has the key of the payment, and `references` only a field of its answer.
#[test]
fn an_inquiry_by_the_key_of_a_request_finds_that_request_only() {
    let model = load(&root().join("tests/cases/bearer")).model;
    let gateway =
        Gateway::new(model.expect("a sound spec"), Setup::unsigned()).expect("it can be played");
    let look_up = |key: &str| {
        let request = Request::get("/v1/payments")
            .header("Authorization", "Bearer test-secret-key")
            .header("X-Account", "account test-account")
            .header("Idempotency-Key", key);
        gateway.answer(&request.body(Vec::new()).expect("a request"), now())
    };
    let unknown = look_up("K-1");
    assert_eq!(unknown.response.status(), 404, "{}", text(&unknown));
    let paid = post(&gateway, r#"{"order":"O-1","amount":5}"#, "K-1");
    assert_eq!(paid.response.status(), 200, "{}", note(&paid));
    let found = look_up("K-1");
    assert_eq!(found.response.status(), 200, "{}", note(&found));
    let paid: serde_json::Value = serde_json::from_str(&text(&paid)).expect("JSON");
    let found: serde_json::Value = serde_json::from_str(&text(&found)).expect("JSON");
    assert_eq!(found["id"], paid["id"]);
    assert_eq!(look_up("K-2").response.status(), 404);
}

/// Another provider's shape: no code refuses an unknown payment, and the inquiry calls its id by another name.
fn played(path: &str, field: &str, id: &str) -> Gateway {
    let spec = format!(
        "payspec: 2
id: demo
title: Demo
servers: {{ production: https://pay.example.com }}
auth: {{ request: {{ bearer: key }} }}
operations:
  pay:
    method: POST
    path: /payments
    request: {{ fields: {{ request_key: {{ type: string, required: true }} }} }}
    response: {{ fields: {{ id: string, state: {{ type: string, values: [PAID, OPEN] }} }} }}
    idempotency: {{ key: /request_key, settled: [2XX] }}
    result:
      by: http_status
      references: [/id]
      cases: {{ 2XX: {{ by: /state, cases: {{ PAID: {{ decide: done, as: paid, needs: [/id] }}, OPEN: {{ decide: waiting, as: open }} }} }} }}
  find:
    method: GET
    path: {path}
    request: {{ fields: {{ {field}: {{ type: string, {id}required: true }} }} }}
    response: {{ fields: {{ id: string, state: {{ type: string, values: [PAID, OPEN] }} }} }}
    result:
      by: http_status
      references: [/id]
      cases: {{ 2XX: {{ by: /state, cases: {{ PAID: {{ decide: done, as: paid, needs: [/id] }}, OPEN: {{ decide: waiting, as: open }} }} }} }}
"
    );
    let mut memory = Memory::default();
    memory
        .files
        .insert("demo/api.yaml".to_owned(), spec.into_bytes());
    let loaded = load_from(&memory);
    let model = loaded
        .model
        .unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    Gateway::new(model, Setup::unsigned()).expect("it can be played")
}

#[test]
fn an_unknown_payment_is_never_paid() {
    for (path, field, id, target, known) in [
        (
            "/payments",
            "request_key",
            "in: query, ",
            "?request_key=",
            "K-1",
        ),
        ("/payments/{payment_id}", "payment_id", "", "/", "ID"),
        ("/payments/{id}", "id", "", "/", "ID"),
    ] {
        let gateway = played(path, field, id);
        let unknown = get(&gateway, &format!("/payments{target}K-9"), None);
        let said = format!("{path}: {} {}", text(&unknown), note(&unknown));
        assert!(!text(&unknown).contains("PAID"), "{said}");
        assert_eq!(unknown.response.status(), 404, "{said}");
        let request = Request::post("/payments")
            .header("Authorization", "Bearer test-key")
            .header("Content-Type", "application/json")
            .body(br#"{"request_key":"K-1"}"#.to_vec());
        let paid = gateway.answer(&request.expect("a request"), now());
        let json: serde_json::Value = serde_json::from_str(&text(&paid)).expect("JSON");
        let known = known.replace("ID", json["id"].as_str().expect("an id"));
        let found = get(&gateway, &format!("/payments{target}{known}"), None);
        let said = format!("{path} {known}: {} {}", text(&found), note(&found));
        assert_eq!(found.response.status(), 200, "{said}");
        assert_eq!(text(&found), text(&paid), "{said}");
    }
}
