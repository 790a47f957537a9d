//! The notification of a payment by WeChat Pay: it is signed, and its order encrypted. `tests/interop/wechatpay/pay.py` lets the
//! SDK read the same message.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use payspec_mock::Keys;
use payspec_runtime::client::{
    self, Base, CredentialValue, EncryptionKey, Envelope, NotOpened, NotificationError, PrivateKey,
    Received, Secret, Signer as _, SigningKey, Unsigned, VerifyingKey, VerifyingKeys,
};
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

use super::support::FakeClock;
use crate::providers::generated::wechatpay::wechatpay;
use wechatpay::RECIPE;
use wechatpay::client::Credentials;
use wechatpay::notify_payment::{NotifyPaymentOutcome, NotifyPaymentRequest};

/// The message that the SDK reads: the key, the body as it travels, and the body with the plaintext.
const SHARED: &str = include_str!("../../../interop/wechatpay/notification.json");

const NONCE: &str = "fdasflkja484";

fn shared() -> Value {
    serde_json::from_str(SHARED).expect("JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn now() -> SystemTime {
    FakeClock::new().time()
}

/// A provider and a merchant, who know each other.
struct Pair {
    provider: SigningKey,
    envelope: Envelope<Unsigned, Unsigned>,
}

fn credentials(keys: &Keys, key: Option<&str>) -> Credentials {
    let provider = VerifyingKey::from_text(&keys.gateway.public).expect("a key");
    Credentials {
        mchid: "1900000001".to_owned(),
        merchant_key: PrivateKey::from_text("1", &keys.client.private).expect("a key"),
        wechatpay_keys: VerifyingKeys::new("1", provider),
        apiv3_key: key.map(Secret::new),
    }
}

impl Pair {
    fn new(key: Option<&str>) -> Self {
        Self::with(&Keys::make().expect("keys"), key)
    }

    fn with(keys: &Keys, key: Option<&str>) -> Self {
        let base: Base = "https://api.example.com".parse().expect("a base");
        let envelope = Envelope::with_credentials(&RECIPE, base, &credentials(keys, key));
        Self {
            provider: SigningKey::from_text(&keys.gateway.private).expect("a key"),
            envelope: envelope.expect("they fit"),
        }
    }

    /// Returns a body as the provider sends it.
    fn sent(&self, body: &[u8]) -> Request<Vec<u8>> {
        let time = now().duration_since(UNIX_EPOCH).expect("a time").as_secs();
        let nonce = "0123456789abcdef0123456789abcdef";
        let content = [format!("{time}\n{nonce}\n").as_bytes(), body, b"\n"].concat();
        let signature = self.provider.sign(&content).expect("it signs");
        Request::post("https://shop.example.com/notify")
            .header("Wechatpay-Timestamp", time.to_string())
            .header("Wechatpay-Nonce", nonce)
            .header("Wechatpay-Serial", "1")
            .header("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048")
            .header("Wechatpay-Signature", STANDARD.encode(signature))
            .body(body.to_vec())
            .expect("a request")
    }

    fn received(&self, body: &[u8]) -> Result<Received<NotifyPaymentRequest>, NotificationError> {
        self.envelope.receive(&self.sent(body), now())
    }
}

/// The key of the merchant alone.
struct Given(Secret);

impl client::Credentials for Given {
    fn credential(&self, name: &str) -> Option<CredentialValue<'_>> {
        (name == "apiv3_key").then_some(CredentialValue::Secret(&self.0))
    }
}

/// Encrypts the order of a body.
fn sealed(key: &str, body: &Value, nonce: &str) -> Vec<u8> {
    let encryption = RECIPE.encryption.expect("an encryption");
    let key = EncryptionKey::new(encryption, &Given(key.into()));
    let key = key.expect("it fits").expect("it is given");
    let body = body.to_string();
    let sealed = key.seal("resource", body.as_bytes(), nonce, "transaction");
    sealed.expect("it is sealed")
}

#[test]
fn the_message_that_the_sdk_reads_is_received() {
    let shared = shared();
    let (key, plain) = (text(&shared["key"]), &shared["plain"]);
    let wire: Value = serde_json::from_slice(&sealed(key, plain, NONCE)).expect("JSON");
    assert_eq!(wire, shared["wire"]);
    let pair = Pair::new(Some(key));
    let received = pair
        .received(wire.to_string().as_bytes())
        .expect("it is read");
    assert!(matches!(received.outcome, NotifyPaymentOutcome::Paid));
    let order = &received.notification.resource;
    assert_eq!(order.out_trade_no.as_deref(), Some("order-000001"));
    assert_eq!(
        order.amount.as_ref().and_then(|amount| amount.total),
        Some(1099)
    );
    assert!(received.dropped.is_empty(), "{:?}", received.dropped);
    let reply = pair.envelope.accept(&received, now()).expect("a reply");
    assert_eq!((reply.status().as_u16(), reply.body().len()), (200, 0));
}

