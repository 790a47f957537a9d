//! Notifications, and the journal that has to know of them first.

use super::*;

/// A notification that the payment with this id is paid.
fn told(client: &Client<Stage>, id: &str, now: SystemTime) -> Received<NotifyPaymentRequest> {
    let paid =
        include_bytes!("../../../../../spec/ams-instore/examples/notify-payment.request.paid.json");
    let mut body: Json = serde_json::from_slice(paid).expect("JSON");
    body["paymentRequestId"] = id.into();
    body["paymentAmount"] = messages::clean_request()["paymentAmount"].clone();
    let request = notification(StampForm::EpochMillis, now, body.to_string().as_bytes());
    let received = client.envelope().receive(&request, now);
    received.expect("it is the provider's")
}

#[test]
fn a_notification_finds_its_payment_and_is_on_the_disk_before_it_is_acknowledged() {
    let (_folder, path) = path();
    let journal = Failing::new(&path);
    let (client, _) = client_of(Vec::new(), journal.clone());
    let now = FakeClock::new().time();
    let mut payments = Dispatcher::default();
    for number in 0..3 {
        let mut request = messages::clean_request();
        request["paymentRequestId"] = format!("order-{number}").into();
        let request = decode(request.to_string().as_bytes()).expect("it decodes");
        let payment = client.entry_code_payment(Valid::new(request).expect("valid"));
        let payment = payment.expect("it begins");
        // A key for the payment, and the payment.
        let same = Payment::resume(payment.entry(), &payment.save()).expect("a payment");
        assert!(payments.insert(&same, payment).is_none());
    }
    let unknown = payments.find(&told(&client, "another", now));
    let unknown = unknown.expect_err("not here");
    assert_eq!(unknown, NotAddressed::Unknown);
    assert!(unknown.to_string().contains("no payment"), "{unknown}");
    let several = NotAddressed::Several.to_string();
    assert!(several.contains("several payments"), "{several}");
    let received = told(&client, "order-1", now);
    let payment = payments.find(&received).expect("it is here");
    assert_eq!(payment.id(), "order-1");
    journal.refuse(&["stands"]);
    let error = client
        .notified(payment, &received)
        .expect_err("not written");
    assert!(matches!(error, NotifiedError::Journal(_)), "{error}");
    journal.refuse(&[]);
    let other = told(&client, "order-2", now);
    let error = client
        .notified(payment, &other)
        .expect_err("another payment");
    assert!(matches!(error, NotifiedError::OtherPayment(_)), "{error}");
    let other = payments.find(&other).expect("it is here");
    let notified = client.notified(other, &told(&client, "order-2", now));
    assert_eq!(notified.expect("written"), Notified::Taken);
    // The program stops here: the next one has heard of it.
    let state = other.save();
    drop((payments, client));
    drop(journal);
    let journal = open(&path);
    let found = journal.unfinished().expect("readable");
    let found = found.iter().find(|one| one.id() == "order-2");
    assert_eq!(found.expect("it is there").state(), state);
}

#[test]
fn an_end_is_told_only_once_it_is_on_the_disk() {
    let (_folder, path) = path();
    let journal = Failing::new(&path);
    let script = vec![Scene::Answer(result("F", "RISK_REJECT"))];
    let (client, _) = client_of(script, journal.clone());
    let mut payment = client.entry_code_payment(request()).expect("it begins");
    // The sending is written down, its end is not.
    journal.refuse(&["stands"]);
    *journal.allows.lock().expect("a number") = 1;
    let error = client.go_on(&mut payment).expect_err("not told");
    assert!(error.to_string().contains("no space left"), "{error}");
    assert!(client.settle(&mut payment, drop).is_err());
    journal.refuse(&[]);
    let stop = client.go_on(&mut payment).expect("written");
    assert!(matches!(stop, Stop::Ended(Ending::NotPaid(_))), "{stop:?}");
    journal.refuse(&["after"]);
    let error = client.close(&payment).expect_err("not written");
    assert!(matches!(error, CloseError::Journal(_)), "{error}");
    journal.refuse(&[]);
    client.close(&payment).expect("written");
    assert_eq!(journal.unfinished().expect("readable").len(), 0);
}
