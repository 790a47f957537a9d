//! Amounts of money beside other fields, in major units and in small letters.

use http::Request;
use payspec_mock::{Exchange, Gateway, Script, Setup};
use payspec_model::check::Checker;
use payspec_model::model::{Model, Side};
use payspec_model::source::Memory;
use payspec_model::{diagnostic, load_from};
use serde_json::Value;

use super::{note, now};

const SPEC: &str = r"
payspec: 2
id: demo
title: Demo
servers: { production: https://api.example.com }
wire: { decimals: { ISK: 2 } }
operations:
  pay:
    method: POST
    path: /payments
    request:
      fields:
        id: { type: string, required: true }
        price: { type: decimal, required: true, money: /currency }
        currency: { type: currency, case: lower, required: true }
    response:
      fields:
        id: string
        status: string
        price: { type: decimal, money: /currency }
        currency: { type: currency, case: lower }
        fee: { type: decimal, money: JPY }
    result:
      by: /status
      references: [/id]
      cases:
        PAID: { decide: done, as: paid }
        REFUSED: { decide: ended, as: refused }
    examples:
      - { name: paid, side: response, file: examples/paid.json }
      - { name: refused, side: response, file: examples/refused.json }
";

const PAID: &str = r#"{"id": "1", "status": "PAID", "price": "7.50", "currency": "usd"}"#;
const REFUSED: &str = r#"{"id": "1", "status": "REFUSED", "price": "7.50", "currency": "usd"}"#;

fn played() -> (Model, Gateway) {
    let mut files = Memory::default();
    let texts = [
        ("demo/api.yaml", SPEC),
        ("demo/examples/paid.json", PAID),
        ("demo/examples/refused.json", REFUSED),
    ];
    let texts = texts.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    files.files.extend(texts);
    let loaded = load_from(&files);
    let problems = diagnostic::human(&loaded.diagnostics, &loaded.sources, false);
    let model = loaded.model.unwrap_or_else(|| panic!("{problems}"));
    let mut setup = Setup::unsigned();
    setup.script = Script::from_json(r#"{"amounts": {"1230": "refused"}}"#).expect("a script");
    let gateway = Gateway::new(model.clone(), setup).expect("it can be played");
    (model, gateway)
}

fn pay(gateway: &Gateway, price: &str, currency: &str) -> Exchange {
    let body = format!(r#"{{"id":"p-1","price":"{price}","currency":"{currency}"}}"#);
    let request = Request::post("/payments").header("Content-Type", "application/json");
    gateway.answer(&request.body(body.into_bytes()).expect("a request"), now())
}

#[test]
fn an_amount_in_major_units_chooses_the_result() {
    for (price, currency, status) in [
        ("12.30", "usd", "REFUSED"),
        ("12.3", "isk", "REFUSED"),
        ("1230", "jpy", "REFUSED"),
        ("1.23", "kwd", "REFUSED"),
        ("12.3", "kwd", "PAID"),
        ("0.5", "usd", "PAID"),
    ] {
        let (model, gateway) = played();
        let exchange = pay(&gateway, price, currency);
        let answer = exchange.response.body();
        let json: Value = serde_json::from_slice(answer).unwrap_or_default();
        assert_eq!(
            json["status"],
            status,
            "{price} {currency}: {}",
            note(&exchange)
        );
        // The amount is that of the request, and the rest suits its currency.
        assert_eq!(json["price"], price, "{currency}");
        assert_eq!(json["currency"], currency);
        let (api, operation) = model.operation("pay").expect("an operation");
        let checker = Checker::new(api, operation, Side::Response).expect("a body");
        let findings = checker.check(answer).expect("JSON");
        assert!(findings.is_valid(), "{findings:?}");
    }
}

#[test]
fn an_amount_with_too_many_decimal_places_is_refused() {
    for (price, currency) in [("12.345", "usd"), ("12.5", "jpy"), ("12.34", "USD")] {
        let (_, gateway) = played();
        let exchange = pay(&gateway, price, currency);
        assert_eq!(exchange.response.status(), 400, "{price} {currency}");
    }
}
