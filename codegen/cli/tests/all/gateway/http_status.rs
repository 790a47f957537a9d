//! Answers with the HTTP status that the spec documents.

use http::Request;
use payspec_mock::{Exchange, FAULT, Gateway, RESULT, Setup};
use payspec_model::check::Checker;
use payspec_model::load;
use payspec_model::model::{Model, Side};

use super::{note, now};
use crate::support::root;

fn played() -> (Model, Gateway) {
    played_of("status-answers")
}

fn played_of(case: &str) -> (Model, Gateway) {
    let model = load(&root().join("tests/cases").join(case)).model;
    let model = model.expect("the spec has no errors");
    let gateway = Gateway::new(model.clone(), Setup::unsigned()).expect("it can be played");
    (model, gateway)
}

fn pay(gateway: &Gateway, key: &str, amount: &str, headers: &[(&str, &str)]) -> Exchange {
    let mut request = Request::post("/payments").header("Content-Type", "application/json");
    request = request.header("Idempotency-Key", key);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = format!(r#"{{"amount":"{amount}","currency":"EUR"}}"#);
    gateway.answer(&request.body(body.into_bytes()).expect("a request"), now())
}

/// Returns the outcome of an answer by the spec.
fn outcome(model: &Model, id: &str, exchange: &Exchange) -> String {
    let (api, operation) = model.operation(id).expect("an operation");
    let checker = Checker::new(api, operation, Side::Response).expect("a body");
    let status = exchange.response.status().as_u16();
    let assessed = checker.assess(exchange.response.body(), Some(status));
    let (findings, verdict) = assessed.expect("JSON");
    assert!(findings.is_valid(), "{findings:?}");
    verdict.expect("a verdict").outcome().to_owned()
}

#[test]
fn every_outcome_code_and_example_has_its_status() {
    for (word, status, decided) in [
        ("paid", 200, "paid"),
        ("redirect", 200, "redirect"),
        ("unpaid", 200, "unpaid"),
        ("processing", 202, "processing"),
        ("declined", 402, "declined"),
        ("failed", 400, "failed"),
        ("pending", 503, "pending"),
        ("invalid_request", 400, "failed"),
        ("card_declined", 402, "declined"),
        ("invalid", 400, "failed"),
        ("down", 503, "pending"),
    ] {
        let (model, gateway) = played();
        let exchange = pay(&gateway, "K-1", "1200", &[(RESULT, word)]);
        assert_eq!(
            exchange.response.status(),
            status,
            "{word}: {}",
            note(&exchange)
        );
        assert_eq!(exchange.record.http_status, status, "{word}");
        assert_eq!(outcome(&model, "send", &exchange), decided, "{word}");
    }
}

#[test]
fn the_usual_answer_is_a_success_and_is_given_again() {
    let (model, gateway) = played();
    let first = pay(&gateway, "K-1", "1200", &[]);
    assert_eq!(first.response.status(), 200, "{}", note(&first));
    assert_eq!(outcome(&model, "send", &first), "paid");
    let again = pay(&gateway, "K-1", "1200", &[]);
    assert!(again.record.replayed);
    assert_eq!(again.response.status(), 200);
    assert_eq!(again.response.body(), first.response.body());
    let declined = pay(&gateway, "K-2", "1200", &[(RESULT, "declined")]);
    let again = pay(&gateway, "K-2", "1200", &[]);
    assert!(again.record.replayed, "{}", note(&again));
    assert_eq!(again.response.status(), declined.response.status());
}

#[test]
fn a_request_that_breaks_a_rule_is_refused_with_the_status_of_the_code() {
    let (model, gateway) = played();
    let exchange = pay(&gateway, "K-1", "0", &[]);
    assert_eq!(exchange.response.status(), 400, "{}", note(&exchange));
    assert_eq!(exchange.record.code.as_deref(), Some("invalid_request"));
    assert_eq!(outcome(&model, "send", &exchange), "failed");
}

#[test]
fn an_unknown_payment_is_not_found() {
    let (model, gateway) = played();
    let request = Request::get("/payments/P-9").body(Vec::new());
    let exchange = gateway.answer(&request.expect("a request"), now());
    assert_eq!(exchange.response.status(), 404, "{}", note(&exchange));
    assert_eq!(outcome(&model, "find", &exchange), "unknown_payment");
}

#[test]
fn an_answer_without_a_body_is_sent_without_one() {
    let (model, gateway) = played();
    let request = Request::delete("/payments/P-1").body(Vec::new());
    let exchange = gateway.answer(&request.expect("a request"), now());
    assert_eq!(exchange.response.status(), 204, "{}", note(&exchange));
    assert!(exchange.response.body().is_empty());
    assert_eq!(outcome(&model, "cancel", &exchange), "cancelled");
}

#[test]
fn an_unknown_status_is_one_that_no_case_decides() {
    let (model, gateway) = played();
    let exchange = pay(&gateway, "K-1", "1200", &[(FAULT, "unknown-status")]);
    assert_eq!(outcome(&model, "send", &exchange), "pending");
    assert!(![200, 503].contains(&exchange.response.status().as_u16()));
}

#[test]
fn an_answer_has_the_fields_of_its_status() {
    for (word, status, decided, fields) in [
        ("paid", 200, "paid", &["id", "state"][..]),
        ("redirect", 200, "redirect", &["id", "state", "next"]),
        ("processing", 202, "processing", &["id"]),
        ("declined", 402, "declined", &["id", "decline", "error"]),
        ("invalid_request", 400, "failed", &["error"]),
        (
            "card_declined",
            402,
            "declined",
            &["id", "decline", "error"],
        ),
        ("pending", 503, "pending", &["trace"]),
    ] {
        let (model, gateway) = played_of("answers-by-status");
        let exchange = pay(&gateway, "K-1", "1200", &[(RESULT, word)]);
        assert_eq!(
            exchange.response.status(),
            status,
            "{word}: {}",
            note(&exchange)
        );
        assert_eq!(outcome(&model, "send", &exchange), decided, "{word}");
        let body: serde_json::Value =
            serde_json::from_slice(exchange.response.body()).expect("JSON");
        let members = body.as_object().expect("an object");
        let strange: Vec<_> = members
            .keys()
            .filter(|name| !fields.contains(&name.as_str()))
            .collect();
        assert!(strange.is_empty(), "{word}: {strange:?}");
    }
}
