//! Events of PayPal: signed over the CRC-32 of the body, by a key that the address of a certificate names.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderName, HeaderValue, Request};
use payspec_mock::{Clock as MockClock, Keys, MockGateway, Notification, Script, Setup};
use payspec_runtime::client::{
    Base, Clock as _, Envelope, NotificationError, RawClient, Received, Unsigned, Unverified, Ureq,
    VerifyingKey, VerifyingKeys,
};
use payspec_runtime::{Valid, decode};
use serde_json::Value;
use std::path::Path;

use super::support::FakeClock;
use crate::providers::generated::paypal::paypal;
use paypal::RECIPE;
use paypal::capture_authorization::CaptureAuthorizationRequest;
use paypal::client::Credentials;
use paypal::report_event::{ReportEventOutcome, ReportEventRequest};

/// An event with a signature that PayPal made, from the unit test of its SDK for Java; the key is that of its certificate.
const EVENT: &str = include_str!("../../../interop/paypal/event.json");

fn event() -> Value {
    serde_json::from_str(EVENT).expect("JSON")
}

fn text<'v>(of: &'v Value, name: &str) -> &'v str {
    of[name].as_str().expect("a text")
}

fn shop(webhook_id: &str, keys: VerifyingKeys) -> Envelope<Unsigned, Unsigned> {
    let credentials = Credentials {
        client_id: "app-1".to_owned(),
        client_secret: "secret".into(),
        webhook_id: Some(webhook_id.to_owned()),
        paypal_keys: Some(keys),
    };
    let base: Base = "https://api-m.sandbox.paypal.com".parse().expect("a base");
    Envelope::with_credentials(&RECIPE, base, &credentials).expect("they fit")
}

/// The keys of the shop: that of the event under its address, and another one.
fn keys(event: &Value) -> VerifyingKeys {
    let key = VerifyingKey::from_text(text(event, "public_key")).expect("a key");
    let other = Keys::make().expect("keys").gateway.public;
    let other = VerifyingKey::from_text(&other).expect("a key");
    let address = text(&event["headers"], "Paypal-Cert-Url");
    VerifyingKeys::new("https://api.paypal.com/v1/notifications/certs/OTHER", other)
        .with(address, key)
}

fn sent(event: &Value) -> Request<Vec<u8>> {
    let mut request = Request::post("https://shop.example/webhook");
    for (name, value) in event["headers"].as_object().expect("headers") {
        request = request.header(name, value.as_str().expect("a text"));
    }
    let body = text(event, "body").as_bytes().to_vec();
    request.body(body).expect("a request")
}

fn receive(
    shop: &Envelope<Unsigned, Unsigned>,
    request: &Request<Vec<u8>>,
) -> Result<Received<ReportEventRequest>, NotificationError> {
    shop.receive(request, FakeClock::new().now())
}

