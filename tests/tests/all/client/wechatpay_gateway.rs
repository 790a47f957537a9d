//! The encrypted notifications of WeChat Pay, as the mock gateway sends them and the generated client receives them.

use std::time::Duration;

use payspec_mock::{Clock as MockClock, Keys, MockGateway, Nonces, Script, Setup, TestCredentials};
use payspec_runtime::client::{
    Base, Envelope, NotOpened, NotificationError, RawClient, Received, Unsigned, Ureq,
};
use payspec_runtime::{Valid, decode};
use serde_json::{Value, json};

use super::support::FakeClock;
use crate::providers::generated::wechatpay::wechatpay;
use wechatpay::RECIPE;
use wechatpay::native_order::NativeOrderRequest;
use wechatpay::notify_payment::{NotifyPaymentOutcome, NotifyPaymentRequest};

const MCHID: &str = "1900000001";

/// A gateway at which orders are paid after a minute.
fn gateway(nonces: Nonces, notification: &str) -> MockGateway {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/providers/wechatpay");
    let model = payspec_model::load(std::path::Path::new(spec)).model;
    let keys = Keys::make().expect("keys");
    let step = json!({
        "operation": "native_order", "result": "ordered", "settlement": "succeeds=60",
        "notification": notification, "times": 9,
    });
    let script = Script::from_json(&json!({ "steps": [step] }).to_string());
    let setup = Setup {
        credentials: TestCredentials::default().with("mchid", MCHID),
        script: script.expect("a script"),
        nonces,
        ..Setup::with(&keys)
    };
    let clock = MockClock::standing(FakeClock::new().time());
    let gateway = MockGateway::start_with(model.expect("a model"), setup, keys, clock);
    gateway.expect("a gateway")
}

fn envelope(gateway: &MockGateway, credentials: &TestCredentials) -> Envelope<Unsigned, Unsigned> {
    let base: Base = gateway.url().parse().expect("a base");
    Envelope::with_credentials(&RECIPE, base, credentials).expect("they fit")
}

/// Pays an order, and returns the bodies of the notification and of its repetition.
fn paid(gateway: &MockGateway, number: &str) -> [http::Request<Vec<u8>>; 2] {
    let order = json!({
        "appid": "wx1234567890abcdef", "mchid": MCHID, "description": "Coffee", "out_trade_no": number,
        "notify_url": "https://shop.example.com/notify", "amount": { "total": 1099, "currency": "CNY" },
    });
    let order = decode::<NativeOrderRequest>(order.to_string().as_bytes()).expect("it decodes");
    let client = RawClient::new(envelope(gateway, gateway.credentials()), Ureq::default());
    let client = client.clock(FakeClock::new()).seed(7);
    let ordered = client.call(Valid::new(order).expect("it is valid"));
    ordered.unwrap_or_else(|error| panic!("{error}"));
    gateway.clock().advance(Duration::from_secs(61));
    [1, 2].map(|number| {
        let mut due = gateway.notifications().expect("the state can be read");
        assert_eq!(due.len(), 1, "{due:?}");
        let sent = due.remove(0);
        assert_eq!(sent.number, number);
        gateway.clock().advance(Duration::from_secs(1));
        sent.request
    })
}

fn received(
    gateway: &MockGateway,
    credentials: &TestCredentials,
    sent: &http::Request<Vec<u8>>,
) -> Result<Received<NotifyPaymentRequest>, NotificationError> {
    envelope(gateway, credentials).receive(sent, gateway.clock().now())
}

fn resource(sent: &http::Request<Vec<u8>>) -> Value {
    let body: Value = serde_json::from_slice(sent.body()).expect("JSON");
    body["resource"].clone()
}

#[test]
fn the_provider_encrypts_the_order_anew_each_time() {
    let gateway = gateway(Nonces::Random, "");
    let sent = paid(&gateway, "order-000001");
    let [first, second] = sent.each_ref().map(|sent| {
        let told = received(&gateway, gateway.credentials(), sent);
        let told = told.unwrap_or_else(|error| panic!("{error}"));
        assert!(matches!(told.outcome, NotifyPaymentOutcome::Paid));
        let order = &told.notification.resource;
        assert_eq!(order.out_trade_no.as_deref(), Some("order-000001"));
        assert_eq!(
            order.amount.as_ref().and_then(|amount| amount.total),
            Some(1099)
        );
        assert!(told.dropped.is_empty(), "{:?}", told.dropped);
        told.id
    });
    assert_eq!(first, second);
    let [first, second] = sent.each_ref().map(resource);
    assert_eq!(first["algorithm"], "AEAD_AES_256_GCM");
    assert_ne!(first["nonce"], second["nonce"]);
    assert_ne!(first["ciphertext"], second["ciphertext"]);
    for sent in &sent {
        let body = String::from_utf8_lossy(sent.body());
        assert!(!body.contains("order-000001"), "{body}");
    }
}

#[test]
fn fixed_nonces_make_it_repeatable() {
    let sent = paid(&gateway(Nonces::Fixed, ""), "order-000001");
    let [first, second] = sent.each_ref().map(resource);
    assert_eq!(first, second);
}

#[test]
fn another_key_or_a_wrong_signature_opens_nothing() {
    let provider = gateway(Nonces::Random, "");
    let [sent, _] = paid(&provider, "order-000001");
    let other = provider.credentials().clone();
    let other = other.with("apiv3_key", "another-key-of-thirty-two-bytes-");
    let refused = received(&provider, &other, &sent).err();
    assert_eq!(
        refused,
        Some(NotificationError::NotOpened(NotOpened::Mismatch))
    );
    for fault in [
        "unsigned",
        "wrong-signature",
        "changed-body",
        "no-time",
        "not-json",
        "no-result",
    ] {
        let gateway = gateway(Nonces::Random, fault);
        let [sent, _] = paid(&gateway, "order-000001");
        let told = received(&gateway, gateway.credentials(), &sent);
        assert!(told.is_err(), "{fault}: {told:?}");
    }
}
