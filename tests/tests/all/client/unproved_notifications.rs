//! Notifications that nothing proves: the mock gateway sends them, and whatever they say, only an inquiry decides.

use super::support::FakeClock;
use crate::cases::cases::unproved_notifications::demo::RECIPE;
use crate::cases::cases::unproved_notifications::demo::client::Client;
use crate::cases::cases::unproved_notifications::demo::life::Life;
use crate::cases::cases::unproved_notifications::demo::report::{ReportOutcome, ReportRequest};
use crate::cases::cases::unproved_notifications::demo::send::SendRequest;
use http::Request;
use payspec_mock::{Clock as MockClock, Keys, MockGateway, Notification, Script, Setup};
use payspec_runtime::client::life::{Ending, NotPaid, Notified, Payment, Stop};
use payspec_runtime::client::{Base, Clock as _, Envelope, RawClient, Received, Unsigned, Ureq};
use payspec_runtime::{Valid, decode};
use std::path::Path;

const OPEN: &str =
    r#"{"steps": [{"operation": "send", "result": "open", "settlement": "waits", "times": 9}]}"#;

fn gateway() -> MockGateway {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/unproved-notifications");
    let model = payspec_model::load(&folder).model.expect("a model");
    let setup = Setup {
        notify_url: Some("http://127.0.0.1:9/hook".to_owned()),
        script: Script::from_json(OPEN).expect("a script"),
        ..Setup::unsigned()
    };
    let clock = MockClock::standing(FakeClock::new().now());
    let keys = Keys::make().expect("keys");
    MockGateway::start_with(model, setup, keys, clock).expect("a gateway")
}

fn shop(gateway: &MockGateway) -> Envelope<Unsigned, Unsigned> {
    let base: Base = gateway.url().parse().expect("a base");
    Envelope::with_credentials(&RECIPE, base, gateway.credentials()).expect("they fit")
}

fn client(gateway: &MockGateway) -> Client<Ureq> {
    let raw = RawClient::new(shop(gateway), Ureq::default());
    Client::from(raw.clock(FakeClock::new()))
}

/// Sends the request of a payment, which stays open.
fn opened(client: &Client<Ureq>, id: &str) -> Payment<Life> {
    let json = format!(r#"{{"order":"{id}","amount":1099,"currency":"EUR"}}"#);
    let order = Valid::<SendRequest>::new(decode(json.as_bytes()).expect("it decodes"));
    let mut payment = client.life(order.expect("it is valid")).expect("it begins");
    let stop = client.go_on(&mut payment).expect("a step");
    assert!(matches!(stop, Stop::Until(_)), "{stop:?}");
    payment
}

fn received(gateway: &MockGateway, sent: &Request<Vec<u8>>) -> Received<ReportRequest> {
    let received = shop(gateway).receive(sent, gateway.clock().now());
    received.unwrap_or_else(|error| panic!("{error}"))
}

fn only(gateway: &MockGateway) -> Notification {
    let mut due = gateway.notifications().expect("the state can be read");
    assert_eq!(due.len(), 1, "{due:?}");
    due.remove(0)
}

fn inquiries(gateway: &MockGateway) -> usize {
    let exchanges = gateway.exchanges();
    let inquiries = exchanges
        .iter()
        .filter(|one| one.operation.as_deref() == Some("find"));
    inquiries.count()
}

#[test]
fn a_notification_brings_the_inquiry_forward_and_its_answer_decides() {
    let gateway = gateway();
    let client = client(&gateway);
    for (id, well) in [("order-1", true), ("order-2", false)] {
        let before = inquiries(&gateway);
        let mut payment = opened(&client, id);
        gateway.decide(id, well).expect("it is open");
        let sent = only(&gateway);
        let told = received(&gateway, &sent.request);
        // No other outcome exists.
        let ReportOutcome::Pending(_) = told.outcome;
        let news = client.notified(&mut payment, &told);
        assert_eq!(news.expect("it is this one"), Notified::Taken);
        let Stop::Ended(ending) = client.go_on(&mut payment).expect("a step") else {
            panic!("it has ended");
        };
        match well {
            true => assert!(matches!(ending, Ending::Paid(_)), "{ending}"),
            false => assert!(
                matches!(ending, Ending::NotPaid(NotPaid::Unpaid)),
                "{ending}"
            ),
        }
        assert_eq!(inquiries(&gateway), before + 1);
        let reply = shop(&gateway).accept(&told, gateway.clock().now());
        let reply = reply.expect("a reply");
        gateway.gateway().acknowledge(&sent, &reply).expect("taken");
    }
}

/// Anyone can send any of these. None of them ends a payment, however often it comes.
#[test]
fn a_forged_notification_decides_nothing() {
    let gateway = gateway();
    let client = client(&gateway);
    let mut payment = opened(&client, "order-1");
    let mut ids = Vec::new();
    for (event, amount, kind) in [
        ("e-1", 1099, "paid"),
        ("e-1", 1, "closed"),
        ("e-2", 0, "paid"),
    ] {
        let body = format!(
            r#"{{"id":"{event}","order":"order-1","amount":{amount},"currency":"EUR","type":"{kind}"}}"#
        );
        let forged = Request::post("/hook")
            .body(body.into_bytes())
            .expect("a request");
        let told = received(&gateway, &forged);
        assert_eq!(
            client.notified(&mut payment, &told).ok(),
            Some(Notified::Taken)
        );
        let stop = client.go_on(&mut payment).expect("a step");
        assert!(matches!(stop, Stop::Until(_)), "{stop:?}");
        ids.push(told.id);
    }
    // One that has the id of an event is not the event.
    assert_ne!(ids[0], ids[1]);
    // They prompted one inquiry, and each of the others waited for the next.
    assert_eq!(inquiries(&gateway), 1);
    const { assert!(!<ReportRequest as payspec_runtime::client::Notification>::PROVED) };
    let other = br#"{"id":"e","order":"order-2","amount":1,"currency":"EUR","type":"paid"}"#;
    let other = Request::post("/hook")
        .body(other.to_vec())
        .expect("a request");
    let told = received(&gateway, &other);
    assert!(client.notified(&mut payment, &told).is_err());
}
