//! An amount that is not the one of the request.

use super::*;

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
        super::super::support::signed_headers("POST", &uri, twice.as_bytes(), after(2));
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
        include_str!("../../../../../spec/ams-instore/examples/pay-user-presented.request.json");
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
