//! The client that is generated for PayPal, and the mock gateway, over a socket: what the SDK does in
//! `tests/interop/paypal/pay.py`.

use std::path::Path;
use std::time::Duration;

use payspec_mock::{Clock as MockClock, Keys, MockGateway, Script, Setup, TestCredentials};
use payspec_runtime::client::life::{Ending, RefundEnding, Stop};
use payspec_runtime::client::{
    Answered, Base, Call, CallError, Clock, Envelope, RawClient, Unsigned, Ureq,
};
use payspec_runtime::{Message, Valid, Validate, decode};
use serde_json::{Value, json};

use super::support::FakeClock;
use crate::providers::generated::paypal::paypal;
use paypal::RECIPE;
use paypal::capture_authorization::{CaptureAuthorizationOutcome, CaptureAuthorizationRequest};
use paypal::capture_order::{CaptureOrderOutcome, CaptureOrderRequest};
use paypal::client::Client as Generated;
use paypal::create_order::{CreateOrderOutcome, CreateOrderRequest};
use paypal::get_capture::{GetCaptureOutcome, GetCaptureRequest};
use paypal::refund_capture::RefundCaptureRequest;
use paypal::void_authorization::{VoidAuthorizationOutcome, VoidAuthorizationRequest};

const AUTHORIZATION: &str = "0VF52814937998046";
const REPRESENTATION: &str = "return=representation";

type Client = RawClient<Ureq, Unsigned, Unsigned>;

/// A gateway that gives these results to the requests, in their order, and a clock that stands.
fn gateway(steps: &Value) -> MockGateway {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/providers/paypal");
    let model = payspec_model::load(Path::new(spec)).model;
    let keys = Keys::make().expect("keys");
    let setup = Setup {
        credentials: TestCredentials::default()
            .with("client_id", "app-1")
            .with("client_secret", "shared"),
        token_lifetime: Duration::from_secs(600),
        ..Setup::with(&keys)
    };
    let clock = MockClock::standing(FakeClock::new().time());
    let gateway = MockGateway::start_with(model.expect("a model"), setup, keys, clock);
    let gateway = gateway.expect("a gateway");
    let script = Script::from_json(&json!({ "steps": steps }).to_string());
    gateway.script(script.expect("a script")).expect("it fits");
    gateway
}

fn client(gateway: &MockGateway) -> Client {
    let base: Base = gateway.url().parse().expect("a base");
    let envelope = Envelope::with_credentials(&RECIPE, base, gateway.credentials());
    RawClient::new(envelope.expect("they fit"), Ureq::default())
        .clock(FakeClock::new())
        .seed(7)
}

