//! Notifications that a shared secret proves: received from a socket, acknowledged by a status, and refused when anything
//! differs. The secret is never shown.

use super::support::FakeClock;
use crate::cases::cases::webhook::demo::RECIPE;
use crate::cases::cases::webhook::demo::client::Credentials;
use crate::cases::cases::webhook::demo::send::{SendOutcome, SendRequest};
use http::{HeaderValue, Request};
use payspec_runtime::client::{
    Base, Clock, Envelope, NotificationError, Received, SetupError, Transport as _, Unsigned,
    Unverified, Ureq,
};
use payspec_tests::canary;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const BODY: &[u8] = br#"{"id":"evt_1","type":"payment.succeeded","order":"O-1"}"#;

fn credentials(webhook_secret: Option<String>) -> Credentials {
    Credentials {
        secret_key: "sk_1".into(),
        webhook_secret: webhook_secret.map(Into::into),
    }
}

fn envelope(webhook_secret: Option<String>) -> Result<Envelope<Unsigned, Unsigned>, SetupError> {
    let base: Base = "https://api.example.com".parse().expect("a base");
    Envelope::with_credentials(&RECIPE, base, &credentials(webhook_secret))
}

fn shop() -> Envelope<Unsigned, Unsigned> {
    envelope(Some(secret())).expect("an envelope")
}

fn secret() -> String {
    canary::of("webhook-secret")
}

/// Signs as the provider does.
fn signature(secret: &str, time: u64, body: &[u8]) -> String {
    let content = [time.to_string().as_bytes(), b".", body].concat();
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret.as_bytes());
    let tag = aws_lc_rs::hmac::sign(&key, &content);
    let digits = tag.as_ref().iter();
    digits.map(|byte| format!("{byte:02x}")).collect()
}

fn notification(value: &str, body: &[u8]) -> Request<Vec<u8>> {
    let request = Request::post("https://shop.example/events?from=anywhere");
    let request = request.header("Demo-Signature", value);
    request.body(body.to_vec()).expect("a request")
}

fn signed(now: SystemTime, body: &[u8]) -> Request<Vec<u8>> {
    let time = seconds(now);
    notification(
        &format!("t={time},v1={}", signature(&secret(), time, body)),
        body,
    )
}

fn seconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH);
    since.expect("after 1970").as_secs()
}

fn receive(
    request: &Request<Vec<u8>>,
    now: SystemTime,
) -> Result<Received<SendRequest>, NotificationError> {
    shop().receive(request, now)
}

/// Receives one request of a provider on a socket, and answers it as `reply` says.
fn answer(
    stream: &mut TcpStream,
    reply: impl FnOnce(&Request<Vec<u8>>) -> http::Response<Vec<u8>>,
) -> std::io::Result<()> {
    let mut came = Vec::new();
    let head = loop {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        came.extend(byte);
        if came.ends_with(b"\r\n\r\n") {
            break String::from_utf8_lossy(&came).into_owned();
        }
    };
    let mut lines = head.lines();
    let target = lines.next().and_then(|line| line.split(' ').nth(1));
    let mut request = Request::post(target.unwrap_or("/"));
    let mut length = 0;
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().unwrap_or(0);
        }
        request = request.header(name, value);
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    let request = request.body(body).expect("a request");
    let response = reply(&request);
    let status = response.status().as_u16();
    let length = response.body().len();
    write!(
        stream,
        "HTTP/1.1 {status} \r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    )?;
    stream.write_all(response.body())
}

#[test]
fn a_notification_comes_through_a_socket_and_a_status_acknowledges_it() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let now = SystemTime::now();
    let shop = std::thread::spawn(move || {
        for index in 0..3 {
            let (mut stream, _) = listener.accept().expect("a connection");
            let reply = |request: &Request<Vec<u8>>| {
                let Ok(received) = receive(request, SystemTime::now()) else {
                    let refused = http::Response::builder().status(400);
                    return refused.body(Vec::new()).expect("a reply");
                };
                assert!(matches!(received.outcome, SendOutcome::Paid));
                let reply = match index {
                    0 => shop().accept(&received, now),
                    _ => shop().reject(&received, now),
                };
                reply.expect("a reply")
            };
            answer(&mut stream, reply).expect("an answer");
        }
    });
    let deliver = |mut request: Request<Vec<u8>>| {
        let url = format!("http://{address}/events");
        *request.uri_mut() = url.parse().expect("an address");
        let answer = Ureq::default().send(request).expect("an answer");
        assert!(answer.body().is_empty());
        answer.status().as_u16()
    };
    assert_eq!(deliver(signed(now, BODY)), 200);
    assert_eq!(deliver(signed(now, BODY)), 500);
    let forged = notification("t=1,v1=00", BODY);
    assert_eq!(deliver(forged), 400);
    shop.join().expect("the shop");
}

