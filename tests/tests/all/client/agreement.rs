//! Paid means: this payment, this amount. What contradicts the request settles nothing, is older than
//! the request settles nothing, and does not name the request settles nothing.

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

/// Amounts that are not the one of the request, as values of `paymentAmount`.
fn other_amounts() -> Vec<Json> {
    let asked = &messages::clean_request()["paymentAmount"];
    let (currency, value) = (asked["currency"].clone(), asked["value"].clone());
    let lower = currency.as_str().expect("a currency").to_lowercase();
    vec![
        json!({"currency": currency, "value": "1"}),
        json!({"currency": currency, "value": 1}),
        json!({"currency": "IDR", "value": value}),
        json!({"currency": currency, "value": "-5"}),
        json!({"currency": lower, "value": value}),
        json!({"currency": currency, "value": "ten"}),
        json!({"currency": currency, "value": " 10"}),
        json!({"currency": currency, "value": [value]}),
        json!({"currency": currency, "value": 1e30}),
        json!({"currency": 1, "value": value}),
        json!({"currency": currency}),
        json!({"value": value}),
        json!({}),
        json!([]),
        json!(""),
        json!("10 USD"),
        json!(10),
        json!(true),
    ]
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

/// What is sent next, at this time.
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

#[test]
fn an_inquiry_that_states_another_amount_ends_in_doubt_whatever_it_says() {
    for amount in other_amounts() {
        for status in ["SUCCESS", "PROCESSING", "FAIL", "CANCELLED"] {
            let mut payment = awaiting(&request());
            let (request, flight) = sent(&mut payment, after(2));
            let answer = signed(&request, &said(status, Some(&amount)), after(2));
            payment.answered(&provider(), flight, &answer, after(2));
            let contradiction = assert_contradicted(&mut payment, after(2), &amount);
            assert_eq!(contradiction.field(), "/paymentAmount");
            let expected: Json = serde_json::from_str(contradiction.expected()).expect("JSON");
            assert_eq!(expected, asked_amount());
        }
    }
}

#[test]
fn a_refusal_or_an_open_answer_with_another_amount_is_doubt_too() {
    for (status, code) in [("F", "PROCESS_FAIL"), ("U", "UNKNOWN_EXCEPTION")] {
        let amount = json!({"currency": "USD", "value": "1"});
        let mut payment = awaiting(&request());
        let (request, flight) = sent(&mut payment, after(2));
        let mut answer = result(status, code);
        answer["paymentAmount"] = amount.clone();
        payment.answered(
            &provider(),
            flight,
            &signed(&request, &answer, after(2)),
            after(2),
        );
        assert_contradicted(&mut payment, after(2), &amount);
    }
}

#[test]
fn an_amount_that_comes_twice_is_doubt() {
    let mut payment = awaiting(&request());
    let (request, flight) = sent(&mut payment, after(2));
    let once = said("SUCCESS", Some(&asked_amount())).to_string();
    let twice = once.replacen('{', &format!(r#"{{"paymentAmount":{},"#, asked_amount()), 1);
    let uri = request.uri().path().to_owned();
    let mut answer = http::Response::new(twice.clone().into_bytes());
    *answer.headers_mut() =
        super::support::signed_headers("POST", &uri, twice.as_bytes(), after(2));
    payment.answered(&provider(), flight, &answer, after(2));
    let contradiction = assert_contradicted(&mut payment, after(2), &Json::Null);
    assert!(
        contradiction.found().contains("several values"),
        "{contradiction}"
    );
}

#[test]
fn a_notification_that_states_another_amount_ends_in_doubt_from_every_state() {
    let tell = |payment: &mut Payment, amount: &Json, now: SystemTime| {
        let body = told("S", amount).to_string();
        let received = provider().receive::<NotifyPaymentRequest>(
            &notification(StampForm::DateTime, now, body.as_bytes()),
            now,
        );
        let received = received.expect("it names its payment");
        assert!(
            !matches!(received.outcome, NotifyPaymentOutcome::Paid)
                || received.notification.payment_amount.is_some(),
            "paid without the amount that it states: {body}"
        );
        payment.notified(&received, now)
    };
    for amount in other_amounts() {
        for step in 0..4 {
            let mut payment =
                Payment::begin(&request(), Timing::default(), noon()).expect("it begins");
            let mut now = noon();
            // Lost answers lead from state to state.
            for _ in 0..step * 7 {
                match payment.next(&provider(), now) {
                    Next::Send(_, flight) => {
                        let lost = TransportError::NoAnswer("lost".to_owned());
                        payment.transport_failed(flight, lost, now);
                    }
                    Next::Stop(Stop::Until(time)) => now = time,
                    Next::Stop(stop) => panic!("{stop:?}"),
                }
            }
            assert_eq!(tell(&mut payment, &amount, now), Ok(Notified::Taken));
            assert_contradicted(&mut payment, now, &amount);
        }
    }
}

#[test]
fn a_notification_whose_amount_comes_twice_or_is_no_json_ends_in_doubt() {
    let told = told("S", &asked_amount()).to_string();
    let amount = asked_amount().to_string();
    let twice = told.replacen('{', &format!(r#"{{"paymentAmount":{amount},"#), 1);
    let bare = told.replacen(&amount, "ten", 1);
    for body in [twice, bare] {
        let mut payment = awaiting(&request());
        let received = provider().receive::<NotifyPaymentRequest>(
            &notification(StampForm::DateTime, after(2), body.as_bytes()),
            after(2),
        );
        let received = received.expect("it names its payment");
        assert!(matches!(received.outcome, NotifyPaymentOutcome::Pending(_)));
        assert!(!received.dropped.is_empty(), "{body}");
        assert_eq!(payment.notified(&received, after(2)), Ok(Notified::Taken));
        assert_contradicted(&mut payment, after(2), &Json::Null);
    }
}

#[test]
fn the_amount_of_the_request_is_paid_in_either_spelling_and_told() {
    let asked = asked_amount();
    let value: i64 = asked["value"]
        .as_str()
        .and_then(|value| value.parse().ok())
        .expect("a number");
    let native = json!({"currency": asked["currency"], "value": value, "other": "x"});
    for amount in [asked, native] {
        let mut payment = awaiting(&request());
        let (request, flight) = sent(&mut payment, after(2));
        let answer = signed(&request, &said("SUCCESS", Some(&amount)), after(2));
        payment.answered(&provider(), flight, &answer, after(2));
        for payment in [&mut resumed(&payment), &mut payment] {
            let ending = ended(payment, after(2));
            let paid = ending.paid().expect("it is paid");
            assert_eq!(paid.said(), "inquiry_payment.paid");
            let proof = paid.proof();
            assert_eq!(proof.payment_id.as_deref(), Some("p-1"));
            let proved = proof.payment_amount.as_ref().map(|amount| amount.value);
            assert_eq!(proved, Some(value));
            assert!(proof.payment_time.is_some());
        }
    }
}

#[test]
fn an_absent_amount_is_paid_and_the_ending_says_so() {
    for amount in [None, Some(Json::Null)] {
        let mut payment = awaiting(&request());
        let (request, flight) = sent(&mut payment, after(2));
        let answer = signed(&request, &said("SUCCESS", amount.as_ref()), after(2));
        payment.answered(&provider(), flight, &answer, after(2));
        let ending = ended(&mut payment, after(2));
        let paid = ending.paid().expect("it is paid");
        assert_eq!(paid.proof().payment_amount, None);
    }
}

#[test]
fn an_answer_about_another_request_ends_in_doubt() {
    let mut payment = awaiting(&request());
    let (request, flight) = sent(&mut payment, after(2));
    let mut other = said("SUCCESS", Some(&asked_amount()));
    other["paymentRequestId"] = json!("another");
    payment.answered(
        &provider(),
        flight,
        &signed(&request, &other, after(2)),
        after(2),
    );
    let contradiction = assert_contradicted(&mut payment, after(2), &other);
    assert_eq!(contradiction.field(), "/paymentRequestId");
}

#[test]
fn a_success_that_does_not_name_the_request_settles_nothing() {
    for name in [None, Some(json!("")), Some(Json::Null)] {
        let mut payment = awaiting(&request());
        let (request, flight) = sent(&mut payment, after(2));
        let mut silent = said("SUCCESS", Some(&asked_amount()));
        let fields = silent.as_object_mut().expect("an object");
        fields.remove("paymentRequestId");
        if let Some(name) = name {
            fields.insert("paymentRequestId".to_owned(), name);
        }
        payment.answered(
            &provider(),
            flight,
            &signed(&request, &silent, after(2)),
            after(2),
        );
        assert!(matches!(stopped(&mut payment, after(2)), Stop::Until(_)));
        assert_eq!(payment.state(), State::Awaiting);
    }
}

/// What is asked when a program goes on that stopped while it asked, behind the expiry.
#[test]
fn a_program_that_stops_while_it_asks_asks_again_before_it_cancels() {
    for (started, state) in [(2, State::Awaiting), (20, State::Checking)] {
        let mut payment = awaiting(&expiring(20));
        if state == State::Checking {
            let (_, flight) = sent(&mut payment, after(2));
            payment.transport_failed(
                flight,
                TransportError::NoAnswer("lost".to_owned()),
                after(2),
            );
        }
        let (request, _) = sent(&mut payment, after(started));
        assert_eq!(operation(&request), "inquiryPayment");
        assert_eq!(payment.state(), state);
        // The answer to that is not waited for: the program stops, and again while it asks anew.
        for _ in 0..2 {
            payment = resumed(&payment);
            let (request, _) = sent(&mut payment, after(600));
            assert_eq!(operation(&request), "inquiryPayment", "{state:?}");
            assert_eq!(payment.state(), State::Checking);
        }
        payment = resumed(&payment);
        let (request, flight) = sent(&mut payment, after(600));
        let answer = signed(
            &request,
            &said("SUCCESS", Some(&asked_amount())),
            after(600),
        );
        payment.answered(&provider(), flight, &answer, after(600));
        assert!(ended(&mut payment, after(600)).paid().is_some());
    }
}

#[test]
fn an_answer_from_before_the_life_settles_nothing_also_after_a_restart() {
    for (age, settles) in [(299, true), (301, false)] {
        for restarts in [false, true] {
            let mut payment = awaiting(&request());
            if restarts {
                payment = resumed(&payment);
            }
            let (request, flight) = sent(&mut payment, after(2));
            let old = noon() - Duration::from_secs(age);
            let answer = signed(&request, &said("SUCCESS", Some(&asked_amount())), old);
            payment.answered(&provider(), flight, &answer, after(2));
            assert_eq!(
                payment.state() == State::Paid,
                settles,
                "{age} s, restarts: {restarts}"
            );
        }
    }
}

#[test]
fn the_skew_of_answers_is_set_by_the_program() {
    let strict = provider().answer_skew(Duration::from_secs(10));
    let mut payment = awaiting(&request());
    let (request, flight) = sent(&mut payment, after(2));
    let old = noon() - Duration::from_secs(11);
    let answer = signed(&request, &said("SUCCESS", Some(&asked_amount())), old);
    payment.answered(&strict, flight, &answer, after(2));
    assert_eq!(payment.state(), State::Awaiting);
}

#[test]
fn a_single_call_whose_answer_contradicts_it_is_in_doubt_at_once() {
    let mut other = redirect();
    other["paymentAmount"] = json!({"currency": "USD", "value": "1"});
    let (client, stage, _) = client([Scene::Answer(other)]);
    let Err(CallError::InDoubt(doubt)) = client.pay_entry_code(request()) else {
        panic!("it is in doubt");
    };
    let Problem::Answer(error) = doubt.problem() else {
        panic!("{doubt:?}");
    };
    assert!(
        matches!(error.kind(), AnswerErrorKind::Contradiction(_)),
        "{error}"
    );
    assert!(!doubt.is_safe_to_resend());
    assert_eq!(stage.requests().len(), 1);
}

#[test]
fn a_presented_code_that_is_paid_with_another_amount_is_in_doubt() {
    let example =
        include_str!("../../../../spec/ams-instore/examples/pay-user-presented.request.json");
    let mut json: Json = serde_json::from_str(example).expect("JSON");
    json.as_object_mut()
        .expect("an object")
        .remove("paymentExpiryTime");
    let request: PayUserPresentedRequest = decode(json.to_string().as_bytes()).expect("it decodes");
    let request = Valid::new(request).expect("it is valid");
    let mut payment = user_presented_payment::Payment::begin(&request, Timing::default(), noon())
        .expect("it begins");
    let (request, flight) = sent(&mut payment, noon());
    let mut answer = result("S", "SUCCESS");
    answer["paymentRequestId"] = json["paymentRequestId"].clone();
    answer["paymentAmount"] = json!({"currency": json["paymentAmount"]["currency"], "value": "1"});
    payment.answered(
        &provider(),
        flight,
        &signed(&request, &answer, noon()),
        noon(),
    );
    let Stop::Ended(user_presented_payment::Ending::InDoubt(unresolved)) =
        stopped(&mut payment, noon())
    else {
        panic!("it is in doubt");
    };
    assert!(unresolved.contradiction().is_some());
}

fn hear(payment: &mut Payment, status: &str, now: SystemTime) -> Notified {
    let body = told(status, &asked_amount()).to_string();
    let request = notification(StampForm::DateTime, now, body.as_bytes());
    let received = provider().receive::<NotifyPaymentRequest>(&request, now);
    let received = received.expect("it is the provider's");
    payment
        .notified(&received, now)
        .expect("it is about this payment")
}

#[test]
fn a_notification_that_contradicts_the_end_is_told_and_the_end_stays() {
    // Unpaid, then paid.
    let mut payment = awaiting(&request());
    assert_eq!(hear(&mut payment, "F", after(1)), Notified::Taken);
    for payment in [&mut resumed(&payment), &mut payment] {
        assert_eq!(
            hear(payment, "F", after(2)),
            Notified::Taken,
            "the same again"
        );
        let Notified::Contradicts(end) = hear(payment, "S", after(3)) else {
            panic!("it is told");
        };
        assert_eq!(end.said(), "notify_payment.paid");
        assert_eq!(ended(payment, after(3)), Ending::NotPaid(NotPaid::Unpaid));
    }
    // Paid, then unpaid.
    let mut payment = awaiting(&request());
    assert_eq!(hear(&mut payment, "S", after(1)), Notified::Taken);
    assert_eq!(
        hear(&mut payment, "S", after(1)),
        Notified::Taken,
        "the same again"
    );
    assert!(matches!(
        hear(&mut payment, "F", after(2)),
        Notified::Contradicts(_)
    ));
    let ending = ended(&mut payment, after(2));
    let paid = ending.paid().expect("it stays paid");
    assert_eq!(paid.said(), "notify_payment.paid");
    assert_eq!(paid.proof().payment_id.as_deref(), Some("p-1"));
}

#[test]
fn a_payment_that_never_left_stays_so_and_late_news_are_told() {
    let mut payment = Payment::begin(&expiring(60), Timing::default(), noon()).expect("it begins");
    let mut now = noon();
    let ending = loop {
        match payment.next(&provider(), now) {
            Next::Send(_, flight) => {
                payment.transport_failed(
                    flight,
                    TransportError::NotSent("no route".to_owned()),
                    now,
                );
            }
            Next::Stop(Stop::Until(time)) => now = time,
            Next::Stop(Stop::Ended(ending)) => break ending,
            Next::Stop(stop) => panic!("{stop:?}"),
        }
    };
    assert_eq!(ending, Ending::NotPaid(NotPaid::NotSent));
    for payment in [&mut resumed(&payment), &mut payment] {
        let later = now + Duration::from_secs(600);
        assert_eq!(ended(payment, later), Ending::NotPaid(NotPaid::NotSent));
        assert!(matches!(
            hear(payment, "S", later),
            Notified::Contradicts(_)
        ));
        assert_eq!(ended(payment, later), Ending::NotPaid(NotPaid::NotSent));
    }
}

/// A moment at which so many seconds have passed, and the clock on the wall shows so many more.
fn moment(seconds: u64, ahead: i64) -> Moment {
    let wall = after(seconds);
    let by = Duration::from_secs(ahead.unsigned_abs());
    let wall = if ahead < 0 { wall - by } else { wall + by };
    Moment::new(wall, Some(Duration::from_secs(1000 + seconds)))
}

#[test]
fn a_clock_that_is_set_neither_stops_a_life_nor_ends_it() {
    for ahead in [-3600, 3600, 86_400] {
        let begun = Payment::begin(&expiring(180), Timing::default(), moment(0, 0));
        let mut payment = begun.expect("it begins");
        let (_, flight) = sent(&mut payment, moment(0, 0));
        payment.transport_failed(
            flight,
            TransportError::NoAnswer("lost".to_owned()),
            moment(0, 0),
        );
        // The clock is set.
        assert!(matches!(
            stopped(&mut payment, moment(1, ahead)),
            Stop::Until(_)
        ));
        let (request, flight) = sent(&mut payment, moment(2, ahead));
        assert_eq!(operation(&request), "pay");
        payment.transport_failed(
            flight,
            TransportError::NoAnswer("lost".to_owned()),
            moment(2, ahead),
        );
        // The time of the payment comes when it has passed, and not before.
        let (request, flight) = sent(&mut payment, moment(179, ahead));
        assert_eq!(operation(&request), "pay");
        payment.transport_failed(
            flight,
            TransportError::NoAnswer("lost".to_owned()),
            moment(179, ahead),
        );
        let (request, _) = sent(&mut payment, moment(180, ahead));
        assert_eq!(operation(&request), "inquiryPayment");
        assert_eq!(payment.state(), State::Checking);
    }
}

#[test]
fn a_clock_without_a_steady_one_that_is_set_back_costs_no_more_than_one_pause() {
    let mut payment = awaiting(&expiring(180));
    let back = noon() - Duration::from_secs(3600);
    assert!(matches!(stopped(&mut payment, back), Stop::Until(_)));
    let (request, _) = sent(&mut payment, back + Duration::from_secs(2));
    assert_eq!(operation(&request), "inquiryPayment");
}

#[test]
fn a_life_that_goes_on_behind_its_time_asks_before_it_cancels() {
    for is_paid in [true, false] {
        let mut payment = resumed(&awaiting(&expiring(180)));
        let now = after(600);
        let (request, flight) = sent(&mut payment, now);
        assert_eq!(operation(&request), "inquiryPayment");
        let status = if is_paid { "SUCCESS" } else { "PROCESSING" };
        let answer = signed(&request, &said(status, Some(&asked_amount())), now);
        payment.answered(&provider(), flight, &answer, now);
        if is_paid {
            assert!(ended(&mut payment, now).paid().is_some());
        } else {
            let (request, _) = sent(&mut payment, now);
            assert_eq!(operation(&request), "cancel");
        }
    }
}

#[test]
fn a_client_id_goes_to_no_environment_of_another() {
    let named = |client_id: &str, environment: &str| {
        let base = "https://open.example".parse().expect("a base");
        let envelope = Envelope::new(&RECIPE, base, client_id, key(), key().public());
        envelope
            .expect("it fits")
            .environment(environment)
            .map(drop)
    };
    let production = CLIENT_ID.trim_start_matches("SANDBOX_");
    assert_eq!(named(CLIENT_ID, "sandbox"), Ok(()));
    assert_eq!(named(production, "production"), Ok(()));
    for (client_id, environment) in [(CLIENT_ID, "production"), (production, "sandbox")] {
        assert_eq!(
            named(client_id, environment),
            Err(SignError::Setting("environment"))
        );
    }
}

#[test]
fn a_key_is_chosen_by_the_version_that_the_signature_names() {
    let keyed = |keys: VerifyingKeys| {
        let base = "https://open.example".parse().expect("a base");
        Envelope::new(&RECIPE, base, CLIENT_ID, key(), keys).expect("it fits")
    };
    // The provider signs by version 2.
    let body = told("S", &asked_amount()).to_string();
    let told = notification(StampForm::DateTime, noon(), body.as_bytes());
    let receive = |keys| {
        let received = keyed(keys).receive::<NotifyPaymentRequest>(&told, noon());
        received.map(drop)
    };
    let public = || key().public();
    let both = VerifyingKeys::new("1", public()).with("2", public());
    assert_eq!(receive(both), Ok(()));
    assert_eq!(receive(VerifyingKeys::new("2", public())), Ok(()));
    let unknown =
        NotificationError::Unverified(Unverified::UnknownKeyVersion(Some("2".to_owned())));
    assert!(unknown.to_string().contains("version `2`"), "{unknown}");
    assert_eq!(receive(VerifyingKeys::new("1", public())), Err(unknown));
}

#[test]
fn headers_of_the_transport_are_refused() {
    for name in [
        "Content-Length",
        "transfer-encoding",
        "HOST",
        "connection",
        "te",
        "upgrade",
        "expect",
        "trailer",
        "content-type",
        "signature",
    ] {
        let set = provider().header(name, "1").map(drop);
        assert_eq!(set, Err(SignError::Setting("header")), "{name}");
    }
    assert!(provider().header("agent-token", "1").is_ok());
}
