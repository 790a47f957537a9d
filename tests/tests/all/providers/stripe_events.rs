//! The events of Stripe: both validators agree about each, and so do the types and the message checker about what it
//! decides.

use payspec_model::check::Checker;
use payspec_model::model::Side;
use payspec_runtime::decode;
use payspec_runtime::json::Node;
use serde_json::{Value, json};

use super::generated::stripe::stripe::report_event::{ReportEventOutcome, ReportEventRequest};
use super::{Provider, providers};

const ID: &str = "report_event";

fn stripe() -> Provider {
    let found = providers().find(|one| one.expected.name == "stripe");
    found.expect("the provider")
}

/// Returns the outcome of an event in the words of the spec, by the types and by the message checker.
fn decided(provider: &Provider, event: &Value) -> [String; 2] {
    let bytes = event.to_string();
    let by_types = match decode::<ReportEventRequest>(bytes.as_bytes()) {
        Ok(event) => word(&event.outcome()),
        Err(_) => "pending",
    };
    let (api, operation) = provider.validators.operation(ID);
    let checker = Checker::new(api, operation, Side::Request).expect("a body");
    let node = Node::parse(&bytes).expect("JSON");
    let findings = checker.check_answer(&node, None);
    let verdict = checker.judge(&node, &findings, None);
    let by_checker = verdict.map_or_else(String::new, |verdict| verdict.outcome().to_owned());
    [by_types.to_owned(), by_checker]
}

fn word(outcome: &ReportEventOutcome) -> &'static str {
    match outcome {
        ReportEventOutcome::Paid => "paid",
        ReportEventOutcome::Cancelled => "cancelled",
        ReportEventOutcome::Authorized => "authorized",
        ReportEventOutcome::Processing => "processing",
        ReportEventOutcome::RequiresAction => "requires_action",
        ReportEventOutcome::RequiresPaymentMethod => "requires_payment_method",
        ReportEventOutcome::Created => "created",
        ReportEventOutcome::Refunded => "refunded",
        ReportEventOutcome::UnderWay => "under_way",
        ReportEventOutcome::RefundFailed => "refund_failed",
        ReportEventOutcome::Pending(_) => "pending",
    }
}

/// The events that prove an end, and those that look like them.
#[test]
fn nothing_but_a_documented_event_is_an_end() {
    let provider = stripe();
    let (_, example) = provider.examples(ID).next().expect("an example");
    let types = [
        "payment_intent.succeeded",
        "payment_intent.canceled",
        "payment_intent.amount_capturable_updated",
        "payment_intent.processing",
        "payment_intent.requires_action",
        "payment_intent.payment_failed",
        "payment_intent.created",
        "refund.created",
        "refund.updated",
        "refund.failed",
        "charge.succeeded",
        "PAYMENT_INTENT.SUCCEEDED",
        "",
    ];
    let statuses = [
        "succeeded",
        "pending",
        "failed",
        "canceled",
        "processing",
        "",
    ];
    let mut tried = 0;
    for kind in types {
        for status in statuses {
            let mut event = example.clone();
            event["type"] = kind.into();
            event["data"]["object"]["status"] = status.into();
            let [types, checker] = decided(&provider, &event);
            assert_eq!(types, checker, "{kind} {status}");
            let is =
                |outcome: &str, holds: bool| assert_eq!(types == outcome, holds, "{kind} {status}");
            let refund = kind == "refund.created" || kind == "refund.updated";
            is("paid", kind == "payment_intent.succeeded");
            is("cancelled", kind == "payment_intent.canceled");
            is("refunded", refund && status == "succeeded");
            let failed = refund && ["failed", "canceled"].contains(&status);
            is("refund_failed", failed || kind == "refund.failed");
            // Without its id, an event is about nothing.
            event["data"]["object"]["id"] = Value::Null;
            let [types, checker] = decided(&provider, &event);
            assert_eq!(types, checker, "{kind} {status} without an id");
            assert!(
                !["paid", "refunded", "authorized"].contains(&types.as_str()),
                "{kind} {status}"
            );
            tried += 1;
        }
    }
    assert_eq!(tried, 78);
}

#[test]
fn the_events_are_valid_and_decide_as_they_are_named() {
    let provider = stripe();
    let expected = [
        ("payment-succeeded", "paid"),
        ("payment-canceled", "cancelled"),
        ("payment-failed", "requires_payment_method"),
        ("refund-succeeded", "refunded"),
        ("refund-failed", "refund_failed"),
    ];
    let mut found = Vec::new();
    for (example, json) in provider.examples(ID) {
        let bytes = json.to_string();
        let broken =
            provider
                .validators
                .both::<ReportEventRequest>(ID, Side::Request, bytes.as_bytes());
        assert_eq!(broken.expect("JSON"), [], "{}", example.name);
        let [types, checker] = decided(&provider, &json);
        assert_eq!(types, checker, "{}", example.name);
        found.push((example.name.clone(), types));
        // What Stripe adds to its events is ignored.
        let mut more = json;
        more["data"]["object"]["charges"] = json!({ "data": [{}] });
        more["context"] = Value::Null;
        let bytes = more.to_string();
        assert!(decode::<ReportEventRequest>(bytes.as_bytes()).is_ok());
    }
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(name, outcome)| (name.as_str(), outcome.as_str()))
        .collect();
    assert_eq!(found, expected);
}
