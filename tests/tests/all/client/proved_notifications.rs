//! A flow that notifications move: the mock gateway proves and sends them, and the generated receiver takes them in.

use super::support::FakeClock;
use crate::cases::cases::proved_notifications::demo::RECIPE;
use crate::cases::cases::proved_notifications::demo::client::Client;
use crate::cases::cases::proved_notifications::demo::life::Life;
use crate::cases::cases::proved_notifications::demo::report::ReportRequest;
use crate::cases::cases::proved_notifications::demo::send::SendRequest;
use http::Response;
use payspec_mock::{Clock as MockClock, Keys, MockGateway, Notification, Script, Setup};
use payspec_runtime::client::life::{Ending, NotPaid, Notified, Payment, Stop};
use payspec_runtime::client::{
    Base, Clock as _, Envelope, NotificationError, RawClient, Received, Unsigned, Unverified, Ureq,
};
use payspec_runtime::{Valid, decode};
use std::path::Path;
use std::time::Duration;

fn gateway(script: &str) -> MockGateway {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/proved-notifications");
    let model = payspec_model::load(&folder).model.expect("a model");
    let setup = Setup {
        notify_url: Some("http://127.0.0.1:9/hook?shop=1".to_owned()),
        script: Script::from_json(script).expect("a script"),
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

fn order(id: &str) -> Valid<SendRequest> {
    let json = format!(r#"{{"order":"{id}","amount":1099,"currency":"EUR"}}"#);
    Valid::new(decode(json.as_bytes()).expect("it decodes")).expect("it is valid")
}

/// Sends the request of a payment, which stays open.
fn opened(client: &Client<Ureq>, id: &str) -> Payment<Life> {
    let mut payment = client.life(order(id)).expect("it begins");
    let stop = client.go_on(&mut payment).expect("a step");
    assert!(matches!(stop, Stop::Until(_)), "{stop:?}");
    payment
}

fn only(gateway: &MockGateway) -> Notification {
    let mut due = gateway.notifications().expect("the state can be read");
    assert_eq!(due.len(), 1, "{due:?}");
    due.remove(0)
}

fn received(
    gateway: &MockGateway,
    sent: &Notification,
) -> Result<Received<ReportRequest>, NotificationError> {
    shop(gateway).receive(&sent.request, gateway.clock().now())
}

const OPEN: &str =
    r#"{"steps": [{"operation": "send", "result": "open", "settlement": "waits", "times": 9}]}"#;

#[test]
fn a_notification_ends_a_payment_before_any_inquiry() {
    let gateway = gateway(OPEN);
    let client = client(&gateway);
    for (id, well) in [("order-1", true), ("order-2", false)] {
        let mut payment = opened(&client, id);
        gateway.decide(id, well).expect("it is open");
        let sent = only(&gateway);
        let told = received(&gateway, &sent).unwrap_or_else(|error| panic!("{error}"));
        let news = client
            .notified(&mut payment, &told)
            .expect("it is this one");
        assert_eq!(news, Notified::Taken);
        let now = gateway.clock().now();
        let reply = shop(&gateway).accept(&told, now).expect("a reply");
        gateway.gateway().acknowledge(&sent, &reply).expect("taken");
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
        // One that is sent again says the same, and changes nothing.
        gateway.gateway().report(id, now).expect("it has ended");
        let again = only(&gateway);
        let told_again = received(&gateway, &again).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(told_again.id, told.id);
        assert_ne!(client.notified(&mut payment, &told_again).ok(), None);
        gateway
            .gateway()
            .acknowledge(&again, &reply)
            .expect("taken");
    }
    let asked = gateway.exchanges();
    assert!(
        asked
            .iter()
            .all(|one| one.operation.as_deref() == Some("send")),
        "{asked:?}"
    );
}

#[test]
fn a_notification_about_another_payment_or_amount_moves_nothing_to_paid() {
    let script = r#"{"steps": [
        {"operation": "send", "result": "open", "settlement": "waits", "times": 1},
        {"operation": "send", "result": "open", "settlement": "waits", "notification": "other-amount"}
    ]}"#;
    let gateway = gateway(script);
    let client = client(&gateway);
    let mut first = opened(&client, "order-1");
    let mut second = opened(&client, "order-2");
    gateway.decide("order-1", true).expect("it is open");
    let about_first = received(&gateway, &only(&gateway)).unwrap_or_else(|error| panic!("{error}"));
    assert!(client.notified(&mut second, &about_first).is_err());
    let stop = client.go_on(&mut second).expect("a step");
    assert!(matches!(stop, Stop::Until(_)), "{stop:?}");
    let news = client.notified(&mut first, &about_first);
    assert_eq!(news.expect("it is this one"), Notified::Taken);
    gateway.decide("order-2", true).expect("it is open");
    let due = gateway.notifications().expect("the state can be read");
    let sent = due.iter().find(|one| one.key.as_deref() == Some("order-2"));
    let about_second = received(&gateway, sent.expect("a notification"));
    let about_second = about_second.unwrap_or_else(|error| panic!("{error}"));
    let news = client.notified(&mut second, &about_second);
    assert_eq!(news.expect("it is this one"), Notified::Taken);
    let stop = client.go_on(&mut second).expect("a step");
    assert!(matches!(stop, Stop::Ended(Ending::InDoubt(_))), "{stop:?}");
}

/// The proof covers the method and the target: the gateway signs those of the configured address.
#[test]
fn a_notification_is_proved_for_its_address() {
    let gateway = gateway(OPEN);
    let client = client(&gateway);
    let _payment = opened(&client, "order-1");
    gateway.decide("order-1", true).expect("it is open");
    let mut sent = only(&gateway);
    assert!(received(&gateway, &sent).is_ok());
    *sent.request.uri_mut() = "http://127.0.0.1:9/hook?shop=2"
        .parse()
        .expect("an address");
    let refused = received(&gateway, &sent);
    let wrong = NotificationError::Unverified(Unverified::WrongSignature);
    assert!(matches!(&refused, Err(why) if *why == wrong));
    // What is refused is not acknowledged, and comes again.
    let mut reply = Response::new(Vec::new());
    *reply.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
    gateway
        .gateway()
        .acknowledge(&sent, &reply)
        .expect_err("it was refused");
    gateway.clock().advance(Duration::from_secs(1));
    assert!(received(&gateway, &only(&gateway)).is_ok());
}