fn valid<T: Message + Validate>(json: &Value) -> Valid<T> {
    let request = decode::<T>(json.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

fn called<R: Call>(client: &Client, request: Valid<R>) -> Answered<R> {
    let answered = client.call(request);
    answered.unwrap_or_else(|error| panic!("{error}"))
}

fn order(key: &str) -> Valid<CreateOrderRequest> {
    valid(&json!({
        "PayPal-Request-Id": key, "Prefer": REPRESENTATION, "intent": "AUTHORIZE",
        "purchase_units": [{ "amount": { "currency_code": "USD", "value": "10.99" } }],
    }))
}

fn capture(key: &str) -> Valid<CaptureAuthorizationRequest> {
    valid(&json!({
        "PayPal-Request-Id": key, "Prefer": REPRESENTATION, "authorization_id": AUTHORIZATION,
        "amount": { "currency_code": "USD", "value": "10.99" },
    }))
}

fn refund(key: &str, capture: &str) -> Valid<RefundCaptureRequest> {
    valid(&json!({
        "PayPal-Request-Id": key, "Prefer": REPRESENTATION, "capture_id": capture,
        "amount": { "currency_code": "USD", "value": "5.00" },
    }))
}

/// Returns how often an operation was requested.
fn requested(gateway: &MockGateway, operation: &str) -> usize {
    let asked = gateway.exchanges();
    let asked = asked.iter();
    asked
        .filter(|one| one.operation.as_deref() == Some(operation))
        .count()
}

#[test]
fn an_order_that_is_completed_proves_no_payment() {
    let gateway = gateway(&json!([
        { "operation": "create_order", "result": "open" },
        { "operation": "capture_order", "result": "completed" },
    ]));
    let client = client(&gateway);
    let created = called(&client, order("order-1"));
    assert!(matches!(created.outcome, CreateOrderOutcome::Open));
    let id = created.response.id.expect("an id");
    let request = json!({ "PayPal-Request-Id": "capture-1", "Prefer": REPRESENTATION, "id": id });
    let captured = called::<CaptureOrderRequest>(&client, valid(&request));
    assert!(matches!(captured.outcome, CaptureOrderOutcome::Completed));
}

#[test]
fn a_capture_is_made_once_and_looked_up() {
    let gateway = gateway(&json!([]));
    let client = client(&gateway);
    let paid = called(&client, capture("capture-1"));
    assert!(matches!(paid.outcome, CaptureAuthorizationOutcome::Paid));
    let again = called(&client, capture("capture-1"));
    assert_eq!(again.response.id, paid.response.id);
    let request = json!({ "id": paid.response.id.expect("an id") });
    let found = called::<GetCaptureRequest>(&client, valid(&request));
    assert!(matches!(found.outcome, GetCaptureOutcome::Paid));
    assert_eq!(requested(&gateway, "get_token"), 1);
}

#[test]
fn an_authorization_is_given_up() {
    let gateway = gateway(&json!([]));
    let client = client(&gateway);
    let request = json!({ "PayPal-Request-Id": "void-1", "Prefer": REPRESENTATION, "authorization_id": AUTHORIZATION });
    let voided = called::<VoidAuthorizationRequest>(&client, valid(&request));
    assert!(matches!(voided.outcome, VoidAuthorizationOutcome::Voided));
}

/// PayPal refuses what it cannot carry out with one name for many reasons, such as that the money was captured before.
#[test]
fn a_refusal_whose_reason_is_in_a_list_decides_nothing() {
    let gateway = gateway(&json!([
        { "operation": "capture_authorization", "result": "INVALID_REQUEST" },
        { "operation": "capture_authorization", "result": "UNPROCESSABLE_ENTITY", "times": 9 },
    ]));
    let client = client(&gateway);
    let refused = called(&client, capture("capture-1"));
    assert!(matches!(
        refused.outcome,
        CaptureAuthorizationOutcome::Failed(_)
    ));
    let open = client.call(capture("capture-2"));
    assert!(matches!(open, Err(CallError::InDoubt(_))));
}

#[test]
fn an_unknown_capture_is_refused() {
    let gateway = gateway(&json!([]));
    let client = client(&gateway);
    let found = called::<GetCaptureRequest>(&client, valid(&json!({ "id": "UNKNOWN" })));
    assert!(matches!(found.outcome, GetCaptureOutcome::NotFound(_)));
}

/// The capture is pending and its token expires while it is looked up.
#[test]
fn a_flow_outlives_its_token() {
    let gateway = gateway(&json!([
        { "operation": "capture_authorization", "result": "processing", "settlement": "succeeds=1500" },
    ]));
    let clock = FakeClock::new();
    let client = Generated::from(client(&gateway).clock(clock.clone()));
    let mut payment = client
        .capture_life(capture("capture-1"))
        .expect("it begins");
    let ending = loop {
        match client.go_on(&mut payment).expect("it goes on") {
            Stop::Until(time) => {
                Clock::sleep(&clock, time.duration_since(clock.time()).expect("later"));
                Clock::sleep(&clock, Duration::from_secs(601));
                gateway.clock().advance(Duration::from_secs(610));
            }
            Stop::Ended(ending) => break ending,
            Stop::Show(shown) => panic!("{shown:?}"),
        }
    };
    let Ending::Paid(proved) = ending else {
        panic!("{ending}");
    };
    assert_eq!(proved.said(), "get_capture.paid");
    assert!(proved.proof().id.is_some());
    assert_eq!(requested(&gateway, "capture_authorization"), 1);
    assert!(requested(&gateway, "get_token") > 1);
}

#[test]
fn a_refund_goes_through_its_flow() {
    let gateway = gateway(&json!([
        { "operation": "refund_capture", "result": "under_way", "settlement": "succeeds=1" },
    ]));
    let clock = FakeClock::new();
    let client = client(&gateway).clock(clock.clone());
    let paid = called(&client, capture("capture-1"));
    let client = Generated::from(client);
    let request = refund("refund-1", &paid.response.id.expect("an id"));
    let mut life = client.refund_life(request).expect("it begins");
    let ending = loop {
        match client.go_on(&mut life).expect("it goes on") {
            Stop::Until(time) => {
                Clock::sleep(&clock, time.duration_since(clock.time()).expect("later"));
                gateway.clock().advance(Duration::from_secs(2));
            }
            Stop::Ended(ending) => break ending,
            Stop::Show(shown) => panic!("{shown:?}"),
        }
    };
    assert!(matches!(ending, RefundEnding::Refunded(_)), "{ending}");
}
