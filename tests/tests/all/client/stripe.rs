//! The client that is generated for Stripe's payments, and the mock gateway, over a socket: what Stripe's own SDK does in
//! `tests/interop/stripe/pay.py`.

use std::time::Duration;

use payspec_mock::{
    Clock as MockClock, KeyPair, Keys, MockGateway, Retention, Script, Setup, TestCredentials,
};
use payspec_runtime::client::{
    AnswerErrorKind, Answered, Base, Call, CallError, Envelope, Problem, RawClient, Transport,
    TransportError, Unsigned, Ureq,
};
use payspec_runtime::{DecodeError, Message, Valid, Validate, decode};
use serde_json::{Value, json};

use super::support::FakeClock;
use crate::providers::generated::stripe::stripe;
use stripe::RECIPE;
use stripe::cancel_payment::{CancelPaymentOutcome, CancelPaymentRequest};
use stripe::capture_payment::{CapturePaymentOutcome, CapturePaymentRequest};
use stripe::client::Credentials;
use stripe::confirm_payment::{
    ConfirmPaymentOutcome, ConfirmPaymentRequest, ConfirmPaymentResultCode,
};
use stripe::create_payment::{CreatePaymentOutcome, CreatePaymentRequest, CreatePaymentResultCode};
use stripe::create_refund::{CreateRefundOutcome, CreateRefundRequest};
use stripe::list_payments::{ListPaymentsOutcome, ListPaymentsRequest};
use stripe::retrieve_payment::{RetrievePaymentOutcome, RetrievePaymentRequest};
use stripe::retrieve_refund::{RetrieveRefundOutcome, RetrieveRefundRequest};

const VERSION: &str = "2026-10-28.endive";

type Client = RawClient<Ureq, Unsigned, Unsigned>;

/// A gateway that gives these results to the requests, in their order, and a clock that stands.
pub(super) fn gateway(steps: &Value) -> MockGateway {
    gateway_that_keeps(steps, Retention::default())
}

/// Such a gateway, which forgets payments and their keys by this rule.
pub(super) fn gateway_that_keeps(steps: &Value, retention: Retention) -> MockGateway {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/providers/stripe");
    let model = payspec_model::load(std::path::Path::new(spec)).model;
    let setup = Setup {
        credentials: TestCredentials::default().with("secret_key", "sk_test"),
        retention,
        ..Setup::unsigned()
    };
    let none = || KeyPair {
        private: String::new(),
        public: String::new(),
    };
    let keys = Keys {
        client: none(),
        gateway: none(),
    };
    let clock = MockClock::standing(std::time::SystemTime::now());
    let gateway = MockGateway::start_with(model.expect("a model"), setup, keys, clock);
    let gateway = gateway.expect("a gateway");
    let script = Script::from_json(&json!({ "steps": steps }).to_string());
    gateway.script(script.expect("a script")).expect("it fits");
    gateway
}

fn client(gateway: &MockGateway, key: &str) -> Client {
    raw_client(Ureq::default(), &gateway.url(), key)
}

pub(super) fn raw_client<T>(
    transport: T,
    url: &str,
    key: &str,
) -> RawClient<T, Unsigned, Unsigned> {
    let base: Base = url.parse().expect("a base");
    let credentials = Credentials {
        secret_key: key.into(),
        webhook_secret: None,
    };
    let envelope = Envelope::with_credentials(&RECIPE, base, &credentials).expect("they fit");
    RawClient::new(envelope, transport)
        .clock(FakeClock::new())
        .seed(7)
}

/// Answers every request alike.
struct Always(u16, Value);

impl Transport for Always {
    fn send(&self, _: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let response = http::Response::builder().status(self.0);
        Ok(response
            .body(self.1.to_string().into_bytes())
            .expect("an answer"))
    }
}

