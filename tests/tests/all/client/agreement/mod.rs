//! Paid means: this payment, this amount. What contradicts the request settles nothing, is older than
//! the request settles nothing, and does not name the request settles nothing.

mod amounts;
mod clocks;
mod envelope;
mod identity;
mod late_news;

use super::support::{
    CLIENT_ID, Scene, client, envelope, id, key, notification, redirect, request, result, signed,
};
use alipay_instore::ams_instore::RECIPE;
use alipay_instore::ams_instore::entry_code_payment::{Ending, Payment, State};
use alipay_instore::ams_instore::notify_payment::{NotifyPaymentOutcome, NotifyPaymentRequest};
use alipay_instore::ams_instore::pay_entry_code::PayEntryCodeRequest;
use alipay_instore::ams_instore::pay_user_presented::PayUserPresentedRequest;
use alipay_instore::ams_instore::user_presented_payment;
use http::Request;
use payspec_runtime::client::life::{
    Driven, Next, NotPaid, Notified, Payment as Life, Stop, Timing,
};
use payspec_runtime::client::{
    AnswerErrorKind, CallError, Envelope, Moment, NotificationError, Problem, SignError, StampForm,
    TransportError, Unverified, VerifyingKeys,
};
use payspec_runtime::{Contradiction, Valid, decode};
use payspec_tests::messages;
use serde_json::{Value as Json, json};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

fn noon() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_435_200)
}

fn after(seconds: u64) -> SystemTime {
    noon() + Duration::from_secs(seconds)
}

/// An answer about the payment that says this of it.
fn said(status: &str, amount: Option<&Json>) -> Json {
    let mut answer = result("S", "SUCCESS");
    answer["paymentStatus"] = json!(status);
    answer["paymentResultCode"] = json!("SUCCESS");
    answer["paymentResultMessage"] = json!("m");
    answer["paymentTime"] = json!("2026-11-24T12:00:03Z");
    if let Some(amount) = amount {
        answer["paymentAmount"] = amount.clone();
    }
    answer
}

fn asked_amount() -> Json {
    messages::clean_request()["paymentAmount"].clone()
}

fn provider() -> Envelope {
    envelope("https://open.example")
}

/// A request whose time is over after so many seconds.
fn expiring(seconds: u64) -> Valid<PayEntryCodeRequest> {
    let mut json = messages::clean_request();
    json["paymentExpiryTime"] = json!(StampForm::DateTime.write(after(seconds)));
    Valid::new(decode(json.to_string().as_bytes()).expect("it decodes")).expect("it is valid")
}

/// The operation, by the end of its path.
fn operation(request: &Request<Vec<u8>>) -> String {
    let path = request.uri().path();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Returns the next request that is sent, at this time.
fn sent<F: Driven>(
    payment: &mut Life<F>,
    now: impl Into<Moment>,
) -> (
    Request<Vec<u8>>,
    payspec_runtime::client::life::Transmission<F>,
) {
    match payment.next(&provider(), now) {
        Next::Send(request, flight) => (request, flight),
        Next::Stop(stop) => panic!("{stop:?}"),
    }
}

fn stopped<F: Driven>(payment: &mut Life<F>, now: impl Into<Moment>) -> Stop<F> {
    match payment.next(&provider(), now) {
        Next::Send(request, _) => panic!("sends {}", operation(&request)),
        Next::Stop(stop) => stop,
    }
}

fn ended(payment: &mut Payment, now: impl Into<Moment>) -> Ending {
    match stopped(payment, now) {
        Stop::Ended(ending) => ending,
        stop => panic!("{stop:?}"),
    }
}

/// A payment whose payer was sent on at noon; it asks two seconds later.
fn awaiting(request: &Valid<PayEntryCodeRequest>) -> Payment {
    let mut payment = Payment::begin(request, Timing::default(), noon()).expect("it begins");
    let (request, flight) = sent(&mut payment, noon());
    let answer = signed(&request, &redirect(), noon());
    payment.answered(&provider(), flight, &answer, noon());
    assert!(matches!(stopped(&mut payment, noon()), Stop::Show(_)));
    assert_eq!(payment.state(), State::Awaiting);
    payment
}

/// The same in the next run of the program.
fn resumed(payment: &Payment) -> Payment {
    Payment::resume(payment.entry(), &payment.save()).expect("it goes on")
}

/// Asserts that the payment is in doubt, in this run and in the next.
fn assert_contradicted(payment: &mut Payment, now: SystemTime, found: &Json) -> Contradiction {
    let mut next = resumed(payment);
    let [this, next] = [payment, &mut next].map(|payment| {
        let Ending::InDoubt(unresolved) = ended(payment, now) else {
            panic!("{found} is decided");
        };
        let contradiction = unresolved.contradiction().expect("a contradiction");
        assert!(
            unresolved.to_string().contains(contradiction.found()),
            "{unresolved}"
        );
        contradiction.clone()
    });
    assert_eq!(this, next, "the next run tells the same");
    this
}

/// A notification with this status about the payment.
fn told(status: &str, amount: &Json) -> Json {
    let code = if status == "S" {
        "SUCCESS"
    } else {
        "PROCESS_FAIL"
    };
    json!({
        "notifyType": "PAYMENT_RESULT",
        "result": {"resultStatus": status, "resultCode": code, "resultMessage": "m"},
        "paymentRequestId": id(),
        "paymentId": "p-1",
        "paymentAmount": amount,
        "paymentTime": "2026-11-24T12:00:03Z",
    })
}
