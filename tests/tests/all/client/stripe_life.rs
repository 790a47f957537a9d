//! The flows of Stripe's payments and refunds, which the generated client runs against the mock gateway over a socket:
//! every later request names the payment by the id that the first answer gave.

use http::{Request, Response};
use payspec_mock::MockGateway;
use payspec_runtime::Valid;
use payspec_runtime::client::life::{Ending, Next, NotPaid, Payment, RefundEnding, Stop, Timing};
use payspec_runtime::client::{
    Base, Envelope, FileJournal, Moment, RawClient, Transport, TransportError, Unsigned, Ureq,
};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::stripe::{gateway, order, valid};
use super::support::FakeClock;
use crate::providers::generated::stripe::stripe;
use stripe::RECIPE;
use stripe::client::{Client, Credentials, Unfinished};
use stripe::create_payment::CreatePaymentRequest;
use stripe::create_refund::CreateRefundRequest;
use stripe::payment_life::{Life, Proof};

/// A transport that keeps what it sends, and breaks after some requests: the request may arrive, its answer does not.
#[derive(Clone, Default)]
struct Wire {
    inner: Ureq,
    sent: Arc<Mutex<Vec<Request<Vec<u8>>>>>,
    breaks: Option<Break>,
}

/// The point at which the connection breaks for good.
#[derive(Clone, Copy)]
struct Break {
    /// The number of requests that are answered before it.
    after: usize,
    /// True if the first request after it still arrives.
    arrives: bool,
}

impl Transport for Wire {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let mut sent = self.sent.lock().expect("a log");
        sent.push(request.clone());
        let number = sent.len();
        drop(sent);
        let broken = || Err(TransportError::NoAnswer("the connection broke".to_owned()));
        match self.breaks {
            Some(Break { after, arrives }) if number > after => {
                if arrives && number == after + 1 {
                    let _lost = self.inner.send(request);
                }
                broken()
            }
            Some(_) | None => self.inner.send(request),
        }
    }
}

impl Wire {
    /// Returns the requests as `POST /v1/payment_intents`, with their idempotency keys.
    fn sent(&self) -> Vec<(String, Option<String>)> {
        let sent = self.sent.lock().expect("a log");
        let told = sent.iter().map(|request| {
            let key = request.headers().get("idempotency-key");
            let key = key.map(|key| key.to_str().expect("ASCII").to_owned());
            let path = request.uri().path();
            (format!("{} {path}", request.method()), key)
        });
        told.collect()
    }
}

fn envelope(gateway: &MockGateway) -> Envelope<Unsigned, Unsigned> {
    let base: Base = gateway.url().parse().expect("a base");
    let credentials = Credentials {
        secret_key: "sk_test".into(),
        webhook_secret: None,
    };
    Envelope::with_credentials(&RECIPE, base, &credentials).expect("they fit")
}

fn client_over(gateway: &MockGateway, breaks: Option<Break>) -> (Client<Wire>, Wire) {
    let wire = Wire {
        breaks,
        ..Wire::default()
    };
    let raw = RawClient::new(envelope(gateway), wire.clone());
    (Client::from(raw.clock(FakeClock::new()).seed(7)), wire)
}

/// Carries a payment to its end, and returns that and the operations that the gateway was asked, the first first.
fn life(steps: &Value) -> (Ending<Proof>, Vec<String>, MockGateway) {
    let gateway = gateway(steps);
    let (client, _) = client_over(&gateway, None);
    let mut payment = client.payment_life(order("1", 1099)).expect("it begins");
    let ending = client.settle(&mut payment, |_| ()).expect("it ends");
    let asked = operations(&gateway);
    (ending, asked, gateway)
}

fn operations(gateway: &MockGateway) -> Vec<String> {
    let exchanges = gateway.exchanges();
    let mut asked: Vec<String> = exchanges
        .iter()
        .filter_map(|one| one.operation.clone())
        .collect();
    asked.reverse();
    asked
}