pub(super) fn valid<T: Message + Validate>(mut json: Value) -> Valid<T> {
    json["Stripe-Version"] = VERSION.into();
    let request = decode::<T>(json.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

pub(super) fn order(key: &str, amount: i64) -> Valid<CreatePaymentRequest> {
    valid(json!({
        "Idempotency-Key": key, "amount": amount, "currency": "usd", "payment_method": "pm_card_visa",
        "payment_method_types": ["card"], "confirm": true, "metadata": { "order": "6735" },
    }))
}

fn called<R: Call>(client: &Client, request: Valid<R>) -> Answered<R> {
    client
        .call(request)
        .unwrap_or_else(|error| panic!("{error}"))
}

fn retrieved(client: &Client, id: &str) -> RetrievePaymentOutcome {
    called::<RetrievePaymentRequest>(client, valid(json!({ "id": id }))).outcome
}

#[test]
fn a_payment_is_made_once_and_refunded() {
    let gateway = gateway(&json!([]));
    let client = client(&gateway, "sk_test");
    let paid = called(&client, order("1", 1099));
    assert!(
        matches!(paid.outcome, CreatePaymentOutcome::Paid),
        "{:?}",
        paid.outcome
    );
    let id = paid.response.id.expect("an id");
    let again = called(&client, order("1", 1099));
    assert_eq!(again.response.id.as_ref(), Some(&id));
    assert_eq!(gateway.exchanges().len(), 2);
    assert!(gateway.exchanges()[0].replayed, "the newest comes first");
    let other = called(&client, order("2", 1099));
    assert_ne!(other.response.id.as_ref(), Some(&id));
    assert!(matches!(
        retrieved(&client, &id),
        RetrievePaymentOutcome::Paid
    ));

    let refund = json!({ "Idempotency-Key": "3", "payment_intent": id, "amount": 1099 });
    let refunded = called::<CreateRefundRequest>(&client, valid(refund));
    assert!(matches!(refunded.outcome, CreateRefundOutcome::Refunded));
    let refund = refunded.response.id.expect("an id");
    assert_eq!(gateway.exchanges()[0].note, None);
    let found = called::<RetrieveRefundRequest>(&client, valid(json!({ "id": refund })));
    assert!(matches!(found.outcome, RetrieveRefundOutcome::Refunded));
    let page = called::<ListPaymentsRequest>(&client, valid(json!({ "limit": 2 })));
    assert!(matches!(page.outcome, ListPaymentsOutcome::Listed));
}

/// The same key for another request is a conflict, which settles nothing.
#[test]
fn another_request_under_the_same_key_is_a_conflict() {
    let gateway = gateway(&json!([]));
    let client = client(&gateway, "sk_test");
    called(&client, order("1", 1099));
    let Err(CallError::InDoubt(doubt)) = client.call(order("1", 1100)) else {
        panic!("a decision");
    };
    assert!(matches!(doubt.problem(), Problem::Conflict(_)), "{doubt:?}");
    let exchange = &gateway.exchanges()[0];
    assert_eq!(exchange.http_status, 400);
    assert_eq!(exchange.code.as_deref(), Some("idempotency_error"));
}

#[test]
fn a_payment_that_takes_time_is_retrieved_until_it_is_paid() {
    let gateway = gateway(&json!([{ "result": "processing", "settlement": "succeeds=60" }]));
    let client = client(&gateway, "sk_test");
    let started = called(&client, order("1", 1099));
    assert!(matches!(started.outcome, CreatePaymentOutcome::Processing));
    let id = started.response.id.expect("an id");
    assert!(matches!(
        retrieved(&client, &id),
        RetrievePaymentOutcome::Processing
    ));
    gateway.clock().advance(Duration::from_secs(61));
    assert!(matches!(
        retrieved(&client, &id),
        RetrievePaymentOutcome::Paid
    ));
}

#[test]
fn a_payment_in_steps_waits_for_each() {
    let gateway = gateway(&json!([
        { "result": "requires_confirmation", "settlement": "waits" },
        { "operation": "confirm_payment", "result": "authorized", "settlement": "waits" },
    ]));
    let client = client(&gateway, "sk_test");
    let created = called(&client, order("1", 1099));
    assert!(matches!(
        created.outcome,
        CreatePaymentOutcome::RequiresConfirmation
    ));
    let id = created.response.id.expect("an id");
    assert!(matches!(
        retrieved(&client, &id),
        RetrievePaymentOutcome::RequiresConfirmation
    ));
    let confirm = valid::<ConfirmPaymentRequest>(json!({ "Idempotency-Key": "2", "id": id }));
    let confirmed = called(&client, confirm);
    assert!(matches!(
        confirmed.outcome,
        ConfirmPaymentOutcome::Authorized
    ));
    assert!(matches!(
        retrieved(&client, &id),
        RetrievePaymentOutcome::Authorized
    ));
    let capture = json!({ "Idempotency-Key": "3", "id": id, "amount_to_capture": 1099 });
    let captured = called::<CapturePaymentRequest>(&client, valid(capture));
    assert!(matches!(captured.outcome, CapturePaymentOutcome::Paid));
    assert!(matches!(
        retrieved(&client, &id),
        RetrievePaymentOutcome::Paid
    ));
}

#[test]
fn nothing_can_be_done_about_a_cancelled_payment() {
    let gateway = gateway(&json!([{ "result": "authorized", "settlement": "waits" }]));
    let client = client(&gateway, "sk_test");
    let reserved = called(&client, order("1", 1099));
    let id = reserved.response.id.expect("an id");
    let cancel = valid::<CancelPaymentRequest>(json!({ "Idempotency-Key": "2", "id": id }));
    let cancelled = called(&client, cancel);
    assert!(matches!(cancelled.outcome, CancelPaymentOutcome::Cancelled));
    assert!(matches!(
        retrieved(&client, &id),
        RetrievePaymentOutcome::Cancelled
    ));
    let confirm = valid::<ConfirmPaymentRequest>(json!({ "Idempotency-Key": "3", "id": id }));
    let ConfirmPaymentOutcome::Failed(failed) = called(&client, confirm).outcome else {
        panic!("it is confirmed");
    };
    let code = ConfirmPaymentResultCode::PaymentIntentUnexpectedState;
    assert_eq!(*failed.code(), code);
}

/// A decline is a decision with the reason of the bank, and the same key gets it again.
#[test]
fn a_declined_card_ends_the_attempt() {
    let gateway = gateway(&json!([{ "result": "insufficient_funds" }]));
    let client = client(&gateway, "sk_test");
    for _ in 0..2 {
        let CreatePaymentOutcome::Declined(failed) = called(&client, order("1", 1099)).outcome
        else {
            panic!("it is paid");
        };
        assert_eq!(*failed.code(), CreatePaymentResultCode::InsufficientFunds);
        assert_eq!(failed.resend(), Some(payspec_runtime::Resend::Pointless));
        assert_eq!(failed.message(), Some("Your card has insufficient funds."));
    }
}

#[test]
fn a_wrong_key_decides_nothing() {
    let gateway = gateway(&json!([]));
    let Err(CallError::InDoubt(doubt)) = client(&gateway, "sk_other").call(order("1", 1099)) else {
        panic!("a decision");
    };
    let exchanges = gateway.exchanges();
    assert!(
        exchanges.iter().all(|one| one.http_status == 401),
        "{exchanges:?}"
    );
    let paid = client(&gateway, "sk_test")
        .resend(doubt)
        .expect("an answer");
    assert!(
        matches!(paid.outcome, CreatePaymentOutcome::Paid),
        "{paid:?}"
    );
}

/// A refund names its payment by another name than the payment has itself, and has no currency.
#[test]
fn a_refund_is_compared_with_its_payment() {
    let gateway = gateway(&json!([]));
    let client = client(&gateway, "sk_test");
    let paid = called(&client, order("1", 1099));
    let id = paid.response.id.expect("an id");
    let refund = |key: &str, payment: &str, amount: Option<i64>| {
        let mut refund = json!({ "Idempotency-Key": key, "payment_intent": payment });
        if let Some(amount) = amount {
            refund["amount"] = amount.into();
        }
        called::<CreateRefundRequest>(&client, valid(refund));
        gateway.exchanges()[0].note.clone().unwrap_or_default()
    };
    assert_eq!(refund("2", &id, Some(600)), "");
    // All that is left.
    assert_eq!(refund("3", &id, None), "");
    let more = refund("4", &id, Some(1));
    assert!(more.contains("claim 1100 in total"), "{more}");
    let unknown = refund("5", "pi_of_somebody_else", Some(1));
    assert!(unknown.contains("unknown resource"), "{unknown}");
    assert!(unknown.contains("payment_intent"), "{unknown}");
}

/// Nothing but its fields shows that an answer is the provider's: one that lacks what its HTTP status requires proves
/// neither that the money went back nor that it stayed.
#[test]
fn an_answer_without_what_its_status_requires_is_a_doubt() {
    let refund = json!({ "Idempotency-Key": "3", "payment_intent": "pi_1", "amount": 1099 });
    let lacking = |status: u16, answer: Value| -> Option<String> {
        let client = raw_client(
            Always(status, answer),
            "https://api.stripe.example",
            "sk_test",
        );
        let doubt = match client.call(valid::<CreateRefundRequest>(refund.clone())) {
            Ok(_) => return None,
            Err(CallError::InDoubt(doubt)) => doubt,
            Err(error) => panic!("{error}"),
        };
        let Problem::Answer(error) = doubt.problem() else {
            panic!("{status}: another problem");
        };
        let AnswerErrorKind::Malformed(DecodeError::Undecidable(why)) = error.kind() else {
            panic!("{error}");
        };
        Some(
            why.decisive()
                .iter()
                .map(|one| one.path.to_string())
                .collect(),
        )
    };
    for status in ["failed", "canceled", "succeeded"] {
        let whole = json!({ "id": "re_1", "status": status, "amount": 1099, "currency": "usd" });
        assert_eq!(lacking(200, whole), None, "{status}");
        for id in [json!({}), json!({ "id": null })] {
            let mut part = json!({ "status": status, "amount": 1099, "currency": "usd" });
            part.as_object_mut()
                .expect("an object")
                .extend(id.as_object().cloned().expect("one"));
            assert_eq!(lacking(200, part).as_deref(), Some("/id"), "{status}");
        }
    }
    assert_eq!(
        lacking(404, json!({ "message": "Not found" })).as_deref(),
        Some("/error")
    );
}
