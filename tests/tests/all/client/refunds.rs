//! The life of a refund, against the mock gateway: an accepted refund is not a made one.

use super::life::{Line, Watch, gateway, operations, steps, till};
use super::support::envelope;
use alipay_instore::ams_instore::client::{Client, Unfinished};
use alipay_instore::ams_instore::notify_refund::NotifyRefundRequest;
use alipay_instore::ams_instore::payment_refund::{Ending, Refund};
use alipay_instore::ams_instore::refund::RefundRequest;
use payspec_mock::MockGateway;
use payspec_runtime::client::life::{NotRefunded, Notified, OtherPayment, Stop};
use payspec_runtime::client::{
    Call as _, Endpoint, FileJournal, RawClient, Received, Transport, TransportError,
};
use payspec_runtime::{Valid, decode, encode};
use serde_json::{Value as Json, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

const REFUND: &str = "refund";
const ASK: &str = "inquiry_refund";

fn request() -> Valid<RefundRequest> {
    let example = include_str!("../../../../spec/ams-instore/examples/refund.request.json");
    let request = decode(example.as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

fn settle<T: Transport>(client: &Client<T>, refund: &mut Refund) -> Ending {
    let ending = client.settle(refund, |shown| match shown {});
    ending.expect("written")
}

/// How a refund ends by a script, and what was sent.
fn live(script: &[(&str, &str, u32)]) -> (Ending, Vec<String>) {
    let gateway = gateway(&steps(script));
    let client = till(&gateway);
    let mut refund = client.payment_refund(request()).expect("it begins");
    let ending = settle(&client, &mut refund);
    client.close(&refund).expect("it has ended");
    (ending, operations(&gateway))
}

#[test]
fn a_refund_that_is_made_with_the_answer_is_asked_for_once() {
    let (ending, sent) = live(&[]);
    assert_eq!(sent, [REFUND, ASK]);
    let proved = ending.refunded().expect("it is made");
    assert_eq!(proved.said(), "inquiry_refund.refunded");
    let (proof, request) = (proved.proof(), request());
    assert!(proof.refund_id.is_some() && proof.refund_time.is_some());
    assert_eq!(proof.refund_amount.as_ref(), Some(&request.refund_amount));
}

#[test]
fn an_accepted_refund_is_asked_for_until_it_is_made_or_has_failed() {
    let (ending, sent) = live(&[(ASK, "processing", 3)]);
    assert!(ending.refunded().is_some(), "{ending}");
    assert_eq!(sent, [REFUND, ASK, ASK, ASK, ASK]);
    let (ending, sent) = live(&[(REFUND, "settlement fails", 1)]);
    assert_eq!(ending, Ending::NotRefunded(NotRefunded::Failed));
    assert_eq!(sent.first().map(String::as_str), Some(REFUND));
    assert_eq!(sent.last().map(String::as_str), Some(ASK));
}

#[test]
fn a_refund_that_takes_longer_than_the_flow_waits_is_for_people() {
    let (ending, sent) = live(&[(REFUND, "settlement waits", 1)]);
    let Ending::InDoubt(unresolved) = &ending else {
        panic!("{ending}");
    };
    assert_eq!(unresolved.id(), request().refund_request_id);
    assert_eq!(unresolved.last(), Some("inquiry_refund.refund_processing"));
    let reference = unresolved.reference().expect("the provider's id");
    assert_eq!(reference.name(), "refundId");
    assert!(
        ending.to_string().contains("do not refund anew"),
        "{ending}"
    );
    assert_eq!(sent.iter().filter(|one| *one == REFUND).count(), 1);
    assert_eq!(sent.len(), 11);
}

#[test]
fn only_the_refusal_of_the_first_request_proves_that_nothing_is_given_back() {
    let refused = "MULTIPLE_REFUNDS_NOT_SUPPORTED";
    let (ending, sent) = live(&[(REFUND, refused, 1)]);
    assert_eq!(ending, Ending::NotRefunded(NotRefunded::Failed));
    assert_eq!(sent, [REFUND]);
    // The first one was made, and its answer lost.
    let (ending, sent) = live(&[(REFUND, "fault lose-answer", 1), (REFUND, refused, 1)]);
    assert!(ending.refunded().is_some(), "{ending}");
    assert_eq!(sent, [REFUND, REFUND, ASK]);
    // A failure of the provider's system proves nothing: the refund is asked for.
    for code in ["SYSTEM_ERROR", "PROCESS_FAIL"] {
        let (ending, sent) = live(&[(REFUND, code, 1)]);
        assert_eq!(ending, Ending::NotRefunded(NotRefunded::Failed), "{code}");
        assert_eq!(sent, [REFUND, ASK]);
    }
    // The key belongs to a request with another amount.
    let (ending, sent) = live(&[(REFUND, "REPEAT_REQ_INCONSISTENT", 1)]);
    assert!(matches!(ending, Ending::InDoubt(_)), "{ending}");
    assert_eq!(sent, [REFUND]);
}

#[test]
fn a_refund_that_never_arrived_is_not_made() {
    let (ending, sent) = live(&[(REFUND, "fault drop", 9)]);
    assert!(matches!(ending, Ending::InDoubt(_)), "{ending}");
    assert_eq!(sent.iter().filter(|one| *one == REFUND).count(), 4);
}

#[test]
fn a_provider_that_states_another_amount_is_for_people() {
    for (operation, sent) in [(REFUND, 1), (ASK, 2)] {
        let (ending, all) = live(&[(operation, "fault other-amount", 1)]);
        let Ending::InDoubt(unresolved) = &ending else {
            panic!("{operation}: {ending}");
        };
        let contradiction = unresolved.contradiction().expect("another amount");
        assert_eq!(contradiction.field(), "/refundAmount");
        assert_eq!(all.len(), sent);
    }
}

/// No way to the provider.
struct Nowhere;

impl Transport for Nowhere {
    fn send(&self, _: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        Err(TransportError::NotSent("no route".to_owned()))
    }
}

#[test]
fn what_never_left_is_not_refunded_and_not_asked_for() {
    let gateway = gateway(&json!({}));
    let calls = RawClient::new(envelope("https://open.example"), Nowhere);
    let client = Client::from(calls.clock(Watch(gateway.clock().clone())));
    let mut refund = client.payment_refund(request()).expect("it begins");
    let shown = format!("{refund:?}");
    // Where it stands, and none of the values.
    assert!(
        shown.contains("machine") && !shown.contains("refundRequestId"),
        "{shown}"
    );
    let ending = settle(&client, &mut refund);
    assert_eq!(ending, Ending::NotRefunded(NotRefunded::NotSent));
    assert!(
        ending.to_string().contains("no request has left"),
        "{ending}"
    );
    let failed = Ending::NotRefunded(NotRefunded::Failed);
    assert!(failed.to_string().contains("it failed"), "{failed}");
}

fn program(gateway: &MockGateway, line: Line, journal: &Path) -> Client<Line> {
    let journal = FileJournal::open(journal).expect("a journal");
    let calls = RawClient::new(envelope(&gateway.url()), line);
    Client::from(calls.clock(Watch(gateway.clock().clone())).journal(journal))
}

/// A single call of the same id beside it, and a program that stops before each of its requests.
#[test]
fn a_program_that_stops_finds_the_refund_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = steps(&[
        (REFUND, "fault lose-answer", 1),
        (ASK, "fault drop", 1),
        (ASK, "processing", 2),
    ]);
    for number in 0.. {
        let path = folder.path().join(number.to_string());
        let gateway = gateway(&script);
        let client = program(&gateway, Line::until(number), &path);
        let mut refund = client.payment_refund(request()).expect("it begins");
        // One id has one life or one call, not both.
        assert!(client.refund(request()).is_err());
        let stopped = catch_unwind(AssertUnwindSafe(|| settle(&client, &mut refund)));
        drop((client, refund));

        let client = program(&gateway, Line::open(), &path);
        let mut found = client.unfinished().expect("the journal is read");
        assert_eq!(found.len(), 1);
        let Some(Ok(Unfinished::PaymentRefund(mut refund))) = found.pop() else {
            panic!("a refund is unfinished");
        };
        assert_eq!(refund.id(), request().refund_request_id);
        let ending = settle(&client, &mut refund);
        assert!(
            ending.refunded().is_some(),
            "stopped before {number}: {ending}"
        );
        client.close(&refund).expect("it has ended");
        assert!(client.unfinished().expect("readable").is_empty());
        let exchanges = gateway.exchanges().into_iter();
        let refunds = exchanges.filter(|one| one.operation.as_deref() == Some(REFUND));
        let mut keys: Vec<_> = refunds.filter_map(|one| one.key).collect();
        keys.dedup();
        assert_eq!(keys.len(), 1, "one refund");
        if let Ok(first) = stopped {
            assert_eq!(first, ending, "an end is heard again until it is closed");
            assert!(number >= 4, "it sends more than {number} requests");
            return;
        }
    }
}

/// A notification of the provider, signed and verified.
fn told(
    client: &Client<Line>,
    gateway: &MockGateway,
    change: impl Fn(&mut Json),
) -> Received<NotifyRefundRequest> {
    const ENDPOINT: Endpoint = Endpoint {
        path: "/notifications",
        ..RefundRequest::ENDPOINT
    };
    let example =
        include_str!("../../../../spec/ams-instore/examples/notify-refund.request.refunded.json");
    let mut json: Json = serde_json::from_str(example).expect("JSON");
    let sent = encode::<RefundRequest>(&request()).expect("JSON");
    let sent: Json = serde_json::from_slice(&sent).expect("JSON");
    for name in ["refundRequestId", "refundAmount"] {
        json[name] = sent[name].clone();
    }
    change(&mut json);
    let (envelope, now) = (client.envelope(), gateway.clock().now());
    // The recipe is the same in both directions.
    let notification = envelope.sign(&ENDPOINT, json.to_string().as_bytes(), now);
    let received = envelope.receive(&notification.expect("it is signed"), now);
    received.expect("it is the provider's")
}

/// The refund has failed.
fn failed(json: &mut Json) {
    json["refundStatus"] = json!("FAIL");
    json["result"] =
        json!({"resultStatus": "F", "resultCode": "PROCESS_FAIL", "resultMessage": "m"});
}

#[test]
fn a_notification_settles_it() {
    for (change, ends) in [
        ((|_| ()) as fn(&mut Json), "refunded"),
        (failed, "not refunded"),
        (
            |json| json["refundAmount"]["value"] = json!("1"),
            "in doubt",
        ),
    ] {
        let gateway = gateway(&steps(&[(REFUND, "settlement waits", 1)]));
        let client = till(&gateway);
        let mut refund = client.payment_refund(request()).expect("it begins");
        let stop = client.go_on(&mut refund).expect("written");
        assert!(matches!(stop, Stop::Until(_)), "{stop:?}");
        let now = gateway.clock().now();
        let other = told(&client, &gateway, |json| {
            json["refundRequestId"] = json!("another")
        });
        assert_eq!(refund.notified(&other, now), Err(OtherPayment));
        let text = OtherPayment.to_string();
        assert_eq!(
            text,
            "the notification does not name this payment or refund"
        );
        let notification = told(&client, &gateway, change);
        assert_eq!(refund.notified(&notification, now), Ok(Notified::Taken));
        let ending = settle(&client, &mut refund);
        assert!(ending.to_string().starts_with(ends), "{ending}");
        assert_eq!(operations(&gateway), [REFUND, ASK]);
        // The end stays, and whoever hears otherwise is told.
        let failed = told(&client, &gateway, failed);
        let news = matches!(refund.notified(&failed, now), Ok(Notified::Contradicts(_)));
        assert_eq!(news, ends != "not refunded");
    }
}
