//! A provider that signs, a transport that follows a script, a clock that is told the time.

use alipay_instore::ams_instore::RECIPE;
use alipay_instore::ams_instore::client::Client;
use alipay_instore::ams_instore::pay_entry_code::PayEntryCodeRequest;
use http::{HeaderMap, HeaderValue, Request, Response};
use payspec_runtime::client::{
    AsyncClock, Base, Clock, Envelope, RawClient, SignatureHeader, Signed, Signer, SigningKey,
    StampForm, Transport, TransportError,
};
use payspec_runtime::{Valid, decode};
use payspec_tests::messages;
use serde_json::{Value as Json, json};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) const CLIENT_ID: &str = "SANDBOX_5X00000000000000";

pub(crate) fn key() -> SigningKey {
    let fixture = include_str!("../../../../runtime/tests/fixtures/signing.json");
    let fixture: Json = serde_json::from_str(fixture).expect("JSON");
    let text = fixture["keys"]["private_pkcs8_pem"].as_str();
    SigningKey::from_text(text.expect("a key")).expect("a key")
}

pub(crate) fn envelope(base: &str) -> Envelope {
    let base: Base = base.parse().expect("a base");
    Envelope::new(&RECIPE, base, CLIENT_ID, key(), key().public()).expect("it fits")
}

pub(crate) fn request() -> Valid<PayEntryCodeRequest> {
    let request = decode(messages::clean_request().to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

/// The key of [`request`].
pub(crate) fn id() -> String {
    request().payment_request_id.clone()
}

/// An answer to a pay request.
pub(crate) fn result(status: &str, code: &str) -> Json {
    json!({
        "result": {"resultStatus": status, "resultCode": code, "resultMessage": "m"},
        "paymentRequestId": id(),
        "paymentId": "p-1",
    })
}

/// The answer that sends the payer on.
pub(crate) fn redirect() -> Json {
    let mut answer = result("S", "SUCCESS");
    answer["redirectActionForm"] = json!({"method": "GET", "redirectUrl": "https://pay.example/1"});
    answer
}

/// Returns the headers of a signed answer.
pub(crate) fn signed_headers(method: &str, uri: &str, body: &[u8], now: SystemTime) -> HeaderMap {
    let time = StampForm::DateTime.write(now).expect("a time");
    let content = Signed {
        method,
        uri,
        client_id: CLIENT_ID,
        time: &time,
        body,
    }
    .content(RECIPE.response);
    let header = SignatureHeader {
        algorithm: "RSA256",
        key_version: Some("1"),
        signature: key().sign(&content).expect("it signs"),
    };
    let mut headers = HeaderMap::new();
    let value = |text: &str| HeaderValue::from_str(text).expect("a header");
    headers.insert("signature", value(&header.to_text(&RECIPE.keys)));
    headers.insert("response-time", value(&time));
    headers.insert("client-id", value(CLIENT_ID));
    headers
}

/// An answer as the provider signs it.
pub(crate) fn signed(
    request: &Request<Vec<u8>>,
    body: &Json,
    now: SystemTime,
) -> Response<Vec<u8>> {
    let body = body.to_string().into_bytes();
    let mut response = Response::new(Vec::new());
    let uri = request.uri().path();
    *response.headers_mut() = signed_headers(request.method().as_str(), uri, &body, now);
    *response.body_mut() = body;
    response
}

/// A notification as the provider sends it.
pub(crate) fn notification(form: StampForm, now: SystemTime, body: &[u8]) -> Request<Vec<u8>> {
    let time = form.write(now).expect("a time");
    let content = Signed {
        method: "POST",
        uri: "/shop/notify?order=7",
        client_id: CLIENT_ID,
        time: &time,
        body,
    }
    .content(RECIPE.request);
    let header = SignatureHeader {
        algorithm: "RSA256",
        key_version: Some("2"),
        signature: key().sign(&content).expect("it signs"),
    };
    Request::post("/shop/notify?order=7")
        .header("signature", header.to_text(&RECIPE.keys))
        .header("client-id", CLIENT_ID)
        .header("request-time", time)
        .body(body.to_vec())
        .expect("a request")
}

/// A clock that stands still but for sleep, and writes down how long it slept.
#[derive(Clone)]
pub(crate) struct FakeClock(Arc<Mutex<(SystemTime, Vec<Duration>)>>);

impl FakeClock {
    pub(crate) fn new() -> Self {
        let start = UNIX_EPOCH + Duration::from_secs(1_795_435_200);
        Self(Arc::new(Mutex::new((start, Vec::new()))))
    }

    pub(crate) fn time(&self) -> SystemTime {
        self.0.lock().expect("a clock").0
    }

    pub(crate) fn pauses(&self) -> Vec<Duration> {
        self.0.lock().expect("a clock").1.clone()
    }
}

impl Clock for FakeClock {
    fn now(&self) -> SystemTime {
        self.time()
    }

    fn sleep(&self, time: Duration) {
        let mut clock = self.0.lock().expect("a clock");
        clock.0 += time;
        clock.1.push(time);
    }
}

impl AsyncClock for FakeClock {
    fn now(&self) -> SystemTime {
        self.time()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Clock::sleep(self, time);
        Box::pin(std::future::ready(()))
    }
}

/// The result of one sending.
pub(crate) enum Scene {
    /// An answer, signed.
    Answer(Json),
    /// An answer, changed behind the signature.
    Changed(Json, fn(&mut Response<Vec<u8>>)),
    /// None.
    Fail(TransportError),
}

pub(crate) fn lost() -> Scene {
    Scene::Fail(TransportError::NoAnswer("the connection broke".to_owned()))
}

pub(crate) fn not_sent() -> Scene {
    Scene::Fail(TransportError::NotSent("no route".to_owned()))
}

/// A transport that follows a script and writes down what it was given.
#[derive(Clone)]
pub(crate) struct Stage {
    clock: FakeClock,
    script: Arc<Mutex<VecDeque<Scene>>>,
    requests: Arc<Mutex<Vec<Request<Vec<u8>>>>>,
}

impl Stage {
    pub(crate) fn new(clock: &FakeClock, script: impl IntoIterator<Item = Scene>) -> Self {
        Self {
            clock: clock.clone(),
            script: Arc::new(Mutex::new(script.into_iter().collect())),
            requests: Arc::default(),
        }
    }

    pub(crate) fn requests(&self) -> Vec<Request<Vec<u8>>> {
        self.requests.lock().expect("requests").clone()
    }

    /// Scenes that were not played.
    pub(crate) fn left(&self) -> usize {
        self.script.lock().expect("a script").len()
    }
}

impl Transport for Stage {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let scene = self.script.lock().expect("a script").pop_front();
        let now = self.clock.time();
        let answer = match scene.expect("no more sendings than scenes") {
            Scene::Answer(json) => Ok(signed(&request, &json, now)),
            Scene::Changed(json, change) => {
                let mut response = signed(&request, &json, now);
                change(&mut response);
                Ok(response)
            }
            Scene::Fail(error) => Err(error),
        };
        self.requests.lock().expect("requests").push(request);
        answer
    }
}

/// A client on a stage.
pub(crate) fn client(script: impl IntoIterator<Item = Scene>) -> (Client<Stage>, Stage, FakeClock) {
    let clock = FakeClock::new();
    let stage = Stage::new(&clock, script);
    let calls = RawClient::new(envelope("https://open.example"), stage.clone());
    let calls = calls.clock(clock.clone()).seed(7);
    (Client::from(calls), stage, clock)
}
