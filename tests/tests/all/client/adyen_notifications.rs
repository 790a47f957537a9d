//! Events of Adyen: several in one message, each signed on its own inside of the body.

use super::support::FakeClock;
use crate::providers::generated::adyen::adyen;
use adyen::RECIPE;
use adyen::client::{Client, Credentials};
use adyen::create_payment::{CreatePaymentOutcome, CreatePaymentRequest};
use adyen::report_event::{ReportEventOutcome, ReportEventRequest};
use http::{Request, StatusCode};
use payspec_mock::{Clock as MockClock, Keys, MockGateway, Notification, Script, Setup};
use payspec_runtime::client::{
    Base, Batch, BodyProofKey, BodyUnproved, Clock as _, Envelope, NotificationError, RawClient,
    Seen, SeenInMemory, SeenNotifications as _, Unsigned, Unverified, Ureq,
};
use payspec_runtime::{Valid, decode};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// The key and the first event of the unit tests of Adyen's library for Python.
const KEY: &str = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
const EVENT: &str = include_str!("../../../providers/adyen/spec/examples/event-authorised.json");

fn credentials(key: Option<&str>) -> Credentials {
    Credentials {
        api_key: "api-key".into(),
        hmac_key: key.map(Into::into),
    }
}

fn shop(key: Option<&str>) -> Envelope<Unsigned, Unsigned> {
    let base: Base = "https://checkout-test.adyen.com".parse().expect("a base");
    Envelope::with_credentials(&RECIPE, base, &credentials(key)).expect("they fit")
}

fn event() -> Value {
    serde_json::from_str(EVENT).expect("JSON")
}

/// Returns an event with other values, signed by the provider.
fn signed(changes: &[(&str, &str)]) -> Value {
    let mut event = event();
    for (name, value) in changes {
        event[*name] = (*value).into();
    }
    let key = BodyProofKey::new(RECIPE.body_proof.expect("a proof"), &credentials(Some(KEY)));
    let key = key.expect("it fits").expect("it is there");
    let signature = key.sign(event.to_string().as_bytes()).expect("it signs");
    event["additionalData"]["hmacSignature"] = signature.into();
    event
}

fn message(events: &[Value]) -> Vec<u8> {
    let items = events.iter();
    let items: Vec<Value> = items
        .map(|one| json!({ "NotificationRequestItem": one }))
        .collect();
    json!({ "live": "false", "notificationItems": items })
        .to_string()
        .into_bytes()
}

fn sent(body: Vec<u8>) -> Request<Vec<u8>> {
    let request = Request::post("https://shop.example.com/adyen-events");
    request.body(body).expect("a request")
}

fn received(body: Vec<u8>) -> Result<Batch<ReportEventRequest>, NotificationError> {
    shop(Some(KEY)).receive_batch(&sent(body), FakeClock::new().time())
}

fn status(batch: &Batch<ReportEventRequest>) -> StatusCode {
    let reply = shop(None).acknowledge_batch(batch, FakeClock::new().time());
    let reply = reply.expect("a reply");
    assert!(reply.body().is_empty());
    reply.status()
}

#[test]
fn the_published_event_is_received() {
    let batch = received(message(&[event()])).expect("a batch");
    let outcomes: Vec<_> = batch.outcomes().collect();
    assert!(
        matches!(outcomes.as_slice(), [ReportEventOutcome::Paid]),
        "{batch:?}"
    );
    let event = batch.received().next().expect("an event");
    assert_eq!(
        event.notification.psp_reference.as_deref(),
        Some("7914073381342284")
    );
    assert_eq!(status(&batch), StatusCode::OK);
}

#[test]
fn a_refused_event_neither_hides_the_others_nor_is_accepted() {
    let good = signed(&[("pspReference", "P1")]);
    let captured = signed(&[
        ("pspReference", "P2"),
        ("originalReference", "P1"),
        ("eventCode", "CAPTURE"),
    ]);
    let mut bad = signed(&[("pspReference", "P3"), ("success", "false")]);
    bad["success"] = "true".into();
    let batch = received(message(&[good, bad, captured])).expect("a batch");
    let wrong = Unverified::InBody(BodyUnproved::WrongSignature);
    assert_eq!(batch.refused(), Some(&NotificationError::Unverified(wrong)));
    let outcomes: Vec<_> = batch.outcomes().collect();
    let expected = [ReportEventOutcome::Paid, ReportEventOutcome::Captured];
    assert_eq!(format!("{outcomes:?}"), format!("{expected:?}"));
    assert!(batch.items()[1].is_err() && batch.items().len() == 3);
    assert_eq!(status(&batch), StatusCode::INTERNAL_SERVER_ERROR);
}

