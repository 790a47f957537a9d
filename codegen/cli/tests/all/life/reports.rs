//! Notifications that report an end.

use super::*;

#[test]
fn the_end_is_reported_to_the_address_of_the_request() {
    let gateway = gateway(|_| {});
    let mut body = pay_request("pay-1", "777");
    body["paymentNotifyUrl"] = "http://127.0.0.1:9/notify?shop=1".into();
    let answer = ask_with(&gateway, &PAY, &body, &[(SETTLEMENT, "succeeds=30")], now());
    let payment = opened(&PAY, &answer);
    let at = now() + seconds(30);
    let due = notifications(&gateway, at);
    let [notification] = due.as_slice() else {
        panic!("{due:?}")
    };
    assert_eq!(
        notification.request.uri(),
        "http://127.0.0.1:9/notify?shop=1"
    );
    assert_eq!(notification.request.headers()["client-id"], CLIENT);
    assert_eq!(
        (notification.operation.as_str(), notification.key.as_deref()),
        ("notify_payment", Some("pay-1"))
    );
    let report = verified(notification).expect("signed by the gateway");
    assert_eq!(report["paymentRequestId"], "pay-1");
    assert_eq!(report["paymentId"], payment["paymentId"]);
    assert_eq!(report["paymentAmount"]["value"], "777");
    let model = model();
    let (api, operation) = model.operation("notify_payment").expect("an operation");
    let checker = Checker::new(api, operation, Side::Request).expect("a body");
    let findings = checker.check(notification.request.body()).expect("JSON");
    assert!(findings.is_valid(), "{findings:?}");
    assert_eq!(report["result"]["resultStatus"], "S");
    assert_eq!(report["notifyType"], "PAYMENT_RESULT");
}

#[test]
fn a_notification_comes_again_until_it_is_acknowledged() {
    let gateway = gateway(|_| {});
    ask(&gateway, &PAY, &pay_request("pay-1", "100"));
    let first = notifications(&gateway, now());
    assert_eq!(first.len(), 1);
    assert!(notifications(&gateway, now()).is_empty(), "not at once");
    let not_taken: [(&str, Response<Vec<u8>>); 5] = [
        ("not report success", reply("U")),
        ("JSON", Response::new(b"thanks".to_vec())),
        ("required", Response::new(b"{}".to_vec())),
        ("503", {
            let mut reply = reply("S");
            *reply.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
            reply
        }),
        ("signature", {
            let mut reply = reply("S");
            let headers = reply.headers_mut();
            let forged = "algorithm=RSA256,keyVersion=1,signature=AAAA";
            headers.insert("signature", forged.parse().expect("a value"));
            headers.insert(
                "response-time",
                "2023-11-14T22:13:20Z".parse().expect("a value"),
            );
            reply
        }),
    ];
    for (part, reply) in not_taken {
        let why = gateway
            .acknowledge(&first[0], &reply)
            .expect_err(part)
            .to_string();
        assert!(why.contains(part), "{part}: {why}");
    }
    let second = notifications(&gateway, now() + seconds(1));
    assert_eq!(second.len(), 1);
    assert_eq!(second[0].number, 2);
    // The second attempt sends the same body at another time.
    assert_eq!(first[0].request.body(), second[0].request.body());
    let time = |notification: &Notification| notification.request.headers()["request-time"].clone();
    assert_ne!(time(&first[0]), time(&second[0]));
    assert!(verified(&second[0]).is_some());
    gateway.acknowledge(&second[0], &reply("S")).expect("taken");
    assert!(notifications(&gateway, now() + seconds(86_400)).is_empty());
    // If nobody acknowledges the notification, the gateway gives up.
    ask(&gateway, &PAY, &pay_request("pay-2", "100"));
    let tries = (0..200).map(|second| notifications(&gateway, now() + seconds(second)).len());
    assert_eq!(tries.sum::<usize>(), 6);
    // A command sends it once more.
    gateway.report("pay-1", now()).expect("it has ended");
    assert_eq!(notifications(&gateway, now()).len(), 1);
}

#[test]
fn a_signed_acknowledgement_is_verified() {
    let gateway = gateway(|_| {});
    ask(&gateway, &PAY, &pay_request("pay-1", "100"));
    let notification = notifications(&gateway, now()).remove(0);
    let mut good = reply("S");
    let signed = Signed {
        method: "POST",
        uri: notification.request.uri().path(),
        client_id: CLIENT,
        time: "2023-11-14T22:13:20Z",
        body: good.body(),
    };
    let key = SigningKey::from_text(&keys().client.private).expect("a key");
    let header = SignatureHeader {
        algorithm: "RSA256",
        key_version: Some("1"),
        signature: key.sign(&signed.content(CONTENT)).expect("a signature"),
    };
    let header = header.to_text(&RECIPE.keys).parse().expect("a value");
    let time = signed.time.parse().expect("a value");
    good.headers_mut().insert("signature", header);
    good.headers_mut().insert("response-time", time);
    let mut changed = good.clone();
    changed.body_mut().push(b' ');
    assert!(gateway.acknowledge(&notification, &changed).is_err());
    gateway.acknowledge(&notification, &good).expect("taken");
}

