//! Refused requests, and their codes and notes.

use http::Request;
use payspec_mock::{FAULT, Gateway, RESULT, Setup, VIOLATIONS};
use payspec_model::model::Header;
use serde_json::{Value, json};

use super::{
    CANCEL, CLIENT, PAY, REFUND, ask, code, envelope, gateway, keys, model, note, now, opened,
    pay_request, signed,
};

#[test]
fn a_body_that_breaks_a_rule_is_refused_and_leaves_no_trace() {
    let gateway = gateway(|_| {});
    let long = "x".repeat(65);
    let exchange = ask(&gateway, &PAY, &pay_request(&long, "100"));
    assert_eq!(code(&PAY, &exchange), "PARAM_ILLEGAL");
    let violations = exchange
        .response
        .headers()
        .get(VIOLATIONS)
        .expect("violations");
    let violations: Value = serde_json::from_slice(violations.as_bytes()).expect("JSON");
    assert_eq!(violations[0]["path"], "/paymentRequestId");
    assert_eq!(violations[0]["rule"], "max_length");
    // A corrected request with the same id is a new request.
    let mut broken = pay_request("pay-1", "100");
    broken["order"] = Value::Null;
    assert_eq!(code(&PAY, &ask(&gateway, &PAY, &broken)), "PARAM_ILLEGAL");
    let mended = ask(&gateway, &PAY, &pay_request("pay-1", "200"));
    assert_eq!(code(&PAY, &mended), "SUCCESS");
}

#[test]
fn refusals_have_their_documented_codes() {
    let gateway = gateway(|setup| setup.client_ids = vec![CLIENT.to_owned()]);
    let good = || signed(&PAY, &pay_request("pay-1", "100"));
    type Edit = fn(&mut Request<Vec<u8>>);
    let cases: &[(&str, bool, Edit)] = &[
        ("METHOD_NOT_SUPPORTED", true, |request| {
            *request.method_mut() = http::Method::PUT
        }),
        ("NO_INTERFACE_DEF", true, |request| {
            *request.uri_mut() = http::Uri::from_static("/ams/sandbox/api/v2/payments/pay");
        }),
        ("MEDIA_TYPE_NOT_ACCEPTABLE", true, |request| {
            set(request, "accept", "image/png")
        }),
        ("MEDIA_TYPE_NOT_ACCEPTABLE", true, |request| {
            set(request, "content-type", "text/plain")
        }),
        ("MEDIA_TYPE_NOT_ACCEPTABLE", true, |request| {
            set(request, "content-type", "application/json; charset=GBK");
        }),
        ("CLIENT_INVALID", true, |request| {
            set(request, "client-id", "SANDBOX_other")
        }),
        ("CLIENT_INVALID", false, |request| {
            request.headers_mut().remove("client-id");
        }),
        // A sandbox id on the production path.
        ("CLIENT_INVALID", true, |request| {
            *request.uri_mut() = http::Uri::from_static("/ams/api/v1/payments/pay");
        }),
        ("INVALID_SIGNATURE", false, |request| {
            request.body_mut().push(b' ')
        }),
        ("INVALID_SIGNATURE", false, |request| {
            request.headers_mut().remove("signature");
        }),
        ("INVALID_SIGNATURE", false, |request| {
            set(request, "request-time", "1700000000001")
        }),
        ("KEY_NOT_FOUND", false, |request| {
            let header = request.headers()["signature"].to_str().unwrap_or_default();
            let header = header.replace("keyVersion=1", "keyVersion=7");
            set(request, "signature", &header);
        }),
        ("PARAM_ILLEGAL", true, |request| {
            request.headers_mut().remove("request-time");
        }),
        ("PARAM_ILLEGAL", true, |request| {
            set(request, "request-time", "yesterday")
        }),
        ("PARAM_ILLEGAL", true, |request| {
            set(request, "agent-token", &"x".repeat(129))
        }),
    ];
    for (number, (code, is_signed, edit)) in cases.iter().enumerate() {
        let mut request = good();
        edit(&mut request);
        let exchange = gateway.answer(&request, now());
        let record = &exchange.record;
        assert_eq!(
            record.code.as_deref(),
            Some(*code),
            "case {number}: {record:?}"
        );
        assert_eq!(exchange.response.status(), 200);
        assert!(record.note.is_some());
        let headers = exchange.response.headers();
        assert_eq!(
            headers.contains_key("signature"),
            *is_signed,
            "case {number}"
        );
    }
    assert_eq!(code(&PAY, &gateway.answer(&good(), now())), "SUCCESS");
}

fn set(request: &mut Request<Vec<u8>>, name: &'static str, value: &str) {
    let value = value.parse().expect("a value");
    request.headers_mut().insert(name, value);
}

