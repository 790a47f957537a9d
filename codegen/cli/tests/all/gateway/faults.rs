//! Faults and scripts.

use std::time::Duration;

use payspec_mock::{Delivery, FAULT, Gateway, RESULT, Script, Setup};
use payspec_runtime::client::*;
use serde_json::json;

use super::{INQUIRE, PAY, ask, asked_for, code, gateway, keys, model, opened, pay_request, why};

#[test]
fn a_request_with_a_lost_answer_was_processed() {
    let gateway = gateway(|_| {});
    let body = pay_request("pay-1", "100");
    let (lost, _) = asked_for(&gateway, &body, FAULT, "lose-answer");
    assert_eq!(lost.delivery, Delivery::Lost);
    let again = ask(&gateway, &PAY, &body);
    assert!(again.record.replayed, "the payment exists");
    // A dropped request leaves no trace.
    let (dropped, _) = asked_for(&gateway, &pay_request("pay-2", "100"), FAULT, "drop");
    assert_eq!(dropped.delivery, Delivery::Lost);
    assert!(
        !ask(&gateway, &PAY, &pay_request("pay-2", "100"))
            .record
            .replayed
    );
}

#[test]
fn a_client_meets_every_way_in_which_an_answer_can_be_wrong() {
    let gateway = gateway(|_| {});
    let unverified = AnswerErrorKind::Unverified;
    let body = pay_request("pay-1", "100");
    for (fault, kind) in [
        ("unsigned", unverified(Unverified::Unsigned)),
        ("wrong-signature", unverified(Unverified::WrongSignature)),
        ("changed-body", unverified(Unverified::WrongSignature)),
        ("no-time", unverified(Unverified::Missing("Response-Time"))),
        ("twice", unverified(Unverified::Twice("Signature"))),
        ("http-status=503", AnswerErrorKind::HttpStatus),
        ("not-json", AnswerErrorKind::NotJson),
        ("no-result", AnswerErrorKind::NoResult),
        ("unknown-status", AnswerErrorKind::UnknownStatus),
    ] {
        let (_, response) = asked_for(&gateway, &body, FAULT, fault);
        assert_eq!(why(&response), kind, "{fault}");
    }
    let (truncated, _) = asked_for(&gateway, &body, FAULT, "truncate, delay=20");
    assert_eq!(truncated.delivery, Delivery::Truncated);
    assert_eq!(truncated.delay, Duration::from_millis(20));
    // An unknown fault or result gets an answer that the provider would not give.
    let (_, unknown) = asked_for(&gateway, &body, FAULT, "explode");
    assert_eq!(unknown.status(), 400);
    let (_, unknown) = asked_for(&gateway, &pay_request("pay-9", "1"), RESULT, "NO_SUCH_CODE");
    assert_eq!(unknown.status(), 400);
    assert!(!unknown.headers().contains_key("signature"));
}

#[test]
fn a_script_chooses_the_next_results() {
    let script = Script::from_json(
        r#"{"steps": [
            {"operation": "pay_entry_code", "result": "UNKNOWN_EXCEPTION", "times": 2},
            {"operation": "inquiry_payment", "result": "processing"},
            {"fault": "lose-answer", "key": "pay-2"}
        ], "amounts": {"9901": "RISK_REJECT"}}"#,
    );
    let gateway = gateway(|setup| setup.script = script.expect("a script"));
    let pay = |id: &str, amount: &str| ask(&gateway, &PAY, &pay_request(id, amount));
    assert_eq!(code(&PAY, &pay("pay-1", "100")), "UNKNOWN_EXCEPTION");
    assert_eq!(code(&PAY, &pay("pay-1", "100")), "UNKNOWN_EXCEPTION");
    assert_eq!(code(&PAY, &pay("pay-1", "100")), "SUCCESS");
    assert_eq!(pay("pay-2", "100").delivery, Delivery::Lost);
    assert_eq!(code(&PAY, &pay("pay-3", "9901")), "RISK_REJECT");
    let question = json!({ "paymentRequestId": "pay-1" });
    let answer = opened(&INQUIRE, &ask(&gateway, &INQUIRE, &question));
    assert_eq!(answer["paymentStatus"], "PROCESSING");
    let answer = opened(&INQUIRE, &ask(&gateway, &INQUIRE, &question));
    assert_eq!(answer["paymentStatus"], "SUCCESS");
}

#[test]
fn a_script_with_unknown_names_is_refused() {
    for (script, part) in [
        (r#"{"steps": [{"result": 1}]}"#, "line 1"),
        (r#"{"steps": [{"operation": "pay_entry_cod"}]}"#, "step 1"),
        (r#"{"steps": [{}, {"fault": "explode"}]}"#, "step 2"),
        (
            r#"{"steps": [{"operation": "cancel", "result": "RISK_REJECT"}]}"#,
            "RISK_REJECT",
        ),
        (r#"{"amounts": {"1": "NOTHING"}}"#, "amount 1"),
        (r#"{"step": []}"#, "unknown field"),
    ] {
        let error = Script::from_json(script).and_then(|script| {
            let mut setup = Setup::with(&keys());
            setup.script = script;
            Gateway::new(model(), setup).map(|_| ())
        });
        let error = error.expect_err(script).to_string();
        assert!(error.contains(part), "{script}: {error}");
    }
}