#[test]
fn what_is_no_batch_is_refused() {
    let no_item = Some(NotificationError::NoItem);
    for body in [
        &b""[..],
        b"[]",
        b"{}",
        br#"{"notificationItems": []}"#,
        br#"{"notificationItems": {}}"#,
        br#"{"notificationItems": [], "notificationItems": []}"#,
        br#"{"notificationItems": [{}"#,
    ] {
        assert_eq!(received(body.to_vec()).err(), no_item, "{body:?}");
    }
    for item in [
        json!({}),
        json!(7),
        json!({ "NotificationRequestItem": null }),
    ] {
        let body = json!({ "notificationItems": [item] }).to_string();
        let batch = received(body.into_bytes()).expect("a batch");
        assert_eq!(batch.refused(), no_item.as_ref());
        assert_eq!(status(&batch), StatusCode::INTERNAL_SERVER_ERROR);
    }
    let now = FakeClock::new().time();
    let without = shop(None).receive_batch::<ReportEventRequest>(&sent(message(&[event()])), now);
    let no_key = NotificationError::Unverified(Unverified::NoKey("hmac_key"));
    assert_eq!(without.err(), Some(no_key));
    let get = Request::get("https://shop.example.com/").body(message(&[event()]));
    let other = shop(Some(KEY)).receive_batch::<ReportEventRequest>(&get.expect("a request"), now);
    assert_eq!(other.err(), Some(NotificationError::Method));
}

/// Every bit of a message, of which the second event is the published one: what is received says what was signed.
#[test]
fn no_flip_changes_what_is_received() {
    let body = message(&[signed(&[("pspReference", "P1")]), event()]);
    let shown = |batch: &Batch<ReportEventRequest>| -> Vec<String> {
        let events = batch.received();
        let events = events.map(|one| {
            let event = &one.notification;
            let amount = event
                .amount
                .as_ref()
                .map(|amount| format!("{:?} {:?}", amount.value, amount.currency));
            format!(
                "{:?} {:?} {:?} {:?} {amount:?}",
                one.outcome,
                event.psp_reference,
                event.merchant_account_code,
                event.merchant_reference
            )
        });
        events.collect()
    };
    let right = received(body.clone()).expect("a batch");
    let expected = shown(&right);
    assert_eq!(expected.len(), 2);
    let (mut refused, mut same) = (0, 0);
    for bit in 0..body.len() * 8 {
        let mut other = body.clone();
        other[bit / 8] ^= 1 << (bit % 8);
        let Ok(batch) = received(other) else {
            refused += 1;
            continue;
        };
        let found = shown(&batch);
        assert!(
            found.iter().all(|one| expected.contains(one)),
            "{bit}: {found:?}"
        );
        match found.len() {
            2 => same += 1,
            _ => refused += 1,
        }
    }
    // Spaces, the time of the event and the payment method are not signed.
    assert!(refused > 2_000 && same > 500, "{refused} {same}");
}

#[test]
fn an_event_that_is_sent_again_is_answered_and_not_handled_again() {
    let seen = SeenInMemory::for_as_long_as(Duration::from_secs(60));
    let now = FakeClock::new().time();
    let id = |event: Value| {
        let batch = received(message(&[event])).expect("a batch");
        batch.received().next().expect("an event").id.clone()
    };
    let first = id(event());
    assert_eq!(seen.begin(&first, now), Seen::New);
    seen.finish(&first, now);
    let mut again = event();
    again["reason"] = "whoever sends it on can write this".into();
    again["eventDate"] = "2020-01-01T00:00:00+00:00".into();
    assert_eq!(seen.begin(&id(again), now), Seen::Done);
    for other in [
        ("success", "false"),
        ("eventCode", "CAPTURE"),
        ("pspReference", "P"),
    ] {
        assert_eq!(
            seen.begin(&id(signed(&[other])), now),
            Seen::New,
            "{other:?}"
        );
    }
}