#[test]
fn headers_obey_their_rules() {
    let refused = |name: &str, value: &'static str, rules: fn(&mut Header)| {
        let mut model = model();
        let mut headers = model.apis[0].request_headers.iter_mut();
        rules(
            headers
                .find(|header| header.name == name)
                .expect("it is described"),
        );
        let gateway = Gateway::new(model, Setup::with(&keys())).expect("the spec can be played");
        let mut request = signed(&PAY, &pay_request("pay-1", "100"));
        set(&mut request, "agent-token", value);
        let exchange = gateway.answer(&request, now());
        (code(&PAY, &exchange), exchange.record.note.clone())
    };
    let pattern = |header: &mut Header| header.pattern = Some("[0-9a-f]{4}".to_owned());
    let (code, _) = refused("Agent-Token", "12ab", pattern);
    assert_eq!(code, "SUCCESS");
    for wrong in ["12ab5", "12AB", ""] {
        let (code, why) = refused("Agent-Token", wrong, pattern);
        assert_eq!(code, "PARAM_ILLEGAL", "{wrong:?}");
        let why = why.unwrap_or_default();
        assert!(
            why.contains("invalid header `Agent-Token`: expected"),
            "{why}"
        );
    }
    let (code, _) = refused("Client-Id", "12ab", |header| header.max_length = Some(8));
    assert_eq!(code, "PARAM_ILLEGAL");
}

#[test]
fn the_signature_covers_the_bytes_of_the_body() {
    let gateway = gateway(|_| {});
    let compact = pay_request("pay-1", "100").to_string();
    let spaced = compact
        .replace("\":", "\" : \n\t")
        .replace("\"pay-1\"", "\"\\u0070ay-1\"");
    assert_ne!(compact, spaced);
    let envelope = envelope("https://open.example", &keys());
    for body in [compact, spaced] {
        let request = envelope
            .sign(&PAY, body.as_bytes(), now())
            .expect("a request");
        let exchange = gateway.answer(&request, now());
        assert_eq!(code(&PAY, &exchange), "SUCCESS");
        assert_eq!(exchange.record.key.as_deref(), Some("pay-1"));
    }
}

#[test]
fn a_repetition_after_a_cancellation_is_refused() {
    let gateway = gateway(|_| {});
    let by_id = json!({ "paymentRequestId": "pay-1" });
    let body = pay_request("pay-1", "100");
    assert_eq!(code(&PAY, &ask(&gateway, &PAY, &body)), "SUCCESS");
    assert!(ask(&gateway, &PAY, &body).record.replayed);
    assert_eq!(code(&CANCEL, &ask(&gateway, &CANCEL, &by_id)), "SUCCESS");
    for _ in 0..2 {
        let late = ask(&gateway, &PAY, &body);
        assert_eq!(code(&PAY, &late), "ORDER_IS_CANCELED");
    }
    // The cancellation itself may come again.
    assert_eq!(code(&CANCEL, &ask(&gateway, &CANCEL, &by_id)), "SUCCESS");
    // A request that differs otherwise is still a conflict.
    let other = ask(&gateway, &PAY, &pay_request("pay-1", "101"));
    assert_eq!(code(&PAY, &other), "REPEAT_REQ_INCONSISTENT");
}

#[test]
fn unknown_payments_and_too_large_refunds_are_noted() {
    let gateway = gateway(|_| {});
    let cancelled = ask(&gateway, &CANCEL, &json!({ "paymentRequestId": "nobody" }));
    assert!(note(&cancelled).contains("no earlier request to this gateway"));
    let refund = |id: &str, payment: &Value, value: &str, currency: &str| {
        let body = json!({
            "refundRequestId": id,
            "paymentId": payment,
            "refundAmount": { "value": value, "currency": currency },
        });
        ask(&gateway, &REFUND, &body)
    };
    let unknown = refund("refund-0", &json!("20230101000000000000"), "1", "USD");
    assert!(note(&unknown).contains("paymentId"), "{}", note(&unknown));
    let body = pay_request("pay-1", "100");
    let currency = body["paymentAmount"]["currency"]
        .as_str()
        .expect("a currency")
        .to_owned();
    let payment = opened(&PAY, &ask(&gateway, &PAY, &body))["paymentId"].clone();
    let first = refund("refund-1", &payment, "60", &currency);
    assert_eq!(note(&first), "");
    let second = refund("refund-2", &payment, "60", &currency);
    assert!(note(&second).contains("120"), "{}", note(&second));
    // A repeated refund claims nothing more.
    let again = refund("refund-2", &payment, "60", &currency);
    assert!(again.record.replayed);
    let other = refund(
        "refund-3",
        &payment,
        "1",
        if currency == "EUR" { "USD" } else { "EUR" },
    );
    assert!(note(&other).contains(&currency), "{}", note(&other));
}

#[test]
fn an_unknown_result_in_a_header_is_a_bad_request() {
    let gateway = gateway(|_| {});
    let mut request: Request<Vec<u8>> = signed(&PAY, &pay_request("pay-1", "100"));
    request
        .headers_mut()
        .insert(RESULT, "NO_SUCH_CODE".parse().expect("a value"));
    let refused = gateway.answer(&request, now());
    assert_eq!(refused.response.status(), 400);
    assert!(note(&refused).contains("NO_SUCH_CODE"));
    request.headers_mut().remove(RESULT);
    let paid = gateway.answer(&request, now());
    assert!(!paid.record.replayed, "it left no trace");
    // A compressed body cannot be read, and the note says so.
    request
        .headers_mut()
        .insert("content-encoding", "gzip".parse().expect("a value"));
    request
        .headers_mut()
        .insert(FAULT, "delay=0".parse().expect("a value"));
    assert!(note(&gateway.answer(&request, now())).contains("compressed"));
}
