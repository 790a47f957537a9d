//! Notifications of the provider: verified, read, acknowledged, acted upon once.

use super::support::{CLIENT_ID, FakeClock, envelope, key, notification};
use alipay_instore::ams_instore::RECIPE;
use alipay_instore::ams_instore::notify_payment::{
    NotifyPaymentOutcome, NotifyPaymentRequest, NotifyPaymentResponse,
};
use http::{HeaderValue, Request, Response};
use payspec_runtime::client::{
    Clock, Envelope, NotificationError, Received, Seen, SeenInMemory, SeenNotifications,
    SignatureHeader, Signed, StampForm, Unverified, Verifier,
};
use payspec_runtime::{Valid, decode};
use std::time::{Duration, SystemTime};

const PAID: &[u8] =
    include_bytes!("../../../../spec/ams-instore/examples/notify-payment.request.paid.json");
const REPLY: &[u8] =
    include_bytes!("../../../../spec/ams-instore/examples/notify-payment.response.json");

fn shop() -> Envelope {
    envelope("https://open.example")
}

fn receive(
    request: &Request<Vec<u8>>,
    now: SystemTime,
) -> Result<Received<NotifyPaymentRequest>, NotificationError> {
    shop().receive(request, now)
}

#[test]
fn a_notification_is_verified_read_and_acknowledged() {
    let now = FakeClock::new().now();
    for form in [StampForm::EpochMillis, StampForm::DateTime] {
        let request = notification(form, now, PAID);
        let received = receive(&request, now).expect("a notification");
        assert!(matches!(received.outcome, NotifyPaymentOutcome::Paid));
        assert!(received.notification.payment_id.is_some());
        assert!(received.dropped.is_empty());

        let reply = decode::<NotifyPaymentResponse>(REPLY).expect("a reply");
        let reply = Valid::new(reply).expect("valid");
        assert_accepts(&shop().acknowledge(&received, &reply, now).expect("a reply"));
        // The description documents the reply, so that nobody has to make it.
        assert_accepts(&shop().accept(&received, now).expect("a reply"));
    }
}

/// Asserts that a response is the documented acknowledgement, and that the provider takes it.
fn assert_accepts(response: &Response<Vec<u8>>) {
    let header = |name: &str| response.headers()[name].to_str().expect("text");
    assert_eq!(header("client-id"), CLIENT_ID);
    assert_eq!(header("content-type"), "application/json; charset=UTF-8");
    // The provider verifies it over the path that it called.
    let signature = SignatureHeader::parse(header("signature"), &RECIPE.keys);
    let content = Signed {
        method: "POST",
        uri: "/shop/notify?order=7",
        client_id: CLIENT_ID,
        time: header("response-time"),
        body: response.body(),
    }
    .content(RECIPE.response);
    let signature = signature.expect("a header").signature;
    assert!(key().public().verify(&content, &signature));
    let as_json = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).expect("JSON");
    assert_eq!(as_json(response.body()), as_json(REPLY));
}

#[test]
fn what_is_not_the_providers_is_refused() {
    type Change = fn(&mut Request<Vec<u8>>);
    type Case = (&'static str, Change, fn(&Unverified) -> bool);
    let now = FakeClock::new().now();
    let cases: &[Case] = &[
        (
            "another body",
            |request| request.body_mut().push(b' '),
            |why| *why == Unverified::WrongSignature,
        ),
        (
            "another path",
            |request| *request.uri_mut() = http::Uri::from_static("/shop/notify?order=8"),
            |why| *why == Unverified::WrongSignature,
        ),
        (
            "unsigned",
            |request| request.headers_mut().clear(),
            |why| *why == Unverified::Unsigned,
        ),
        (
            "no time",
            |request| drop(request.headers_mut().remove("request-time")),
            |why| *why == Unverified::Missing("Request-Time"),
        ),
        (
            "another client's",
            |request| {
                let other = HeaderValue::from_static("another");
                request.headers_mut().insert("client-id", other);
            },
            |why| *why == Unverified::OtherClient,
        ),
        (
            "two times",
            |request| {
                let time = HeaderValue::from_static("1");
                request.headers_mut().append("request-time", time);
            },
            |why| *why == Unverified::Twice("Request-Time"),
        ),
    ];
    for (name, change, is_it) in cases {
        let mut request = notification(StampForm::EpochMillis, now, PAID);
        change(&mut request);
        match receive(&request, now) {
            Err(NotificationError::Unverified(why)) => assert!(is_it(&why), "{name}: {why}"),
            other => panic!("{name}: {other:?}"),
        }
    }
    let request = notification(StampForm::EpochMillis, now, PAID);
    let late = now + Duration::from_secs(16 * 60);
    let old = receive(&request, late);
    assert!(matches!(
        old,
        Err(NotificationError::Unverified(Unverified::Clock { .. }))
    ));
    let mut request = notification(StampForm::EpochMillis, now, PAID);
    *request.method_mut() = http::Method::PUT;
    assert!(matches!(
        receive(&request, now),
        Err(NotificationError::Method)
    ));
    let other = notification(
        StampForm::EpochMillis,
        now,
        b"{\"notifyType\":\"PAYMENT_RESULT\"}",
    );
    assert!(matches!(
        receive(&other, now),
        Err(NotificationError::Malformed(_))
    ));
}

#[test]
fn a_repetition_is_known_again() {
    let now = FakeClock::new().now();
    let later = now + Duration::from_secs(60);
    let id = |body: &[u8], at| {
        let received = receive(&notification(StampForm::EpochMillis, at, body), at);
        received.expect("a notification").id
    };
    let seen = SeenInMemory::for_as_long_as(Duration::from_secs(600));
    let paid = id(PAID, now);
    assert_eq!(seen.begin(&paid, now), Seen::New);
    // While it is in work it is neither new nor done, however long that takes.
    assert_eq!(seen.begin(&id(PAID, later), later), Seen::InWork);
    assert_eq!(
        seen.begin(&paid, now + Duration::from_secs(6000)),
        Seen::InWork
    );
    seen.finish(&paid, later);
    assert_eq!(seen.begin(&paid, later), Seen::Done);
    let other = String::from_utf8_lossy(PAID).replace("PAYMENT_RESULT", "PAYMENT_PENDING");
    assert_eq!(seen.begin(&id(other.as_bytes(), later), later), Seen::New);
    // What is done is new again after that time.
    assert_eq!(
        seen.begin(&paid, later + Duration::from_secs(600)),
        Seen::Done
    );
    assert_eq!(
        seen.begin(&paid, later + Duration::from_secs(601)),
        Seen::New
    );
}

#[test]
fn what_is_not_finished_is_new_again() {
    let now = FakeClock::new().now();
    let seen = SeenInMemory::for_as_long_as(Duration::from_secs(600));
    drop(seen.take("n-1", now).expect("new"));
    let in_work = seen.take("n-1", now).expect("new again");
    assert_eq!(format!("{in_work:?}"), r#"InWork(Some("n-1"))"#);
    assert_eq!(seen.take("n-1", now).expect_err("in work"), Seen::InWork);
    let panics = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _in_work = seen.take("n-2", now).expect("new");
        panic!("booking fails");
    }));
    assert!(panics.is_err());
    assert_eq!(seen.begin("n-2", now), Seen::New);
    in_work.finish(now);
    assert_eq!(seen.take("n-1", now).expect_err("done"), Seen::Done);
}