fn proof(ending: &Ending<Proof>) -> (&'static str, &Proof) {
    match ending {
        Ending::Paid(proved) => (proved.said(), proved.proof()),
        Ending::NotPaid(_) | Ending::InDoubt(_) => panic!("{ending}"),
    }
}

#[test]
fn a_payment_is_created_confirmed_and_paid() {
    let (ending, asked, _gateway) = life(&json!([
        { "result": "requires_confirmation", "settlement": "waits" },
    ]));
    let (said, proof) = proof(&ending);
    assert_eq!(said, "confirm_payment.paid");
    // The shop refunds by this id.
    assert!(proof.id.is_some(), "{proof:?}");
    assert_eq!(asked, ["create_payment", "confirm_payment"]);
}

#[test]
fn a_payment_is_paid_at_once() {
    let (ending, asked, _gateway) = life(&json!([]));
    assert_eq!(proof(&ending).0, "create_payment.paid");
    assert_eq!(asked, ["create_payment"]);
}

#[test]
fn a_declined_card_leaves_nothing_open() {
    let (ending, asked, _gateway) = life(&json!([{ "result": "insufficient_funds" }]));
    assert!(
        matches!(ending, Ending::NotPaid(NotPaid::Unpaid)),
        "{ending}"
    );
    assert_eq!(asked, ["create_payment"]);

    // Another attempt could confirm the payment later.
    let (ending, asked, _gateway) = life(&json!([
        { "result": "requires_confirmation", "settlement": "waits" },
        { "operation": "confirm_payment", "result": "insufficient_funds" },
    ]));
    assert!(
        matches!(ending, Ending::NotPaid(NotPaid::Cancelled)),
        "{ending}"
    );
    assert_eq!(
        asked,
        ["create_payment", "confirm_payment", "cancel_payment"]
    );
}

#[test]
fn a_payment_that_takes_time_is_retrieved_by_its_id() {
    let (ending, asked, _gateway) = life(&json!([
        { "result": "processing", "settlement": "succeeds" },
    ]));
    assert_eq!(proof(&ending).0, "retrieve_payment.paid");
    assert_eq!(asked, ["create_payment", "retrieve_payment"]);
}

#[test]
fn reserved_money_is_captured() {
    let (ending, asked, _gateway) = life(&json!([
        { "result": "requires_confirmation", "settlement": "waits" },
        { "operation": "confirm_payment", "result": "authorized", "settlement": "waits" },
    ]));
    assert_eq!(proof(&ending).0, "capture_payment.paid");
    assert_eq!(
        asked,
        ["create_payment", "confirm_payment", "capture_payment"]
    );
}

#[test]
fn a_payment_that_nobody_makes_is_cancelled() {
    let (ending, asked, _gateway) = life(&json!([
        { "result": "requires_action", "settlement": "waits" },
    ]));
    assert!(
        matches!(ending, Ending::NotPaid(NotPaid::Cancelled)),
        "{ending}"
    );
    assert_eq!(asked.first().map(String::as_str), Some("create_payment"));
    assert_eq!(asked.last().map(String::as_str), Some("cancel_payment"));
    assert_eq!(asked.len(), 10, "{asked:?}");
}

/// A cancellation that was refused proves that the payment can still have been paid.
#[test]
fn a_payment_that_was_paid_before_its_cancellation_is_paid() {
    let (ending, asked, _gateway) = life(&json!([
        { "result": "requires_confirmation", "settlement": "waits" },
        { "operation": "confirm_payment", "result": "insufficient_funds", "settlement": "succeeds" },
        { "operation": "cancel_payment", "result": "payment_intent_unexpected_state" },
        { "operation": "retrieve_payment", "result": "paid" },
    ]));
    assert_eq!(proof(&ending).0, "retrieve_payment.paid", "{asked:?}");
    assert_eq!(asked.last().map(String::as_str), Some("retrieve_payment"));
}

