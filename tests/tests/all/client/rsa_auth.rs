//! A generated client that signs its requests with an RSA key: the mock gateway that verifies them, and notifications with
//! the proof of answers. No key is ever shown.

use super::support::FakeClock;
use crate::cases::cases::rsa_auth::demo::RECIPE;
use crate::cases::cases::rsa_auth::demo::client::Credentials;
use crate::cases::cases::rsa_auth::demo::report::{ReportOutcome, ReportRequest};
use crate::cases::cases::rsa_auth::demo::send::{SendOutcome, SendRequest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use payspec_mock::{Clock as MockClock, Keys, MockGateway, Notification, Setup};
use payspec_runtime::client::{
    Base, CallError, Clock as _, Envelope, NotificationError, PrivateKey, RawClient, Signer as _,
    SigningKey, Unsigned, Unverified, Ureq, VerifyingKey, VerifyingKeys,
};
use payspec_runtime::{Valid, decode};
use std::path::Path;
use std::time::Duration;

fn gateway() -> MockGateway {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/rsa-auth");
    let model = payspec_model::load(&folder).model.expect("a model");
    let clock = MockClock::standing(FakeClock::new().now());
    MockGateway::start_at(model, clock).expect("a gateway")
}

fn order() -> Valid<SendRequest> {
    let request = decode(br#"{"order":"order-1","amount":1099}"#).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

#[test]
fn a_signed_request_is_answered_with_a_proof() {
    let gateway = gateway();
    let base: Base = gateway.url().parse().expect("a base");
    let envelope = Envelope::with_credentials(&RECIPE, base, gateway.credentials());
    let client = RawClient::new(envelope.expect("they fit"), Ureq::default());
    let client = client.clock(FakeClock::new());
    let paid = client
        .call(order())
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(matches!(paid.outcome, SendOutcome::Paid));

    // The gateway takes no request that is older than the description allows.
    gateway.clock().advance(Duration::from_secs(86_400));
    let late = client.call(order());
    assert!(matches!(late, Err(CallError::InDoubt(_))));
    let exchange = &gateway.exchanges()[0];
    assert_eq!(exchange.http_status, 401);
    let note = exchange.note.as_deref().unwrap_or_default();
    assert!(note.contains("the request is not proved"), "{note}");
}

/// The gateway reports the end with the proof of answers, and the receiver takes it.
#[test]
fn the_gateway_reports_the_end_to_the_configured_address() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/rsa-auth");
    let model = payspec_model::load(&folder).model.expect("a model");
    let keys = Keys::make().expect("keys");
    let setup = Setup {
        notify_url: Some("http://127.0.0.1:9/events".to_owned()),
        ..Setup::with(&keys)
    };
    let clock = MockClock::standing(FakeClock::new().now());
    let gateway = MockGateway::start_with(model, setup, keys, clock).expect("a gateway");
    let base: Base = gateway.url().parse().expect("a base");
    let shop = || {
        let base = base.clone();
        Envelope::with_credentials(&RECIPE, base, gateway.credentials()).expect("they fit")
    };
    let client = RawClient::new(shop(), Ureq::default()).clock(FakeClock::new());
    client
        .call(order())
        .unwrap_or_else(|error| panic!("{error}"));
    let sent: Vec<Notification> = gateway.notifications().expect("the state can be read");
    let [sent] = sent.as_slice() else {
        panic!("{sent:?}")
    };
    let now = gateway.clock().now();
    let received = shop().receive::<ReportRequest>(&sent.request, now);
    let received = received.unwrap_or_else(|error| panic!("{error}"));
    assert!(matches!(received.outcome, ReportOutcome::Paid));
    assert_eq!(received.notification.order.as_deref(), Some("order-1"));
    let reply = shop().accept(&received, now).expect("a reply");
    gateway.gateway().acknowledge(sent, &reply).expect("taken");
    gateway.clock().advance(Duration::from_secs(60));
    assert!(
        gateway
            .notifications()
            .expect("the state can be read")
            .is_empty()
    );
    // The id of another key proves nothing.
    let mut forged = sent.request.clone();
    let serial = "2".parse().expect("a value");
    forged.headers_mut().insert("demo-serial", serial);
    let refused = shop().receive::<ReportRequest>(&forged, now);
    assert!(matches!(refused, Err(NotificationError::Unverified(_))));
}

const BODY: &[u8] = br#"{"id":"evt-1","order":"order-1","state":"succeeded"}"#;

/// The provider's key, and the envelope of a shop that knows it under the id `A1`.
fn shop() -> (SigningKey, Envelope<Unsigned, Unsigned>) {
    let keys = payspec_mock::Keys::make().expect("keys");
    let provider = SigningKey::from_text(&keys.gateway.private).expect("a key");
    let public = VerifyingKey::from_text(&keys.gateway.public).expect("a key");
    let own = PrivateKey::from_text("1", &keys.client.private).expect("a key");
    let credentials = Credentials {
        merchant: "7".to_owned(),
        own_key: own,
        provider_keys: VerifyingKeys::new("A1", public),
    };
    let shown = format!("{credentials:?}");
    assert!(
        !shown.contains("BEGIN") && shown.contains("[secret]"),
        "{shown}"
    );
    let base: Base = "https://api.example.com".parse().expect("a base");
    let envelope = Envelope::with_credentials(&RECIPE, base, &credentials);
    (provider, envelope.expect("they fit"))
}

/// Signs as the provider does.
fn notification(key: &SigningKey, time: u64, serial: &str, body: &[u8]) -> Request<Vec<u8>> {
    let nonce = "5K8264ILTKCH16CQ2502SI8ZNMTM67VS";
    let content = [format!("{time}\n{nonce}\n").as_bytes(), BODY, b"\n"].concat();
    let signature = STANDARD.encode(key.sign(&content).expect("it signs"));
    Request::post("https://shop.example/events")
        .header("Demo-Timestamp", time)
        .header("Demo-Nonce", nonce)
        .header("Demo-Serial", serial)
        .header("Demo-Signature", signature)
        .header("Demo-Signature-Type", "DEMO-SHA256-RSA")
        .body(body.to_vec())
        .expect("a request")
}

#[test]
fn a_notification_has_the_proof_of_an_answer() {
    let (key, shop) = shop();
    let now = FakeClock::new().now();
    let time = 1_795_435_200;
    let good = notification(&key, time, "A1", BODY);
    let received = shop.receive::<ReportRequest>(&good, now);
    let received = received.unwrap_or_else(|error| panic!("{error}"));
    assert!(matches!(received.outcome, ReportOutcome::Paid));

    let refused = |request: &Request<Vec<u8>>| match shop.receive::<ReportRequest>(request, now) {
        Err(NotificationError::Unverified(why)) => why,
        other => panic!("{other:?}"),
    };
    let other = notification(&key, time, "A1", &BODY.to_ascii_uppercase());
    assert_eq!(refused(&other), Unverified::WrongSignature);
    let unknown = Unverified::UnknownKeyVersion(Some("A2".to_owned()));
    assert_eq!(refused(&notification(&key, time, "A2", BODY)), unknown);
    let old = refused(&notification(&key, time - 301, "A1", BODY));
    assert!(matches!(old, Unverified::Clock { .. }), "{old:?}");
}
