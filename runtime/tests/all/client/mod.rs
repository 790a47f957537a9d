//! Signing and verifying, against signatures that other SDKs made.

mod answers;
mod checksum_proofs;
mod credentials;
mod header_proofs;
mod notifications;
mod proofs;
mod requests;
mod signatures;

use http::Response;
use payspec_runtime::StatusClass;
use payspec_runtime::client::*;
use serde_json::Value as Json;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const RECIPE: Recipe = Recipe {
    environments: &[
        Environment {
            name: "production",
            prefix: "/ams/api",
            client_id_prefix: None,
        },
        Environment {
            name: "sandbox",
            prefix: "/ams/sandbox/api",
            client_id_prefix: Some("SANDBOX_"),
        },
    ],
    client_id: "Client-Id",
    request_time: Stamp {
        name: "Request-Time",
        form: StampForm::EpochMillis,
    },
    response_time: Stamp {
        name: "Response-Time",
        form: StampForm::DateTime,
    },
    content_type: "application/json; charset=UTF-8",
    algorithm: "RSA256",
    request: CONTENT,
    response: CONTENT,
    signature: "Signature",
    keys: SignatureKeys {
        algorithm: "algorithm",
        key_version: "keyVersion",
        signature: "signature",
    },
    headers: &[],
};

const CONTENT: &[Part<'static>] = &[
    Part::Method,
    Part::Text(" "),
    Part::Uri,
    Part::Text("\n"),
    Part::ClientId,
    Part::Text("."),
    Part::Time,
    Part::Text("."),
    Part::Body,
];

const PAY: Endpoint = Endpoint {
    name: "pay",
    method: "POST",
    path: "/v1/payments/pay",
    request: || &payspec_runtime::Schema::EMPTY,
    status: &["result", "resultStatus"],
    codes: &[&["result", "resultCode"]],
    statuses: &[
        ("S", StatusClass::Succeeded),
        ("F", StatusClass::Failed),
        ("U", StatusClass::Pending),
    ],
};

const CLIENT: &str = "5X00000000000000";

fn fixture() -> Json {
    let text = include_str!("../../fixtures/signing.json");
    serde_json::from_str(text).expect("the fixture is JSON")
}

fn text<'a>(json: &'a Json, name: &str) -> &'a str {
    json[name].as_str().expect("the fixture has this text")
}

fn key(name: &str) -> String {
    text(&fixture()["keys"], name).to_owned()
}

fn signing_key() -> SigningKey {
    SigningKey::from_text(&key("private_pkcs8_pem")).expect("a key")
}

fn verifying_key() -> VerifyingKey {
    VerifyingKey::from_text(&key("public_spki_pem")).expect("a key")
}

fn envelope(client_id: &str) -> Envelope {
    let base = Base::https("open.example").expect("a host");
    Envelope::new(&RECIPE, base, client_id, signing_key(), verifying_key()).expect("it fits")
}

fn at(millis: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(millis)
}

/// 2026-11-23T12:00:01Z.
const ANSWERED: u64 = 1_795_435_201_000;

fn signed(vector: &Json) -> Signed<'_> {
    Signed {
        method: text(vector, "method"),
        uri: text(vector, "path"),
        client_id: text(vector, "client_id"),
        time: text(vector, "time"),
        body: text(vector, "body").as_bytes(),
    }
}
