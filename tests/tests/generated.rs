//! The generated crate, on the documented messages.

use std::fs;
use std::path::{Path, PathBuf};

use alipay_instore::ams_instore::pay_entry_code::{
    PayEntryCodeOutcome, PayEntryCodeRequest, PayEntryCodeResponse,
};
use alipay_instore::openplatform::trade_precreate::TradePrecreateRequest;
use payspec_runtime::{Message, Severity, StatusClass, Validate, check, decode, encode};
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn example(path: &str) -> Vec<u8> {
    fs::read(root().join("spec").join(path)).expect("an example")
}

fn parsed(json: &[u8]) -> Value {
    serde_json::from_slice(json).expect("JSON")
}

/// Decodes, writes again, validates; gives the message and the warnings.
fn round_trip<T>(json: &[u8]) -> (T, Vec<String>)
where
    T: Message + serde::Serialize + serde::de::DeserializeOwned,
{
    let message: T = decode(json).expect("it can be read");
    let written = encode(&message).expect("it can be written");
    assert_eq!(parsed(&written), parsed(json));
    message.validate().expect("no error");
    let found = check::<T>(json).expect("JSON");
    let warnings = message.violations();
    assert_eq!(found, warnings);
    let warnings = warnings.into_iter().inspect(|violation| {
        assert_eq!(violation.severity, Severity::Warning);
    });
    (
        message,
        warnings.map(|violation| violation.to_string()).collect(),
    )
}

#[test]
fn documented_request() {
    let json = example("ams-instore/examples/pay-entry-code.request.json");
    let (request, warnings) = round_trip::<PayEntryCodeRequest>(&json);
    insta::assert_debug_snapshot!((request, warnings));
}

#[test]
fn documented_response() {
    let json = example("ams-instore/examples/pay-entry-code.response.json");
    let (response, warnings) = round_trip::<PayEntryCodeResponse>(&json);
    insta::assert_debug_snapshot!((response.outcome(), warnings));
}

#[test]
fn documented_request_of_the_other_api() {
    let json = example("openplatform/examples/trade-precreate.request.json");
    let (request, warnings) = round_trip::<TradePrecreateRequest>(&json);
    insta::assert_debug_snapshot!((request, warnings));
}

/// The outcome of the documented response after a change.
fn outcome(change: impl FnOnce(&mut Value)) -> PayEntryCodeOutcome {
    let mut message = parsed(&example(
        "ams-instore/examples/pay-entry-code.response.json",
    ));
    change(&mut message);
    let response: PayEntryCodeResponse =
        decode(message.to_string().as_bytes()).expect("it can be read");
    response.outcome()
}

fn class(outcome: &PayEntryCodeOutcome) -> StatusClass {
    match outcome {
        PayEntryCodeOutcome::Redirect(_) => StatusClass::Succeeded,
        PayEntryCodeOutcome::Failed(_) => StatusClass::Failed,
        _ => StatusClass::Pending,
    }
}

#[test]
fn what_is_not_clear_is_pending() {
    let result = |status: &str, code: &str| json!({ "resultStatus": status, "resultCode": code, "resultMessage": "m" });
    let with = |status: &str, code: &str| {
        let result = result(status, code);
        class(&outcome(|message| message["result"] = result))
    };
    for (status, code, expected) in [
        ("S", "SUCCESS", StatusClass::Succeeded),
        ("F", "PARAM_ILLEGAL", StatusClass::Failed),
        ("U", "PAYMENT_IN_PROCESS", StatusClass::Pending),
        // A code that is not documented is judged by its status.
        ("S", "NEW_CODE", StatusClass::Succeeded),
        ("F", "NEW_CODE", StatusClass::Failed),
        ("U", "NEW_CODE", StatusClass::Pending),
        // A status that is not documented, or a code that belongs to another one.
        ("A", "SUCCESS", StatusClass::Pending),
        ("s", "SUCCESS", StatusClass::Pending),
        ("F", "SUCCESS", StatusClass::Pending),
        ("S", "PARAM_ILLEGAL", StatusClass::Pending),
        ("F", "UNKNOWN_EXCEPTION", StatusClass::Pending),
    ] {
        assert_eq!(with(status, code), expected, "{status} {code}");
    }
}

#[test]
fn a_redirect_needs_an_address() {
    let without_form = outcome(|message| message["redirectActionForm"] = Value::Null);
    assert_eq!(class(&without_form), StatusClass::Pending);
    let without_url = outcome(|message| message["redirectActionForm"] = json!({ "method": "GET" }));
    assert_eq!(class(&without_url), StatusClass::Pending);
    let empty_url = outcome(|message| message["redirectActionForm"]["redirectUrl"] = json!(""));
    assert_eq!(class(&empty_url), StatusClass::Pending);
}

#[test]
fn a_pending_payment_is_named_by_the_first_reference_there_is() {
    let named = |change: fn(&mut Value)| {
        let outcome = outcome(|message| {
            message["result"]["resultStatus"] = json!("X");
            change(message);
        });
        let PayEntryCodeOutcome::Pending(pending) = outcome else {
            panic!("not pending")
        };
        pending
            .inquire()
            .map(|reference| (reference.name(), reference.value().to_owned()))
    };
    let id = named(|_| {}).expect("a reference");
    assert_eq!(
        id,
        (
            "paymentId",
            "2019111919401080010018885020050XXXX".to_owned()
        )
    );
    let id = named(|message| message["paymentId"] = json!("")).expect("a reference");
    assert_eq!(id, ("paymentRequestId", "10277574507XXXX".to_owned()));
    let none = named(|message| {
        message["paymentId"] = Value::Null;
        message["paymentRequestId"] = Value::Null;
    });
    assert_eq!(none, None);
}
