//! One key for both sides. What was signed or verified once is remembered: the same messages come up
//! in thousands of courses.

use alipay_instore::ams_instore::RECIPE;
use http::Request;
use payspec_mock::{KeyPair, Keys};
use payspec_runtime::client::{
    CannotSign, Endpoint, Envelope, Signer, SigningKey, Verifier, VerifyingKey,
};
use serde_json::Value as Json;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

/// Returns the keys of the provider and its clients.
pub(super) fn keys() -> Keys {
    let text = include_str!("../../../../../runtime/tests/fixtures/signing.json");
    let fixture: Json = serde_json::from_str(text).expect("JSON");
    let key = |name: &str| fixture["keys"][name].as_str().expect("a key").to_owned();
    let pair = KeyPair {
        private: key("private_pkcs8_pem"),
        public: key("public_spki_pem"),
    };
    Keys {
        client: pair.clone(),
        gateway: pair,
    }
}

/// A key that signs nothing twice.
#[derive(Clone)]
pub(super) struct Signs {
    key: Arc<SigningKey>,
    done: Arc<Mutex<HashMap<Vec<u8>, Vec<u8>>>>,
}

/// Content and signature.
type Signed = (Vec<u8>, Vec<u8>);

/// A key that verifies nothing twice.
#[derive(Clone)]
pub(super) struct Verifies {
    key: Arc<VerifyingKey>,
    done: Arc<Mutex<HashMap<Signed, bool>>>,
}

pub(super) fn remembering() -> (Signs, Verifies) {
    let key = SigningKey::from_text(&keys().client.private).expect("a key");
    let verifies = Verifies {
        key: Arc::new(key.public()),
        done: Arc::default(),
    };
    let signs = Signs {
        key: Arc::new(key),
        done: Arc::default(),
    };
    (signs, verifies)
}

/// A notification to the same address with another body, as the provider signs it.
pub(super) fn other_notification(
    keys: &(Signs, Verifies),
    notification: &Request<Vec<u8>>,
    body: Vec<u8>,
    now: SystemTime,
) -> Request<Vec<u8>> {
    const ENDPOINT: Endpoint = Endpoint {
        name: "notify_payment",
        method: "POST",
        path: "/notifications",
        request: || &payspec_runtime::Schema::EMPTY,
        status: &["result", "resultStatus"],
        codes: &[&["result", "resultCode"]],
        statuses: &[],
    };
    assert_eq!(notification.uri().path(), ENDPOINT.path);
    // The recipe is the same in both directions.
    let signed = envelope(keys).sign(&ENDPOINT, &body, now);
    signed.expect("it can be signed")
}

/// Returns the envelope of the shop's messages.
pub(super) fn envelope((signs, verifies): &(Signs, Verifies)) -> Envelope<Signs, Verifies> {
    let base = "https://open.example".parse().expect("a base");
    let client = "SANDBOX_5X00000000000000";
    let envelope = Envelope::new(&RECIPE, base, client, signs.clone(), verifies.clone());
    envelope.expect("it fits")
}

impl Signer for Signs {
    fn sign(&self, content: &[u8]) -> Result<Vec<u8>, CannotSign> {
        if let Some(signature) = self.done.lock().expect("signatures").get(content) {
            return Ok(signature.clone());
        }
        let signature = self.key.sign(content)?;
        let mut done = self.done.lock().expect("signatures");
        done.insert(content.to_vec(), signature.clone());
        Ok(signature)
    }
}

impl Verifier for Verifies {
    fn verify(&self, content: &[u8], signature: &[u8]) -> bool {
        let message = (content.to_vec(), signature.to_vec());
        let mut done = self.done.lock().expect("signatures");
        *done
            .entry(message)
            .or_insert_with(|| self.key.verify(content, signature))
    }
}