/// Signed by Python's `hmac`:
/// `hmac.new(b"whsec_test_secret", b"1700000000." + BODY, hashlib.sha256).hexdigest()`.
#[test]
fn what_another_implementation_signed_is_received() {
    let shop = envelope(Some("whsec_test_secret".to_owned())).expect("an envelope");
    let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let value = concat!(
        "t=1700000000,v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39,",
        "v1=305b7030e44600abd8287491ac66eb89ac89bc5025ce92e24a2601e5180e724f"
    );
    let received = shop.receive::<SendRequest>(&notification(value, BODY), now);
    let received = received.expect("a notification");
    assert!(matches!(received.outcome, SendOutcome::Paid));
    assert_eq!(received.notification.order.as_deref(), Some("O-1"));
}

#[test]
fn what_is_not_the_providers_is_refused() {
    let now = FakeClock::new().now();
    let good = signed(now, BODY);
    assert!(receive(&good, now).is_ok());
    let refused = |request: &Request<Vec<u8>>, now: SystemTime| match receive(request, now) {
        Err(NotificationError::Unverified(why)) => why,
        other => panic!("{other:?}"),
    };
    let mut unsigned = good.clone();
    unsigned.headers_mut().clear();
    let missing = Unverified::Missing("Demo-Signature");
    assert_eq!(refused(&unsigned, now), missing);
    let mut twice = good.clone();
    let again = twice.headers()["demo-signature"].clone();
    twice.headers_mut().append("demo-signature", again);
    assert_eq!(refused(&twice, now), Unverified::Twice("Demo-Signature"));
    let mut bytes = good.clone();
    let value = HeaderValue::from_bytes(b"\xff").expect("a value");
    bytes.headers_mut().insert("demo-signature", value);
    assert_eq!(refused(&bytes, now), Unverified::NotText("Demo-Signature"));
    for index in 0..BODY.len() {
        let mut other = good.clone();
        other.body_mut()[index] ^= 1;
        assert_eq!(refused(&other, now), Unverified::WrongSignature, "{index}");
    }
    let late = now + Duration::from_secs(302);
    assert!(matches!(refused(&good, late), Unverified::Clock { .. }));
    let early = now - Duration::from_secs(302);
    assert!(matches!(refused(&good, early), Unverified::Clock { .. }));

    let got = Request::get("https://shop.example/events");
    let got = got.body(Vec::new()).expect("a request");
    assert!(matches!(receive(&got, now), Err(NotificationError::Method)));
    // What is signed and cannot be read is the provider's.
    let malformed = receive(&signed(now, b"[]"), now);
    assert!(matches!(malformed, Err(NotificationError::Malformed(_))));
}

#[test]
fn without_its_secret_a_client_receives_nothing() {
    let now = FakeClock::new().now();
    let shop = envelope(None).expect("an envelope");
    let found = shop.receive::<SendRequest>(&signed(now, BODY), now);
    let missing = NotificationError::Unverified(Unverified::NoKey("webhook_secret"));
    assert_eq!(found.expect_err("no secret"), missing);
    let empty = envelope(Some(String::new()));
    assert!(matches!(empty, Err(SetupError::Credential(_))));
}

#[test]
fn the_secret_is_never_shown() {
    let now = FakeClock::new().now();
    let good = signed(now, BODY);
    let received = receive(&good, now).expect("a notification");
    let accepted = shop().accept(&received, now).expect("a reply");
    let forged = receive(&notification("t=1,v1=00", BODY), now);
    let own = signature(&secret(), seconds(now), BODY);
    for shown in [
        format!("{:?} {:?}", shop(), credentials(Some(secret()))),
        format!("{received:?} {accepted:?}"),
        format!("{forged:?} {}", forged.as_ref().expect_err("forged")),
    ] {
        assert!(canary::seen(&shown).is_empty(), "{shown}");
        assert!(!shown.contains(&own), "{shown}");
    }
}
