//! How a payment, a refund or a registration ends.

use super::*;

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
        include_str!("../../../../../spec/ams-instore/examples/pay-user-presented.request.json");
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