/// The provider sends a message again, encrypted anew, until it is acknowledged.
#[test]
fn a_repeated_message_has_the_same_id() {
    let shared = shared();
    let (key, plain) = (text(&shared["key"]), &shared["plain"]);
    let pair = Pair::new(Some(key));
    let [one, other] = [NONCE, "another-once"].map(|nonce| {
        let received = pair.received(&sealed(key, plain, nonce));
        received.expect("it is read").id
    });
    assert_eq!(one, other);
}

#[test]
fn no_byte_can_be_changed_behind_the_signature() {
    let shared = shared();
    let pair = Pair::new(Some(text(&shared["key"])));
    let sent = pair.sent(shared["wire"].to_string().as_bytes());
    for place in 0..sent.body().len() {
        let mut changed = sent.clone();
        changed.body_mut()[place] ^= 1;
        let found = pair
            .envelope
            .receive::<NotifyPaymentRequest>(&changed, now());
        let error = found.expect_err("changed");
        assert!(
            matches!(error, NotificationError::Unverified(_)),
            "{place}: {error}"
        );
    }
}

/// What is signed, but not encrypted with the key of the merchant, decides nothing, and its error shows nothing.
#[test]
fn what_cannot_be_opened_decides_nothing() {
    let shared = shared();
    let (key, wire) = (text(&shared["key"]), &shared["wire"]);
    let keys = Keys::make().expect("keys");
    let refused = |pair: &Pair, wire: &Value| {
        let found = pair.received(wire.to_string().as_bytes());
        let error = found.expect_err("not opened");
        let shown = format!("{error} {error:?}");
        assert!(
            !shown.contains("1099") && !shown.contains("order-"),
            "{shown}"
        );
        match error {
            NotificationError::NotOpened(why) => why,
            other => panic!("{other}"),
        }
    };
    assert_eq!(refused(&Pair::with(&keys, None), wire), NotOpened::NoKey);
    let other = "another-invented-key-of-32-chars";
    assert_eq!(
        refused(&Pair::with(&keys, Some(other)), wire),
        NotOpened::Mismatch
    );
    let pair = Pair::with(&keys, Some(key));
    let member = |name: &str, value: Value| {
        let mut wire = wire.clone();
        wire["resource"][name] = value;
        refused(&pair, &wire)
    };
    let wrong = |name: &str| NotOpened::Member(name.to_owned());
    assert_eq!(
        member("algorithm", json!("AEAD_AES_128_GCM")),
        wrong("algorithm")
    );
    assert_eq!(member("algorithm", json!(null)), wrong("algorithm"));
    assert_eq!(member("nonce", json!("fdasflkja485")), NotOpened::Mismatch);
    assert_eq!(
        member("associated_data", json!("refund")),
        NotOpened::Mismatch
    );
    let cipher = text(&wire["resource"]["ciphertext"]);
    for place in 0..cipher.len() - 2 {
        let mut changed = cipher.as_bytes().to_vec();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).expect("text");
        assert_eq!(
            member("ciphertext", json!(changed)),
            NotOpened::Mismatch,
            "{place}"
        );
    }
    assert_eq!(refused(&pair, &shared["plain"]), wrong("algorithm"));
}

/// The plaintext is held to the same rules as any message.
#[test]
fn the_plaintext_is_validated() {
    let shared = shared();
    let key = text(&shared["key"]);
    let pair = Pair::new(Some(key));
    let with = |change: &dyn Fn(&mut Value)| {
        let mut plain = shared["plain"].clone();
        change(&mut plain["resource"]);
        pair.received(&sealed(key, &plain, NONCE))
    };
    let unreadable = with(&|order| order["transaction_id"] = json!(7));
    assert!(
        matches!(unreadable, Err(NotificationError::Malformed(_))),
        "{unreadable:?}"
    );
    // Without an amount nothing says that it is that of the order.
    let missing = with(&|order| drop(order.as_object_mut().map(|order| order.remove("amount"))));
    let missing = missing.expect("it is read");
    assert!(
        matches!(missing.outcome, NotifyPaymentOutcome::Pending(_)),
        "{:?}",
        missing.outcome
    );
    let state = with(&|order| order["trade_state"] = json!("REFUND")).expect("it is read");
    assert!(
        matches!(state.outcome, NotifyPaymentOutcome::Pending(_)),
        "{:?}",
        state.outcome
    );
}

#[test]
fn a_key_of_another_length_is_refused_before_anything_is_received() {
    let keys = Keys::make().expect("keys");
    let base: Base = "https://api.example.com".parse().expect("a base");
    let credentials = credentials(&keys, Some("short"));
    let error = Envelope::with_credentials(&RECIPE, base, &credentials).expect_err("too short");
    let told = error.to_string();
    assert!(
        told.contains("`apiv3_key` has 5 bytes: expected 32"),
        "{told}"
    );
}