#[test]
fn whatever_has_no_result_is_sent_again_with_its_key() {
    let troubles = [
        json!({ "fault": "lose-answer" }),
        json!({ "fault": "truncate" }),
        json!({ "fault": "http-status=503" }),
        json!({ "result": "api_error" }),
        json!({ "result": "idempotency_key_in_use" }),
        json!({ "result": "rate_limit" }),
    ];
    for trouble in troubles {
        for at in ["create_payment", "confirm_payment"] {
            let mut broken = trouble.clone();
            broken["operation"] = at.into();
            let created = json!({
                "operation": "create_payment", "result": "requires_confirmation", "settlement": "waits",
            });
            // A lost answer is that of the payment which the next sending gets again.
            let mut broken = match (at, trouble.get("fault")) {
                ("create_payment", Some(_)) => {
                    broken["result"] = "requires_confirmation".into();
                    broken["settlement"] = "waits".into();
                    vec![broken]
                }
                (_, _) => vec![broken],
            };
            broken.push(created);
            let gateway = gateway(&json!(broken));
            let (client, wire) = client_over(&gateway, None);
            let mut payment = client.payment_life(order("1", 1099)).expect("it begins");
            let ending = client.settle(&mut payment, |_| ()).expect("it ends");
            assert_eq!(proof(&ending).0, "confirm_payment.paid", "{trouble} {at}");

            let sent = wire.sent();
            assert_eq!(sent.len(), 3, "{trouble} {at} {sent:?}");
            let mut keys: Vec<_> = sent
                .iter()
                .map(|(request, key)| (request.ends_with("/confirm"), key.clone().expect("a key")))
                .collect();
            keys.dedup();
            assert_eq!(keys.len(), 2, "one key for each request: {sent:?}");
            assert_eq!(keys[0], (false, "1".to_owned()));
            assert_ne!(keys[1].1, "1", "a key belongs to one request");
            let ids = payments(&wire);
            assert_eq!(ids.len(), 1, "{trouble} {at}: {ids:?}");
        }
    }
}

/// Returns the ids of the payments that requests name.
fn payments(wire: &Wire) -> Vec<String> {
    let sent = wire.sent().into_iter();
    let mut ids: Vec<String> = sent
        .filter_map(|(request, _)| {
            let (_, rest) = request.split_once("/v1/payment_intents/")?;
            Some(rest.split('/').next().unwrap_or_default().to_owned())
        })
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Runs a payment until the connection breaks for good, then forgets the client: the program was killed.
fn killed(gateway: &MockGateway, journal: &Path, breaks: Break) -> Wire {
    let (client, wire) = client_over(gateway, Some(breaks));
    let client = client.journal(FileJournal::open(journal).expect("a journal"));
    let mut payment = client.payment_life(order("1", 1099)).expect("it begins");
    let stopped = client.go_on(&mut payment).expect("it goes on");
    assert!(!matches!(stopped, Stop::Ended(_)), "{stopped:?}");
    wire
}

#[test]
fn a_program_that_is_killed_goes_on_with_the_same_payment() {
    for after in [0, 1] {
        for arrives in [false, true] {
            let gateway = gateway(&json!([
                { "operation": "create_payment", "result": "requires_confirmation", "settlement": "waits" },
                { "operation": "create_payment", "result": "requires_confirmation", "settlement": "waits" },
            ]));
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("payments.journal");
            let before = killed(&gateway, &path, Break { after, arrives });

            let (client, wire) = client_over(&gateway, None);
            let client = client.journal(FileJournal::open(&path).expect("a journal"));
            let mut found: Vec<_> = client.unfinished().expect("it reads").into_iter().collect();
            let Some(Ok(Unfinished::PaymentLife(mut payment))) = found.pop() else {
                panic!("{found:?}");
            };
            let ending = client.settle(&mut payment, |_| ()).expect("it ends");
            assert_eq!(
                proof(&ending).0,
                "confirm_payment.paid",
                "{after} {arrives}"
            );
            client.close(&payment).expect("it is closed");

            let mut sent = before.sent();
            sent.extend(wire.sent());
            let keys = |end: &str| {
                let own = sent.iter().filter(|(request, _)| request.ends_with(end));
                let mut keys: Vec<_> = own.map(|(_, key)| key.clone()).collect();
                keys.dedup();
                keys
            };
            assert_eq!(keys("/v1/payment_intents").len(), 1, "{sent:?}");
            assert_eq!(keys("/confirm").len(), 1, "{sent:?}");
            let mut ids = payments(&before);
            ids.extend(payments(&wire));
            ids.dedup();
            assert_eq!(ids.len(), 1, "one payment: {sent:?}");
        }
    }
}

/// An answer of Stripe to a request that created a payment.
fn created(id: &str) -> Response<Vec<u8>> {
    let body =
        json!({ "id": id, "status": "requires_confirmation", "amount": 1099, "currency": "usd" });
    Response::new(body.to_string().into_bytes())
}

/// A payment that was created and goes on with its confirmation.
fn confirming(envelope: &Envelope<Unsigned, Unsigned>, at: SystemTime) -> Payment<Life> {
    let request: Valid<CreatePaymentRequest> = order("1", 1099);
    let mut payment = Payment::<Life>::begin(&request, Timing::default(), at).expect("it begins");
    let Next::Send(_, flight) = payment.next(envelope, at) else {
        panic!("a request");
    };
    payment.answered(envelope, flight, &created("pi_1"), at);
    payment
}

fn start() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_435_200)
}

