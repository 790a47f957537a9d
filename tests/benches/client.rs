//! The cost of a signature against the library alone, of a call over the transport alone, and how
//! much the mock gateway takes.

mod support;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use alipay_instore::ams_instore::RECIPE;
use alipay_instore::ams_instore::client::Client;
use alipay_instore::ams_instore::pay_entry_code::PayEntryCodeRequest;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};
use http::{Request, Response};
use payspec_mock::{KeyPair, MockGateway};
use payspec_model::load;
use payspec_runtime::client::{
    Base, Call, CannotSign, Clock, Endpoint, Envelope, Part, RawClient, SignatureHeader, Signed,
    Signer, SigningKey, Transport, TransportError, Verifier, VerifyingKey,
};
use payspec_runtime::{Valid, decode, encode};
use payspec_tests::messages;
use serde_json::json;
use support::{Candidate, compare};

const CLIENT_ID: &str = "SANDBOX_5X00000000000000";
const PAY: Endpoint = PayEntryCodeRequest::ENDPOINT;

fn main() {
    let pair = KeyPair::make().expect("a key");
    signatures(&pair);
    calls(&pair);
    gateway();
}

fn request() -> Valid<PayEntryCodeRequest> {
    let request = decode(messages::clean_request().to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

/// Sign and verify, the content put together and the header written and read, against RSA alone.
fn signatures(pair: &KeyPair) {
    let own = SigningKey::from_text(&pair.private).expect("a key");
    let theirs = VerifyingKey::from_text(&pair.public).expect("a key");
    let body = encode(&*request()).expect("it encodes");
    let message = Signed {
        method: PAY.method,
        uri: "/ams/sandbox/api/v1/payments/pay",
        client_id: CLIENT_ID,
        time: "1795435200000",
        body: &body,
    };
    let parts: &[Part<'static>] = RECIPE.request;
    let content = message.content(parts);
    let signature = own.sign(&content).expect("it signs");
    let header = SignatureHeader {
        algorithm: RECIPE.algorithm,
        key_version: Some("1"),
        signature: signature.clone(),
    };
    let header = header.to_text(&RECIPE.keys);
    let bare_private = bare_key(&pair.private);
    let random = SystemRandom::new();
    compare(
        "Signing the documented request",
        &mut [
            Candidate::new("RSA alone", || {
                let mut out = vec![0; bare_private.public_modulus_len()];
                let signed = bare_private.sign(&RSA_PKCS1_SHA256, &random, &content, &mut out);
                signed.map(|()| out)
            }),
            Candidate::new("from body to header", || {
                let signature = own.sign(&message.content(parts)).expect("it signs");
                let header = SignatureHeader {
                    algorithm: RECIPE.algorithm,
                    key_version: Some("1"),
                    signature,
                };
                header.to_text(&RECIPE.keys)
            }),
        ],
    );
    let bare_public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, theirs.der());
    compare(
        "Verifying it",
        &mut [
            Candidate::new("RSA alone", || bare_public.verify(&content, &signature)),
            Candidate::new("from header and body to the verdict", || {
                let header = SignatureHeader::parse(&header, &RECIPE.keys).expect("a header");
                theirs.verify(&message.content(parts), &header.signature)
            }),
        ],
    );
}

fn bare_key(pem: &str) -> rsa::KeyPair {
    use base64::Engine as _;
    let text: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let der = base64::engine::general_purpose::STANDARD.decode(text);
    rsa::KeyPair::from_pkcs8(&der.expect("base64")).expect("a key")
}

/// A clock that stands still.
struct Standing(SystemTime);

impl Clock for Standing {
    fn now(&self) -> SystemTime {
        self.0
    }

    fn sleep(&self, _: Duration) {}
}

/// Signs and verifies for nothing, so that RSA is not measured.
struct Free;

impl Signer for Free {
    fn sign(&self, _: &[u8]) -> Result<Vec<u8>, CannotSign> {
        Ok(vec![7; 256])
    }
}

impl Verifier for Free {
    fn verify(&self, _: &[u8], _: &[u8]) -> bool {
        true
    }
}

/// A transport that has the answer at hand.
struct AtHand(Response<Vec<u8>>);

impl Transport for AtHand {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        std::hint::black_box(request);
        Ok(self.0.clone())
    }
}

/// A call over the transport alone, and through the client.
fn calls(pair: &KeyPair) {
    let now = UNIX_EPOCH + Duration::from_secs(1_795_435_200);
    let base: Base = "https://open.example".parse().expect("a base");
    let free = Envelope::new(&RECIPE, base.clone(), CLIENT_ID, Free, Free).expect("it fits");
    let request = request();
    let body = json!({
        "result": {"resultStatus": "S", "resultCode": "SUCCESS", "resultMessage": "success"},
        "paymentRequestId": request.payment_request_id,
        "paymentId": "2019111919401080010018885020050XXXX",
        "paymentAmount": {"currency": "USD", "value": "100"},
        "paymentCreateTime": "2019-04-04T12:08:56+05:30",
        "redirectActionForm": {"method": "GET", "redirectUrl": "https://pay.example/h5?x=1"},
    });
    let mut answer = Response::new(body.to_string().into_bytes());
    let own = SigningKey::from_text(&pair.private).expect("a key");
    let signed = SignatureHeader {
        algorithm: RECIPE.algorithm,
        key_version: Some("1"),
        signature: own
            .sign(
                &Signed {
                    method: PAY.method,
                    uri: "/ams/sandbox/api/v1/payments/pay",
                    client_id: CLIENT_ID,
                    time: "2026-11-23T12:00:00Z",
                    body: answer.body(),
                }
                .content(RECIPE.response),
            )
            .expect("it signs"),
    };
    for (name, value) in [
        ("signature", signed.to_text(&RECIPE.keys).as_str()),
        ("response-time", "2026-11-23T12:00:00Z"),
        ("client-id", CLIENT_ID),
        ("content-type", "application/json"),
    ] {
        answer
            .headers_mut()
            .insert(name, value.parse().expect("a value"));
    }
    let signed = free.sign(&PAY, &encode(&*request).expect("JSON"), now);
    let signed = signed.expect("it can be signed");
    let transport = AtHand(answer);
    let theirs = VerifyingKey::from_text(&pair.public).expect("a key");
    let real = Envelope::new(&RECIPE, base, CLIENT_ID, own, theirs).expect("it fits");
    let free = Client::from(RawClient::new(free, AtHand(transport.0.clone())).clock(Standing(now)));
    let real = Client::from(RawClient::new(real, AtHand(transport.0.clone())).clock(Standing(now)));
    assert!(
        free.pay_entry_code(request.clone()).is_ok()
            && real.pay_entry_code(request.clone()).is_ok()
    );
    compare(
        "A payment over a transport that has the answer at hand",
        &mut [
            Candidate::new("the transport alone", || transport.send(signed.clone())),
            Candidate::new("the client, signing and verifying for nothing", || {
                free.pay_entry_code(request.clone())
            }),
            Candidate::new("the client, with RSA", || {
                real.pay_entry_code(request.clone())
            }),
        ],
    );
}

/// Payments per second, each with its own id, over connections that stay open.
fn gateway() {
    const PAYMENTS: usize = 4_000;
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let model = load(&spec).model.expect("the spec is sound");
    println!("\nThe mock gateway on loopback, keep-alive, {PAYMENTS} payments");
    println!(
        "{:<58} {:>10} {:>8} {:>8}",
        "", "per second", "p50 us", "p99 us"
    );
    for connections in [1, 8, 64] {
        let gateway = MockGateway::start(model.clone()).expect("it starts");
        let own = SigningKey::from_text(&gateway.keys().client.private).expect("a key");
        let theirs = own.public();
        let base: Base = gateway.url().parse().expect("a base");
        let envelope = Envelope::new(&RECIPE, base, CLIENT_ID, own, theirs).expect("it fits");
        let requests: Vec<Vec<u8>> = (0..PAYMENTS).map(|n| wire(&envelope, n)).collect();
        let start = Barrier::new(connections + 1);
        let address = gateway.address();
        let (mut times, elapsed) = thread::scope(|scope| {
            let shares = requests.chunks(PAYMENTS.div_ceil(connections));
            let threads: Vec<_> = shares
                .map(|share| scope.spawn(|| pay(address, share, &start)))
                .collect();
            start.wait();
            let began = Instant::now();
            let times = threads
                .into_iter()
                .flat_map(|one| one.join().expect("it pays"));
            let times: Vec<Duration> = times.collect();
            (times, began.elapsed())
        });
        times.sort_unstable();
        let at = |share: usize| times[(times.len() - 1) * share / 100].as_micros();
        let name = format!("{connections} connections");
        let rate = PAYMENTS as f64 / elapsed.as_secs_f64();
        println!("{name:<58} {rate:>10.0} {:>8} {:>8}", at(50), at(99));
    }
}

/// A signed payment with an id of its own, as it goes over the wire.
fn wire(envelope: &Envelope, number: usize) -> Vec<u8> {
    let mut message = messages::clean_request();
    message["paymentRequestId"] = json!(format!("bench-{number}"));
    let body = message.to_string().into_bytes();
    let request = envelope
        .sign(&PAY, &body, SystemTime::now())
        .expect("it can be signed");
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    let mut bytes = format!("{} {path} HTTP/1.1\r\nhost: localhost\r\n", head.method).into_bytes();
    for (name, value) in &head.headers {
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
    bytes.extend_from_slice(&body);
    bytes
}

/// Sends one payment after the other over one connection, and takes the time of each.
fn pay(address: SocketAddr, requests: &[Vec<u8>], start: &Barrier) -> Vec<Duration> {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_nodelay(true).expect("an option");
    let mut buffer = vec![0; 64 * 1024];
    start.wait();
    let mut times = Vec::with_capacity(requests.len());
    for request in requests {
        let began = Instant::now();
        stream.write_all(request).expect("it is sent");
        let mut length = 0;
        let answer = loop {
            let count = stream.read(&mut buffer[length..]).expect("an answer");
            assert_ne!(count, 0, "the gateway hung up");
            length += count;
            if let Some(end) = whole(&buffer[..length]) {
                break &buffer[..end];
            }
        };
        times.push(began.elapsed());
        let text = String::from_utf8_lossy(answer);
        assert!(text.contains(r#""resultStatus":"S""#), "{text}");
    }
    times
}

/// The length of an answer, once all of it is there.
fn whole(bytes: &[u8]) -> Option<usize> {
    let head_end = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&bytes[..head_end])
        .ok()?
        .to_ascii_lowercase();
    let mut lines = head.lines();
    let length = lines.find_map(|line| line.strip_prefix("content-length: "))?;
    let end = head_end + length.trim().parse::<usize>().ok()?;
    (bytes.len() >= end).then_some(end)
}
