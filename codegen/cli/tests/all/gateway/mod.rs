//! The core of the mock gateway: requests and answers, by the spec alone.

mod credentials;
mod faults;
mod http_status;
mod load;
mod lookup;
mod money;
mod refusals;
mod repetition;
mod results;
mod state;
mod times;
mod tokens;

use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{Request, Response};
use payspec_mock::{Exchange, Gateway, KeyPair, Keys, NOTE, Setup};
use payspec_model::load;
use payspec_model::model::{Api, Model, Operation};
use payspec_runtime::StatusClass;
use payspec_runtime::client::*;
use serde_json::Value;

use crate::mock::connect;
use crate::support::root;

/// The signing rules of the API's pages, written independently of the spec.
pub(crate) const RECIPE: Recipe = Recipe {
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

pub(crate) const CONTENT: &[Part<'static>] = &[
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

/// Returns the endpoint of an operation as generated code has it.
pub(crate) const fn endpoint(path: &'static str) -> Endpoint {
    Endpoint {
        name: "endpoint",
        method: "POST",
        path,
        request: || &payspec_runtime::Schema::EMPTY,
        status: &["result", "resultStatus"],
        codes: &[&["result", "resultCode"]],
        statuses: &[
            ("S", StatusClass::Succeeded),
            ("F", StatusClass::Failed),
            ("U", StatusClass::Pending),
        ],
    }
}

pub(crate) const PAY: Endpoint = endpoint("/v1/payments/pay");
pub(crate) const INQUIRE: Endpoint = endpoint("/v1/payments/inquiryPayment");
pub(crate) const CANCEL: Endpoint = endpoint("/v1/payments/cancel");

pub(crate) const CLIENT: &str = "SANDBOX_5X00000000000000";

/// Returns the keys of the test fixture.
pub(crate) fn keys() -> Keys {
    let text = include_str!("../../../../../runtime/tests/fixtures/signing.json");
    let fixture: Value = serde_json::from_str(text).expect("the fixture is JSON");
    let key = |name: &str| fixture["keys"][name].as_str().expect("a key").to_owned();
    let client = KeyPair {
        private: key("private_pkcs8_pem"),
        public: key("public_spki_pem"),
    };
    // Two pairs would not test more: no message is both a request and an answer.
    Keys {
        gateway: client.clone(),
        client,
    }
}

pub(crate) fn model() -> Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    let load = || load(&root().join("spec")).model;
    let model = MODEL.get_or_init(|| load().expect("the spec has no errors"));
    model.clone()
}

pub(crate) fn envelope(base: &str, keys: &Keys) -> Envelope {
    let signer = SigningKey::from_text(&keys.client.private).expect("a key");
    let verifier = VerifyingKey::from_text(&keys.gateway.public).expect("a key");
    let base = base.parse().expect("an address");
    Envelope::new(&RECIPE, base, CLIENT, signer, verifier).expect("an envelope")
}

pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000)
}

pub(crate) fn gateway(setup: impl FnOnce(&mut Setup)) -> Gateway {
    let mut own = Setup::with(&keys());
    setup(&mut own);
    Gateway::new(model(), own).expect("the spec can be played")
}

pub(crate) fn pay_request(id: &str, amount: &str) -> Value {
    let text = include_str!("../../../../../spec/ams-instore/examples/pay-entry-code.request.json");
    let mut request: Value = serde_json::from_str(text).expect("the example is JSON");
    request["paymentRequestId"] = id.into();
    request["paymentAmount"]["value"] = amount.into();
    request
}

pub(crate) fn signed(endpoint: &Endpoint, body: &Value) -> Request<Vec<u8>> {
    let envelope = envelope("https://open.example", &keys());
    let body = body.to_string().into_bytes();
    envelope.sign(endpoint, &body, now()).expect("a request")
}

pub(crate) fn ask(gateway: &Gateway, endpoint: &Endpoint, body: &Value) -> Exchange {
    gateway.answer(&signed(endpoint, body), now())
}

fn asked_for(
    gateway: &Gateway,
    body: &Value,
    header: &'static str,
    value: &str,
) -> (Exchange, Response<Vec<u8>>) {
    let mut request = signed(&PAY, body);
    let value = value.parse().expect("a value");
    request.headers_mut().insert(header, value);
    let exchange = gateway.answer(&request, now());
    let response = exchange.response.clone();
    (exchange, response)
}

/// Returns the verified body of an answer.
pub(crate) fn opened(endpoint: &Endpoint, exchange: &Exchange) -> Value {
    let envelope = envelope("https://open.example", &keys());
    let answer = envelope
        .verify(endpoint, b"{}", &exchange.response, now())
        .unwrap_or_else(|error| panic!("{error}: {:?}", exchange.record));
    serde_json::from_slice(answer.body()).expect("the answer is JSON")
}

pub(crate) fn code(endpoint: &Endpoint, exchange: &Exchange) -> String {
    let answer = opened(endpoint, exchange);
    answer["result"]["resultCode"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// Returns the reason why an answer is not accepted.
fn why(response: &Response<Vec<u8>>) -> AnswerErrorKind {
    let envelope = envelope("https://open.example", &keys());
    let error = envelope
        .verify(&PAY, b"{}", response, now())
        .expect_err("an error");
    error.kind().clone()
}

fn request(api: &Api, operation: &Operation, prefix: usize, body: String) -> Request<Vec<u8>> {
    let prefix = api.servers.get(prefix);
    let client = match prefix.and_then(|prefix| prefix.client_id_prefix.as_deref()) {
        Some(beginning) => format!("{beginning}1"),
        None => "merchant-1".to_owned(),
    };
    let prefix = prefix.map_or("", |prefix| prefix.prefix.as_str());
    let uri = format!("{prefix}{}", operation.path);
    let signed = Signed {
        method: operation.method.as_str(),
        uri: &uri,
        client_id: &client,
        time: "1700000000000",
        body: body.as_bytes(),
    };
    let key = SigningKey::from_text(&keys().client.private).expect("a key");
    let header = SignatureHeader {
        algorithm: "RSA256",
        key_version: None,
        signature: key.sign(&signed.content(CONTENT)).expect("a signature"),
    };
    Request::builder()
        .method(signed.method)
        .uri(&uri)
        .header("client-id", &client)
        .header("request-time", signed.time)
        .header("signature", header.to_text(&RECIPE.keys))
        .body(body.clone().into_bytes())
        .expect("a request")
}

const REFUND: Endpoint = endpoint("/v1/payments/refund");

/// Sends a text, and returns the status and the whole text of the answer.
fn spoken(address: SocketAddr, text: &str) -> (u16, String) {
    let mut stream = connect(address);
    stream.write_all(text.as_bytes()).expect("it is sent");
    let mut got = Vec::new();
    // The gateway may close the connection before everything is read.
    let _ = stream.read_to_end(&mut got);
    let got = String::from_utf8_lossy(&got).into_owned();
    let status = got.split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.unwrap_or(0), got)
}

fn note(exchange: &payspec_mock::Exchange) -> &str {
    let note = exchange.response.headers().get(NOTE);
    note.map_or("", |note| note.to_str().expect("a text"))
}