fn gateway(script: &str) -> MockGateway {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("providers/adyen");
    let model = payspec_model::load(&folder).model.expect("a model");
    let setup = Setup {
        notify_url: Some("http://127.0.0.1:9/hook".to_owned()),
        script: Script::from_json(script).expect("a script"),
        ..Setup::unsigned()
    };
    let clock = MockClock::standing(FakeClock::new().now());
    MockGateway::start_with(model, setup, Keys::make().expect("keys"), clock).expect("a gateway")
}

const CARD: &[u8] = include_bytes!("../../../providers/adyen/spec/examples/card.request.json");

fn only(gateway: &MockGateway) -> Notification {
    let mut due = gateway.notifications().expect("the state can be read");
    assert_eq!(due.len(), 1, "{due:?}");
    due.remove(0)
}

/// Returns the event of a payment at a gateway that does so.
fn reported(notification: &str) -> (MockGateway, Notification) {
    let gateway = gateway(&format!(
        r#"{{"steps": [{{"operation": "create_payment", "result": "paid", "notification": "{notification}"}}]}}"#
    ));
    let base: Base = gateway.url().parse().expect("a base");
    let envelope = Envelope::with_credentials(&RECIPE, base, gateway.credentials());
    let client = Client::from(RawClient::new(envelope.expect("they fit"), Ureq::default()));
    let request: CreatePaymentRequest = decode(CARD).expect("it decodes");
    let outcome = client.create_payment(Valid::new(request).expect("it is valid"));
    let outcome = outcome.expect("it is answered");
    assert!(matches!(outcome, CreatePaymentOutcome::Paid), "{outcome:?}");
    let sent = only(&gateway);
    (gateway, sent)
}

fn taken(
    gateway: &MockGateway,
    sent: &Notification,
) -> Result<Batch<ReportEventRequest>, NotificationError> {
    let base: Base = gateway.url().parse().expect("a base");
    let envelope = Envelope::with_credentials(&RECIPE, base, gateway.credentials());
    let now = gateway.clock().now();
    envelope
        .expect("they fit")
        .receive_batch(&sent.request, now)
}

#[test]
fn the_mock_gateway_signs_what_it_sends() {
    let (gateway, sent) = reported("copies=1");
    let batch = taken(&gateway, &sent).expect("a batch");
    let event = batch
        .received()
        .next()
        .unwrap_or_else(|| panic!("{batch:?}"));
    assert!(
        matches!(event.outcome, ReportEventOutcome::Paid),
        "{event:?}"
    );
    let reply = shop(None)
        .reject_batch(&batch, gateway.clock().now())
        .expect("a reply");
    gateway
        .gateway()
        .acknowledge(&sent, &reply)
        .expect_err("not taken");
    gateway.clock().advance(Duration::from_secs(3600));
    let again = only(&gateway);
    let repeated = taken(&gateway, &again).expect("a batch");
    let id = |batch: &Batch<ReportEventRequest>| batch.received().next().map(|one| one.id.clone());
    assert_eq!(id(&repeated), id(&batch));
    let reply = shop(None).acknowledge_batch(&repeated, gateway.clock().now());
    gateway
        .gateway()
        .acknowledge(&again, &reply.expect("a reply"))
        .expect("taken");
    assert!(gateway.notifications().expect("the state").is_empty());
}

#[test]
fn the_faults_of_the_mock_gateway_are_refused() {
    for (fault, why) in [
        ("unsigned", BodyUnproved::NoSignature),
        ("wrong-signature", BodyUnproved::WrongSignature),
        ("changed-body", BodyUnproved::WrongSignature),
    ] {
        let (gateway, sent) = reported(fault);
        let batch = taken(&gateway, &sent).expect("a batch");
        let why = NotificationError::Unverified(Unverified::InBody(why));
        assert_eq!(batch.refused(), Some(&why), "{fault}");
    }
}