fn refusal(shop: &Envelope<Unsigned, Unsigned>, request: &Request<Vec<u8>>) -> Unverified {
    match receive(shop, request) {
        Err(NotificationError::Unverified(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_event_that_paypal_signed_is_received() {
    let event = event();
    let shop = shop(text(&event, "webhook_id"), keys(&event));
    let received = receive(&shop, &sent(&event)).unwrap_or_else(|error| panic!("{error}"));
    // It is about a billing plan, so it says nothing about a payment.
    assert!(matches!(received.outcome, ReportEventOutcome::Pending(_)));
    let id = received.notification.id.as_deref();
    assert_eq!(id, Some("WH-2MW4820926242972J-6SG447389E205703U"));
}

/// Returns each text or body that one flipped bit makes.
fn flipped(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len() * 8).map(|bit| {
        let mut other = bytes.to_vec();
        other[bit / 8] ^= 1 << (bit % 8);
        other
    })
}

fn with_header(event: &Value, name: &'static str, value: &[u8]) -> Option<Request<Vec<u8>>> {
    let mut request = sent(event);
    let value = HeaderValue::from_bytes(value).ok()?;
    let name = HeaderName::from_static(name);
    request.headers_mut().insert(name, value);
    Some(request)
}

/// Each bit of the body, the decoded signature, the time, the ids and the address of the certificate counts.
#[test]
fn every_single_flip_fails() {
    let event = event();
    let right = shop(text(&event, "webhook_id"), keys(&event));
    let mut tried = 0;
    for body in flipped(text(&event, "body").as_bytes()) {
        let mut request = sent(&event);
        *request.body_mut() = body;
        assert_eq!(refusal(&right, &request), Unverified::WrongSignature);
        tried += 1;
    }
    let headers = &event["headers"];
    let signature = STANDARD
        .decode(text(headers, "Paypal-Transmission-Sig"))
        .expect("base64");
    for other in flipped(&signature) {
        let other = STANDARD.encode(other);
        let request = with_header(&event, "paypal-transmission-sig", other.as_bytes());
        let why = refusal(&right, &request.expect("a header"));
        assert_eq!(why, Unverified::WrongSignature);
        tried += 1;
    }
    for (name, header) in [
        ("paypal-transmission-time", "Paypal-Transmission-Time"),
        ("paypal-transmission-id", "Paypal-Transmission-Id"),
        ("paypal-cert-url", "Paypal-Cert-Url"),
        ("paypal-auth-algo", "Paypal-Auth-Algo"),
    ] {
        for other in flipped(text(headers, header).as_bytes()) {
            if let Some(request) = with_header(&event, name, &other) {
                refusal(&right, &request);
                tried += 1;
            }
        }
    }
    for other in flipped(text(&event, "webhook_id").as_bytes()) {
        if let Ok(other) = String::from_utf8(other) {
            let why = refusal(&shop(&other, keys(&event)), &sent(&event));
            assert_eq!(why, Unverified::WrongSignature);
            tried += 1;
        }
    }
    assert!(tried > 15_000, "{tried}");
}

#[test]
fn each_header_of_the_proof_is_there_once() {
    let event = event();
    let shop = shop(text(&event, "webhook_id"), keys(&event));
    for (name, value) in event["headers"].as_object().expect("headers") {
        let name: HeaderName = name.parse().expect("a name");
        let mut missing = sent(&event);
        missing.headers_mut().remove(&name);
        let why = refusal(&shop, &missing).to_string();
        assert!(why.to_lowercase().contains(name.as_str()), "{why}");
        let mut twice = sent(&event);
        let value = HeaderValue::from_str(value.as_str().expect("a text")).expect("a value");
        twice.headers_mut().append(&name, value);
        let why = refusal(&shop, &twice);
        assert!(matches!(why, Unverified::Twice(_)), "{why}");
    }
    for algorithm in ["SHA1withRSA", "sha256withRSA", "none"] {
        let other = with_header(&event, "paypal-auth-algo", algorithm.as_bytes());
        let why = refusal(&shop, &other.expect("a header"));
        assert_eq!(why, Unverified::OtherValue("Paypal-Auth-Algo"));
    }
}

/// Nothing is fetched: a certificate that the program did not vouch for proves nothing.
#[test]
fn an_unknown_certificate_proves_nothing() {
    let event = event();
    let shop = shop(text(&event, "webhook_id"), keys(&event));
    let address = "https://evil.example/cert";
    let request = with_header(&event, "paypal-cert-url", address.as_bytes());
    let why = refusal(&shop, &request.expect("a header"));
    assert_eq!(why, Unverified::UnknownKeyVersion(Some(address.to_owned())));
    let other = "https://api.paypal.com/v1/notifications/certs/OTHER";
    let request = with_header(&event, "paypal-cert-url", other.as_bytes());
    let why = refusal(&shop, &request.expect("a header"));
    assert_eq!(why, Unverified::WrongSignature);
}

#[test]
fn without_a_webhook_id_nothing_is_received() {
    let event = event();
    let given = |webhook_id: Option<&str>, keys| Credentials {
        client_id: "app-1".to_owned(),
        client_secret: "secret".into(),
        webhook_id: webhook_id.map(str::to_owned),
        paypal_keys: keys,
    };
    let made = |given: &Credentials| {
        let base: Base = "https://api-m.sandbox.paypal.com".parse().expect("a base");
        Envelope::<Unsigned, Unsigned>::with_credentials(&RECIPE, base, given)
    };
    // A key without the id is a mistake; without both, the client pays and receives nothing.
    let error = made(&given(None, Some(keys(&event)))).expect_err("nothing to sign");
    assert!(error.to_string().contains("webhook_id"), "{error}");
    let shop = made(&given(None, None)).expect("it pays");
    assert!(matches!(
        refusal(&shop, &sent(&event)),
        Unverified::NoKey(_)
    ));
}

/// The gateway reports the end of a pending capture, with a proof.
#[test]
fn the_gateway_reports_a_capture() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("providers/paypal");
    let model = payspec_model::load(&folder).model.expect("a model");
    let script = r#"{"steps": [{"operation": "capture_authorization", "result": "processing", "settlement": "succeeds=1"}]}"#;
    let keys = Keys::make().expect("keys");
    let setup = Setup {
        notify_url: Some("http://127.0.0.1:9/webhook".to_owned()),
        script: Script::from_json(script).expect("a script"),
        ..Setup::with(&keys)
    };
    let clock = MockClock::standing(FakeClock::new().now());
    let gateway = MockGateway::start_with(model, setup, keys, clock).expect("a gateway");
    let base: Base = gateway.url().parse().expect("a base");
    let shop = Envelope::with_credentials(&RECIPE, base, gateway.credentials());
    let shop = shop.expect("they fit");
    let client = RawClient::new(shop.clone(), Ureq::default()).clock(FakeClock::new());
    let request = decode::<CaptureAuthorizationRequest>(
        br#"{"PayPal-Request-Id":"c-1","Prefer":"return=representation","authorization_id":"A1","amount":{"currency_code":"USD","value":"10.99"}}"#,
    );
    let request = Valid::new(request.expect("it decodes")).expect("it is valid");
    let open = client.call(request);
    let open = open.unwrap_or_else(|error| panic!("{error}"));
    gateway.clock().advance(std::time::Duration::from_secs(2));
    let sent: Vec<Notification> = gateway.notifications().expect("the state can be read");
    let received: Vec<_> = sent
        .iter()
        .map(|one| receive(&shop, &one.request).unwrap_or_else(|error| panic!("{error}")))
        .collect();
    let paid = received
        .iter()
        .find(|one| matches!(one.outcome, ReportEventOutcome::Paid));
    let paid = paid.unwrap_or_else(|| panic!("{sent:?}"));
    let resource = paid.notification.resource.as_ref().expect("a resource");
    assert_eq!(resource.id, open.response.id);
}
