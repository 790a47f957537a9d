//! Raw HTTP exchanges, whose signed parts may differ from the sent ones.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use payspec_doctor::{DEFAULT_SKEW, GivenKey, Keys, Settings};
use payspec_runtime::client::{Signer as _, SigningKey};
use serde_json::Value;

pub(super) const PATH: &str = "/ams/api/v1/payments/pay";
pub(super) const CLIENT_ID: &str = "5X00000000000000";
pub(super) const BODY: &str = r#"{"paymentRequestId":"pay-1","order":{"orderDescription":"Café 金 a/b <x>","extendInfo":null},"paymentAmount":{"value":"100","currency":"USD"}}"#;

/// The keys of both sides, as PEM.
pub(super) struct Pair {
    pub(super) private: String,
    pub(super) public: String,
}

pub(super) fn own() -> Pair {
    let fixture = include_str!("../../../../../runtime/tests/fixtures/signing.json");
    let fixture: Value = serde_json::from_str(fixture).expect("JSON");
    let key = |name: &str| fixture["keys"][name].as_str().expect("a key").to_owned();
    Pair {
        private: key("private_pkcs8_pem"),
        public: key("public_spki_pem"),
    }
}

pub(super) fn provider() -> Pair {
    Pair {
        private: include_str!("other-key.pem").to_owned(),
        public: include_str!("other-key.public.pem").to_owned(),
    }
}

pub(super) fn given(text: &str) -> GivenKey {
    GivenKey::from_text(text).expect("a key")
}

/// The parts that are signed or sent.
#[derive(Clone)]
pub(super) struct Parts {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) client_id: String,
    pub(super) time: String,
    pub(super) body: Vec<u8>,
}

/// One message, before it is written.
pub(super) struct Mail {
    pub(super) is_response: bool,
    pub(super) sent: Parts,
    pub(super) signed: Parts,
    /// Puts the parts together.
    pub(super) content: fn(&Parts) -> Vec<u8>,
    /// The key that signs.
    pub(super) key: String,
    /// Signs.
    pub(super) sign: fn(&str, &[u8]) -> Vec<u8>,
    /// Writes the bytes of the signature as a text.
    pub(super) text: fn(&[u8]) -> String,
    /// Writes the header around it.
    pub(super) header: fn(&str) -> String,
    /// Changes the lines of the head.
    pub(super) head: fn(&mut Vec<String>),
}

impl Mail {
    pub(super) fn request() -> Self {
        let parts = Parts {
            method: "POST".to_owned(),
            path: PATH.to_owned(),
            client_id: CLIENT_ID.to_owned(),
            time: "1795478400123".to_owned(),
            body: BODY.as_bytes().to_vec(),
        };
        Mail {
            is_response: false,
            signed: parts.clone(),
            sent: parts,
            content: documented,
            key: own().private,
            sign: sha256,
            text: |bytes| percent(&STANDARD.encode(bytes)),
            header: |text| format!("algorithm=RSA256,keyVersion=1,signature={text}"),
            head: |_| {},
        }
    }

    pub(super) fn response() -> Self {
        let mut mail = Mail::request();
        mail.is_response = true;
        mail.key = provider().private;
        for parts in [&mut mail.sent, &mut mail.signed] {
            parts.time = "2026-11-24T08:00:01+08:00".to_owned();
            parts.body = br#"{"result":{"resultStatus":"S"}}"#.to_vec();
        }
        mail
    }

    /// Changes the parts that are signed, but not those that are sent.
    pub(super) fn signing(mut self, change: impl FnOnce(&mut Parts)) -> Self {
        change(&mut self.signed);
        self
    }

    /// Changes the parts that are sent and those that are signed.
    pub(super) fn with(mut self, change: impl Fn(&mut Parts)) -> Self {
        change(&mut self.sent);
        change(&mut self.signed);
        self
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let signature = (self.sign)(&self.key, &(self.content)(&self.signed));
        let signature = (self.header)(&(self.text)(&signature));
        let sent = &self.sent;
        let (start, time) = match self.is_response {
            true => ("HTTP/1.1 200 OK".to_owned(), "response-time"),
            false => (
                format!("{} {} HTTP/1.1", sent.method, sent.path),
                "Request-Time",
            ),
        };
        let mut head = vec![
            start,
            "Host: open-sea-global.alipay.com".to_owned(),
            "Content-Type: application/json; charset=UTF-8".to_owned(),
            format!("Client-Id: {}", sent.client_id),
            format!("{time}: {}", sent.time),
            format!("Signature: {signature}"),
            format!("Content-Length: {}", sent.body.len()),
            "Agent-Token: a-token-that-nobody-may-see".to_owned(),
        ];
        (self.head)(&mut head);
        [head.join("\r\n").as_bytes(), b"\r\n\r\n", &sent.body].concat()
    }
}

/// Returns the signed content as the provider documents it, built by hand.
pub(super) fn documented(parts: &Parts) -> Vec<u8> {
    let Parts {
        method,
        path,
        client_id,
        time,
        body,
    } = parts;
    let head = format!("{method} {path}\n{client_id}.{time}.");
    [head.as_bytes(), body].concat()
}

fn sha256(key: &str, content: &[u8]) -> Vec<u8> {
    let key = SigningKey::from_text(key).expect("a key");
    key.sign(content).expect("it signs")
}

/// Percent-encodes the characters of base64 that are neither letters nor digits.
pub(super) fn percent(base64: &str) -> String {
    base64
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D")
}

/// Returns settings with every key in its place.
pub(super) fn settings() -> Settings<'static> {
    Settings {
        keys: Keys {
            own_private: Some(given(&own().private)),
            own_public: None,
            provider: vec![given(&provider().public)],
        },
        client_id: Some(CLIENT_ID.to_owned()),
        own_key_version: Some("1".to_owned()),
        provider_key_version: None,
        operation: None,
        method: None,
        path: Some(PATH.to_owned()),
        now: None,
        skew: DEFAULT_SKEW,
        most_contents: 150_000,
    }
}
