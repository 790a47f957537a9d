//! The life of resources at the mock gateway: a resource ends, all operations report the same end, and a
//! notification reports it.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, Request, Response};
use payspec_mock::{
    Exchange, Gateway, NOTIFICATION, Notification, RESULT, SETTLEMENT, Settlement, Setup, Store,
};
use payspec_model::check::Checker;
use payspec_model::model::Side;
use payspec_runtime::client::*;
use serde_json::{Value, json};

use super::gateway::{
    CANCEL, CLIENT, CONTENT, INQUIRE, PAY, RECIPE, ask, code, endpoint, gateway, keys, model, now,
    opened, pay_request, signed,
};
use super::support::folder;

const REFUND: Endpoint = endpoint("/v1/payments/refund");
const INQUIRE_REFUND: Endpoint = endpoint("/v1/payments/inquiryRefund");

fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

/// Sends a request with these overrides in headers, at a time.
fn ask_with(
    gateway: &Gateway,
    endpoint: &Endpoint,
    body: &Value,
    wishes: &[(&'static str, &str)],
    at: SystemTime,
) -> Exchange {
    let mut request = signed(endpoint, body);
    for (name, value) in wishes {
        let value = value.parse().expect("a value");
        request.headers_mut().insert(*name, value);
    }
    gateway.answer(&request, at)
}

fn status(gateway: &Gateway, id: &str, at: SystemTime) -> String {
    let question = json!({ "paymentRequestId": id });
    let answer = ask_with(gateway, &INQUIRE, &question, &[], at);
    let answer = opened(&INQUIRE, &answer);
    let status = answer["paymentStatus"].as_str();
    let code = answer["result"]["resultCode"].as_str();
    status.or(code).unwrap_or_default().to_owned()
}

fn notifications(gateway: &Gateway, at: SystemTime) -> Vec<Notification> {
    gateway.notifications(at).expect("the state can be read")
}

/// Returns the body of a notification, if the gateway's signature verifies.
fn verified(notification: &Notification) -> Option<Value> {
    let request = &notification.request;
    let header = |name: &str| request.headers().get(name)?.to_str().ok();
    let target = request.uri().path_and_query()?.as_str();
    let signed = Signed {
        method: request.method().as_str(),
        uri: target,
        client_id: header("client-id")?,
        time: header("request-time")?,
        body: request.body(),
    };
    let key = VerifyingKey::from_text(&keys().gateway.public).expect("a key");
    let signature = SignatureHeader::parse(header("signature")?, &RECIPE.keys).ok()?;
    key.verify(&signed.content(CONTENT), &signature.signature)
        .then(|| serde_json::from_slice(request.body()).ok())?
}

fn reply(status: &str) -> Response<Vec<u8>> {
    let code = match status {
        "S" => "SUCCESS",
        _ => "UNKNOWN_EXCEPTION",
    };
    let body =
        json!({ "result": { "resultStatus": status, "resultCode": code, "resultMessage": "m" } });
    Response::new(body.to_string().into_bytes())
}

#[test]
fn a_payment_is_open_until_the_payer_pays() {
    let gateway = gateway(|_| {});
    let body = pay_request("pay-1", "100");
    let paid = ask_with(&gateway, &PAY, &body, &[(SETTLEMENT, "succeeds=30")], now());
    assert_eq!(code(&PAY, &paid), "SUCCESS");
    assert_eq!(status(&gateway, "pay-1", now()), "PROCESSING");
    assert_eq!(status(&gateway, "pay-1", now() + seconds(29)), "PROCESSING");
    assert!(notifications(&gateway, now() + seconds(29)).is_empty());
    assert_eq!(status(&gateway, "pay-1", now() + seconds(30)), "SUCCESS");
    // A clock that jumps back does not undo the payment.
    assert_eq!(status(&gateway, "pay-1", now()), "SUCCESS");
    // The payer declines another payment.
    let body = pay_request("pay-2", "100");
    ask_with(&gateway, &PAY, &body, &[(SETTLEMENT, "fails=5")], now());
    assert_eq!(status(&gateway, "pay-2", now() + seconds(5)), "FAIL");
    // Without an override the payer pays at once.
    ask(&gateway, &PAY, &pay_request("pay-3", "100"));
    assert_eq!(status(&gateway, "pay-3", now()), "SUCCESS");
}

#[test]
fn the_tester_decides_when_the_payer_acts() {
    let gateway = gateway(|setup| setup.settlement = Settlement::Waits);
    for (id, well, status_after) in [("pay-1", true, "SUCCESS"), ("pay-2", false, "FAIL")] {
        ask(&gateway, &PAY, &pay_request(id, "100"));
        let later = now() + seconds(240);
        assert_eq!(status(&gateway, id, later), "PROCESSING");
        gateway.decide(id, well, later).expect("it is open");
        assert_eq!(status(&gateway, id, later), status_after);
        let again = gateway.decide(id, !well, later).expect_err("it has ended");
        assert!(again.to_string().contains("already ended"), "{again}");
    }
    let unknown = gateway
        .decide("pay-3", true, now())
        .expect_err("nobody asked for it");
    assert!(
        unknown.to_string().contains("no earlier request"),
        "{unknown}"
    );
}

#[test]
fn no_payment_succeeds_after_its_expiry() {
    let gateway = gateway(|_| {});
    let expiring = |id: &str, at: &str, later: &str| {
        let mut body = pay_request(id, "100");
        body["paymentExpiryTime"] = at.into();
        ask_with(&gateway, &PAY, &body, &[(SETTLEMENT, later)], now());
    };
    // Now is 2023-11-14T22:13:20Z.
    expiring("pay-1", "2023-11-14T22:14:20Z", "succeeds=61");
    expiring("pay-2", "2023-11-14T22:14:20Z", "succeeds=59");
    expiring("pay-3", "2023-11-14T22:14:20Z", "waits");
    // An expiry in the past, as in a documented example, has no effect.
    expiring("pay-4", "2019-11-14T22:14:20Z", "succeeds=61");
    let after = |number| now() + seconds(number);
    assert_eq!(status(&gateway, "pay-1", after(59)), "PROCESSING");
    for (at, stands) in [
        (60, ["FAIL", "SUCCESS", "FAIL", "PROCESSING"]),
        (61, ["FAIL", "SUCCESS", "FAIL", "SUCCESS"]),
    ] {
        let all = ["pay-1", "pay-2", "pay-3", "pay-4"];
        assert_eq!(
            all.map(|id| status(&gateway, id, after(at))),
            stands,
            "{at}"
        );
    }
}

#[test]
fn a_cancelled_payment_stays_cancelled() {
    let gateway = gateway(|_| {});
    let by_id = |id: &str| json!({ "paymentRequestId": id });
    // Cancel before the payer pays, afterwards, and before the payment request arrives.
    let body = pay_request("pay-1", "100");
    ask_with(&gateway, &PAY, &body, &[(SETTLEMENT, "succeeds=5")], now());
    ask(&gateway, &PAY, &pay_request("pay-2", "100"));
    for id in ["pay-1", "pay-2", "pay-3"] {
        assert_eq!(
            code(&CANCEL, &ask(&gateway, &CANCEL, &by_id(id))),
            "SUCCESS"
        );
        assert_eq!(
            status(&gateway, id, now() + seconds(60)),
            "CANCELLED",
            "{id}"
        );
        assert_eq!(
            code(&CANCEL, &ask(&gateway, &CANCEL, &by_id(id))),
            "SUCCESS"
        );
    }
    let late = ask(&gateway, &PAY, &pay_request("pay-3", "100"));
    assert_eq!(code(&PAY, &late), "ORDER_IS_CANCELED");
    assert_eq!(status(&gateway, "pay-3", now()), "CANCELLED");
    // After the cancellation, a repeated request no longer gets its first answer.
    let again = ask(&gateway, &PAY, &pay_request("pay-2", "100"));
    assert_eq!(code(&PAY, &again), "ORDER_IS_CANCELED");
}

#[test]
fn a_request_that_failed_is_a_payment_that_failed() {
    let gateway = gateway(|_| {});
    let body = pay_request("pay-1", "100");
    ask_with(
        &gateway,
        &PAY,
        &body,
        &[(RESULT, "UNKNOWN_EXCEPTION")],
        now(),
    );
    ask_with(&gateway, &PAY, &body, &[(RESULT, "RISK_REJECT")], now());
    assert_eq!(status(&gateway, "pay-1", now()), "FAIL");
    assert!(
        notifications(&gateway, now()).is_empty(),
        "the answer reported it"
    );
    // A request that was refused before it reached the operation begins nothing.
    let body = pay_request("pay-2", "100");
    ask_with(&gateway, &PAY, &body, &[(RESULT, "ACCESS_DENIED")], now());
    let body = pay_request("pay-3", "100");
    ask_with(&gateway, &PAY, &body, &[(RESULT, "CLIENT_INVALID")], now());
    assert_eq!(status(&gateway, "pay-3", now()), "ORDER_NOT_EXIST");
    // A payment that failed without a settled answer cannot begin again.
    let body = pay_request("pay-4", "100");
    let open = [(RESULT, "PAYMENT_IN_PROCESS"), (SETTLEMENT, "fails")];
    ask_with(&gateway, &PAY, &body, &open, now());
    assert_eq!(status(&gateway, "pay-4", now()), "FAIL");
    assert_eq!(code(&PAY, &ask(&gateway, &PAY, &body)), "ORDER_IS_CLOSED");
}

#[test]
fn a_payment_at_the_till_is_undecided_while_the_payer_thinks() {
    let gateway = gateway(|_| {});
    let text =
        include_str!("../../../../spec/ams-instore/examples/pay-user-presented.request.json");
    let mut body: Value = serde_json::from_str(text).expect("the example is JSON");
    body["paymentRequestId"] = "pay-1".into();
    let open = [(RESULT, "PAYMENT_IN_PROCESS"), (SETTLEMENT, "succeeds=10")];
    let first = ask_with(&gateway, &PAY, &body, &open, now());
    assert_eq!(code(&PAY, &first), "PAYMENT_IN_PROCESS");
    let again = ask_with(&gateway, &PAY, &body, &[], now() + seconds(9));
    assert_eq!(opened(&PAY, &again)["result"]["resultStatus"], "U");
    let last = ask_with(&gateway, &PAY, &body, &[], now() + seconds(10));
    assert_eq!(code(&PAY, &last), "SUCCESS");
    assert_eq!(status(&gateway, "pay-1", now() + seconds(10)), "SUCCESS");
}

#[test]
fn a_refund_stands_as_it_was_answered() {
    let gateway = gateway(|_| {});
    ask(&gateway, &PAY, &pay_request("pay-1", "100"));
    let question = json!({ "paymentRequestId": "pay-1" });
    let payment = opened(&INQUIRE, &ask(&gateway, &INQUIRE, &question));
    let refund = |id: &str| {
        json!({
            "refundRequestId": id,
            "paymentId": payment["paymentId"],
            "refundAmount": payment["paymentAmount"],
            "refundNotifyUrl": "http://127.0.0.1:9/refunds",
        })
    };
    let stands = |id: &str| {
        let question = json!({ "refundRequestId": id });
        let answer = opened(&INQUIRE_REFUND, &ask(&gateway, &INQUIRE_REFUND, &question));
        assert_eq!(answer["refundRequestId"], id);
        answer["refundStatus"].clone()
    };
    let paid = notifications(&gateway, now());
    assert_eq!(paid.len(), 1, "that of the payment");
    gateway.acknowledge(&paid[0], &reply("S")).expect("taken");
    assert_eq!(
        code(&REFUND, &ask(&gateway, &REFUND, &refund("refund-1"))),
        "SUCCESS"
    );
    assert_eq!(stands("refund-1"), "SUCCESS");
    let sent = notifications(&gateway, now());
    assert_eq!(sent.len(), 1);
    assert_eq!(
        (sent[0].operation.as_str(), sent[0].outcome.as_str()),
        ("notify_refund", "refunded")
    );
    let body = verified(&sent[0]).expect("signed by the gateway");
    assert_eq!(body["refundRequestId"], "refund-1");
    assert_eq!(body["refundAmount"], payment["paymentAmount"]);
    let failed = ask_with(
        &gateway,
        &REFUND,
        &refund("refund-2"),
        &[(RESULT, "PROCESS_FAIL")],
        now(),
    );
    assert_eq!(code(&REFUND, &failed), "PROCESS_FAIL");
    assert_eq!(stands("refund-2"), "FAIL");
    // A cancelled payment cannot be refunded.
    ask(&gateway, &CANCEL, &question);
    let late = ask(&gateway, &REFUND, &refund("refund-3"));
    assert_eq!(code(&REFUND, &late), "ORDER_IS_CANCELED");
}

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
    let text = include_str!("../../../../spec/ams-instore/examples/registration.request.json");
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
fn planned_events_survive_a_restart() {
    let (_temporary, folder) = folder();
    let open = || {
        let file = format!("{folder}/state");
        let store = Store::open(std::path::Path::new(&file)).expect("a state");
        gateway(|setup: &mut Setup| setup.ledger = Box::new(store))
    };
    let before = open();
    let body = pay_request("pay-1", "100");
    ask_with(
        &before,
        &PAY,
        &body,
        &[(SETTLEMENT, "succeeds=30"), (NOTIFICATION, "copies=2")],
        now(),
    );
    ask(&before, &PAY, &pay_request("pay-2", "100"));
    assert_eq!(
        notifications(&before, now()).len(),
        1,
        "that of the second payment"
    );
    drop(before);
    let after = open();
    assert_eq!(status(&after, "pay-1", now()), "PROCESSING");
    // The notification was not acknowledged.
    assert_eq!(notifications(&after, now() + seconds(29)).len(), 1);
    let due: Vec<Notification> = notifications(&after, now() + seconds(30));
    let keys: Vec<_> = due.iter().filter_map(|one| one.key.as_deref()).collect();
    assert_eq!(
        keys.iter().filter(|key| **key == "pay-1").count(),
        2,
        "{keys:?}"
    );
    assert_eq!(status(&after, "pay-1", now() + seconds(30)), "SUCCESS");
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