/// A journal of a version without carried values has no id: the payment must not be created again to learn it.
#[test]
fn a_journal_without_the_id_is_read_and_ends_in_doubt() {
    let gateway = gateway(&json!([]));
    let envelope = envelope(&gateway);
    let payment = confirming(&envelope, start());
    let line = payment.save();
    assert!(line.contains("pi_1"), "{line}");
    let (old, _) = line.split_once(" | ").expect("the values come last");
    let mut payment = Payment::<Life>::resume(payment.entry(), old).expect("it is read");
    let mut now = start();
    let unresolved = loop {
        match payment.next(&envelope, Moment::from(now)) {
            Next::Send(request, _) => panic!("{request:?}"),
            Next::Stop(Stop::Until(time)) => now = time,
            Next::Stop(Stop::Ended(Ending::InDoubt(unresolved))) => {
                break unresolved;
            }
            Next::Stop(stop) => panic!("{stop:?}"),
        }
    };
    let text = unresolved.to_string();
    assert!(
        text.contains("a value of an earlier message is missing"),
        "{text}"
    );
}

/// Two ids under one key are two payments, whatever the second answer says of its own.
#[test]
fn another_id_under_the_same_key_is_for_a_person() {
    let gateway = gateway(&json!([]));
    let envelope = envelope(&gateway);
    let request: Valid<CreatePaymentRequest> = order("1", 1099);
    let mut payment =
        Payment::<Life>::begin(&request, Timing::default(), start()).expect("it begins");
    let Next::Send(_, first) = payment.next(&envelope, start()) else {
        panic!("a request");
    };
    let Next::Stop(_) = payment.next(&envelope, start()) else {
        panic!("one request at a time");
    };
    payment.answered(&envelope, first, &created("pi_1"), start());
    let paid = json!({ "id": "pi_2", "status": "succeeded", "amount": 1099, "currency": "usd" });
    let paid = Response::new(paid.to_string().into_bytes());
    payment.answered(&envelope, first, &paid, start());
    let Next::Stop(Stop::Ended(Ending::InDoubt(unresolved))) = payment.next(&envelope, start())
    else {
        panic!("it goes on");
    };
    let contradiction = unresolved.contradiction().expect("a contradiction");
    assert_eq!(contradiction.field(), "/id");
    assert_eq!(
        (contradiction.expected(), contradiction.found()),
        (r#""pi_1""#, r#""pi_2""#)
    );
}

#[test]
fn a_refund_that_takes_time_is_retrieved_by_its_id() {
    let gateway = gateway(&json!([
        { "operation": "create_refund", "result": "under_way", "settlement": "succeeds" },
    ]));
    let (client, wire) = client_over(&gateway, None);
    let mut payment = client.payment_life(order("1", 1099)).expect("it begins");
    let ending = client.settle(&mut payment, |_| ()).expect("it ends");
    let id = proof(&ending).1.id.clone().expect("an id");
    let refund: Valid<CreateRefundRequest> =
        valid(json!({ "Idempotency-Key": "2", "payment_intent": id, "amount": 1099 }));
    let mut refund = client.refund_life(refund).expect("it begins");
    let ending = client.settle(&mut refund, |_| ()).expect("it ends");
    let RefundEnding::Refunded(proved) = &ending else {
        panic!("{ending}");
    };
    assert_eq!(proved.said(), "retrieve_refund.refunded");
    assert_eq!(proved.proof().payment_intent.as_ref(), Some(&id));
    let sent = wire.sent();
    assert_eq!(sent.len(), 3, "{sent:?}");
    assert!(sent[2].0.starts_with("GET /v1/refunds/"), "{sent:?}");
}

/// After its lifetime the same key makes a new payment.
#[test]
fn a_key_that_may_be_forgotten_is_not_sent_again() {
    let gateway = gateway(&json!([]));
    let envelope = envelope(&gateway);
    let request: Valid<CreatePaymentRequest> = order("1", 1099);
    let begun = Payment::<Life>::begin(&request, Timing::default(), start());
    let mut payment = begun.expect("it begins");
    let Next::Send(..) = payment.next(&envelope, start()) else {
        panic!("a request");
    };
    let line = payment.save();
    for (hours, is_sent) in [(23, true), (24, false), (72, false)] {
        let mut again = Payment::<Life>::resume(payment.entry(), &line).expect("it is read");
        let mut now = start() + Duration::from_secs(hours * 3600);
        let sent = loop {
            match again.next(&envelope, now) {
                Next::Send(request, _) => break request.uri().path() == "/v1/payment_intents",
                Next::Stop(Stop::Until(time)) => now = time,
                Next::Stop(Stop::Ended(Ending::InDoubt(unresolved))) => {
                    let text = unresolved.to_string();
                    assert!(text.contains("keeps its key for 86400 s"), "{text}");
                    break false;
                }
                Next::Stop(stop) => panic!("{stop:?}"),
            }
        };
        assert_eq!(sent, is_sent, "{hours} h");
    }
}

/// A request that never left has no key at the provider.
#[test]
fn a_payment_that_waited_long_is_sent_for_the_first_time() {
    let gateway = gateway(&json!([]));
    let request: Valid<CreatePaymentRequest> = order("1", 1099);
    let begun = Payment::<Life>::begin(&request, Timing::default(), start());
    let mut payment = begun.expect("it begins");
    let late = start() + Duration::from_secs(48 * 3600);
    let next = payment.next(&envelope(&gateway), late);
    assert!(matches!(next, Next::Send(..)), "{next:?}");
}

/// The payer may be sent to a page by the confirmation as well.
#[test]
fn the_page_of_a_confirmation_is_shown_once() {
    let gateway = gateway(&json!([
        { "result": "requires_confirmation", "settlement": "waits" },
        { "operation": "confirm_payment", "result": "redirect", "settlement": "succeeds" },
    ]));
    let (client, _) = client_over(&gateway, None);
    let mut payment = client.payment_life(order("1", 1099)).expect("it begins");
    let mut shown = Vec::new();
    let ending = client.settle(&mut payment, |page| shown.push(page.url));
    assert_eq!(proof(&ending.expect("it ends")).0, "retrieve_payment.paid");
    assert_eq!(shown.len(), 1, "{shown:?}");
}