#[test]
fn a_notification_is_late_double_absent_or_spoilt_on_demand() {
    let gateway = gateway(|_| {});
    let pay = |id: &str, notification: &str| {
        ask_with(
            &gateway,
            &PAY,
            &pay_request(id, "100"),
            &[(NOTIFICATION, notification)],
            now(),
        );
    };
    pay("pay-1", "copies=3, delay=60000");
    assert!(notifications(&gateway, now() + seconds(59)).is_empty());
    // The delayed notification was planned before the cancellation, so it still reports the payment as paid.
    ask(&gateway, &CANCEL, &json!({ "paymentRequestId": "pay-1" }));
    let late = notifications(&gateway, now() + seconds(60));
    assert_eq!(late.len(), 3);
    assert!(
        late.iter()
            .all(|one| one.outcome == "paid" && verified(one).is_some())
    );
    gateway.acknowledge(&late[0], &reply("S")).expect("taken");
    pay("pay-2", "never");
    assert!(notifications(&gateway, now() + seconds(600)).is_empty());
    for fault in ["unsigned", "wrong-signature", "changed-body", "no-time"] {
        pay(fault, fault);
        let spoilt = notifications(&gateway, now()).remove(0);
        assert_eq!(verified(&spoilt), None, "{fault}");
        gateway.acknowledge(&spoilt, &reply("S")).expect("taken");
    }
    for wrong in ["copies=0", "truncate", "sometimes"] {
        let exchange = ask_with(
            &gateway,
            &PAY,
            &pay_request("pay-9", "1"),
            &[(NOTIFICATION, wrong)],
            now(),
        );
        assert_eq!(exchange.response.status(), 400, "{wrong}");
    }
}

#[test]
fn a_registration_is_reported_too() {
    let gateway = gateway(|_| {});
    let text = include_str!("../../../../../spec/ams-instore/examples/registration.request.json");
    let mut body: Value = serde_json::from_str(text).expect("the example is JSON");
    body["registrationNotifyURL"] = "http://localhost:9/registrations".into();
    let register = endpoint("/v1/merchants/registration");
    let exchange = ask_with(
        &gateway,
        &register,
        &body,
        &[(SETTLEMENT, "fails=60")],
        now(),
    );
    assert_eq!(
        exchange.record.operation.as_deref(),
        Some("registration"),
        "{exchange:?}"
    );
    let due = notifications(&gateway, now() + seconds(60));
    let [notification] = due.as_slice() else {
        panic!("{due:?}")
    };
    assert_eq!(
        (
            notification.operation.as_str(),
            notification.outcome.as_str()
        ),
        ("notify_registration_status", "rejected")
    );
    let report = verified(notification).expect("signed by the gateway");
    assert_eq!(
        report["registrationRequestId"],
        body["registrationRequestId"]
    );
}

#[test]
fn addresses_elsewhere_are_left_alone_unless_allowed() {
    let gateway = gateway(|setup| setup.remote_notifications = false);
    for (id, address, count) in [
        ("pay-1", "https://shop.example/notify", 0),
        ("pay-2", "http://169.254.169.254/latest", 0),
        ("pay-3", "http://127.0.0.1:9/notify", 1),
    ] {
        let mut body = pay_request(id, "100");
        body["paymentNotifyUrl"] = address.into();
        let exchange = ask(&gateway, &PAY, &body);
        assert_eq!(code(&PAY, &exchange), "SUCCESS");
        assert_eq!(
            exchange.record.note.is_none(),
            count == 1,
            "{:?}",
            exchange.record.note
        );
        assert_eq!(notifications(&gateway, now()).len(), count, "{address}");
    }
}

#[test]
fn headers_of_a_notification_are_those_of_a_request() {
    let gateway = gateway(|_| {});
    ask(&gateway, &PAY, &pay_request("pay-1", "100"));
    let notification = notifications(&gateway, now()).remove(0);
    let request: &Request<Vec<u8>> = &notification.request;
    let headers: &HeaderMap = request.headers();
    assert_eq!(headers["request-time"], "1700000000000");
    assert_eq!(headers["content-type"], "application/json; charset=UTF-8");
    assert_eq!(request.method(), "POST");
    assert!(!headers.contains_key("response-time"));
}
