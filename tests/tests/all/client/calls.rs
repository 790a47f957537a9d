//! One call: what is decided, what is sent again, what is left in doubt.

use super::support::*;
use alipay_instore::ams_instore::cancel::{CancelOutcome, CancelRequest};
use alipay_instore::ams_instore::inquiry_payment::InquiryPaymentRequest;
use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeOutcome, PayEntryCodeRequest};
use http::Response;
use payspec_runtime::client::{
    AnswerErrorKind, Call, CallError, InDoubt, Policy, Prepared, Problem, Repeat, Step, Unverified,
};
use payspec_runtime::{Valid, decode, encode};
use serde_json::{Value as Json, json};
use std::collections::HashSet;
use std::time::{Duration, SystemTime};

fn doubt<T>(result: Result<T, CallError<PayEntryCodeRequest>>) -> InDoubt<PayEntryCodeRequest> {
    match result {
        Err(CallError::InDoubt(doubt)) => doubt,
        Err(other) => panic!("not in doubt: {other}"),
        Ok(_) => panic!("decided"),
    }
}

/// Sends everything that comes to nothing, as often as it may be sent.
fn in_doubt_after(scene: fn() -> Scene) -> InDoubt<PayEntryCodeRequest> {
    let (client, stage, _) = client([scene(), scene(), scene(), scene()]);
    let doubt = doubt(client.pay_entry_code(request()));
    assert_eq!(stage.requests().len(), 4);
    doubt
}

#[test]
fn a_payment_is_sent_once_and_decided() {
    let (client, stage, clock) = client([Scene::Answer(redirect())]);
    let outcome = client.pay_entry_code(request()).expect("decided");
    assert!(matches!(outcome, PayEntryCodeOutcome::Redirect(_)));
    let [sent] = stage.requests().try_into().expect("one sending");
    assert_eq!(
        sent.uri(),
        "https://open.example/ams/sandbox/api/v1/payments/pay"
    );
    assert_eq!(sent.body(), &encode(&*request()).expect("JSON"));
    assert!(clock.pauses().is_empty());
}

#[test]
fn whole_answers_are_given_too() {
    let (client, ..) = client([Scene::Answer(redirect())]);
    let answered = client.call(request()).expect("decided");
    assert_eq!(answered.response.payment_id.as_deref(), Some("p-1"));
}

#[test]
fn a_failure_is_decided_and_never_sent_again() {
    let (client, stage, _) = client([Scene::Answer(result("F", "RISK_REJECT"))]);
    let outcome = client.pay_entry_code(request()).expect("decided");
    let PayEntryCodeOutcome::Failed(failed) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(failed.code().as_str(), "RISK_REJECT");
    assert_eq!(stage.requests().len(), 1);
}

#[test]
fn the_same_bytes_are_sent_again_with_a_fresh_time_and_signature() {
    let unknown = || Scene::Answer(result("U", "UNKNOWN_EXCEPTION"));
    let (client, stage, clock) = client([
        lost(),
        unknown(),
        Scene::Answer(result("U", "A_NEW_CODE")),
        Scene::Answer(redirect()),
    ]);
    let outcome = client.pay_entry_code(request()).expect("decided at last");
    assert!(matches!(outcome, PayEntryCodeOutcome::Redirect(_)));
    let requests = stage.requests();
    let distinct = |of: fn(&http::Request<Vec<u8>>) -> Vec<u8>| -> usize {
        requests.iter().map(of).collect::<HashSet<_>>().len()
    };
    assert_eq!(requests.len(), 4);
    assert_eq!(distinct(|request| request.body().clone()), 1);
    assert_eq!(
        distinct(|request| request.headers()["request-time"].as_bytes().to_vec()),
        4
    );
    assert_eq!(
        distinct(|request| request.headers()["signature"].as_bytes().to_vec()),
        4
    );
    let pauses = clock.pauses();
    assert_eq!(pauses.len(), 3);
    for (pause, longest) in pauses.iter().zip([500, 1000, 2000]) {
        let longest = Duration::from_millis(longest);
        assert!(*pause >= longest / 2 && *pause <= longest, "{pauses:?}");
    }
}

#[test]
fn an_answer_may_ask_to_wait_longer_within_a_bound() {
    fn busy(value: &'static str) -> impl Fn() -> Scene {
        move || {
            let change: fn(&mut Response<Vec<u8>>) = match value {
                "5" => |response| drop(response.headers_mut().insert("retry-after", 5.into())),
                "3600" => {
                    |response| drop(response.headers_mut().insert("retry-after", 3600.into()))
                }
                _ => |response| drop(response.headers_mut().insert("retry-after", 0.into())),
            };
            Scene::Changed(result("U", "UNKNOWN_EXCEPTION"), change)
        }
    }
    for (value, at_least, at_most) in [("0", 0.25, 0.5), ("5", 5.0, 5.0), ("3600", 30.0, 30.0)] {
        let (client, stage, clock) = client([busy(value)(), lost(), Scene::Answer(redirect())]);
        let outcome = client.pay_entry_code(request()).expect("decided at last");
        assert!(matches!(outcome, PayEntryCodeOutcome::Redirect(_)));
        assert_eq!(stage.requests().len(), 3);
        let [asked, own] = clock.pauses().try_into().expect("two pauses");
        let asked = asked.as_secs_f64();
        assert!((at_least..=at_most).contains(&asked), "{value}: {asked}");
        // What an earlier answer asked for does not last.
        assert!(own <= Duration::from_secs(1), "{value}: {own:?}");
    }
    // It makes nothing be sent again that is not sent again without it.
    let decided = Scene::Changed(result("F", "RISK_REJECT"), |response| {
        response.headers_mut().insert("retry-after", 1.into());
    });
    let (client, stage, clock) = client([decided]);
    let outcome = client.pay_entry_code(request()).expect("decided");
    assert!(matches!(outcome, PayEntryCodeOutcome::Failed(_)));
    assert_eq!(stage.requests().len(), 1);
    assert!(clock.pauses().is_empty());
}

#[test]
fn after_the_last_sending_the_doubt_owns_bytes_and_id() {
    let doubt = in_doubt_after(lost);
    assert_eq!(doubt.id(), id());
    assert_eq!(doubt.sent().bytes(), encode(&*request()).expect("JSON"));
    assert!(matches!(doubt.problem(), Problem::Transport(_)));
    let told = doubt.to_string();
    assert!(
        told.starts_with("what became of `pay_entry_code` "),
        "{told}"
    );
    assert!(
        told.contains(&id()) && told.len() > told.find(": ").expect("a problem") + 2,
        "{told}"
    );
    let reference = doubt.reference().expect("a name");
    assert_eq!(
        (reference.name(), reference.merchant_id()),
        ("paymentRequestId", Some(id().as_str()))
    );
    assert!(doubt.is_safe_to_resend() && doubt.needs_inquiry());

    let doubt = in_doubt_after(|| Scene::Answer(result("U", "UNKNOWN_EXCEPTION")));
    assert_eq!(doubt.problem().code(), Some("UNKNOWN_EXCEPTION"));
    assert_eq!(doubt.problem().http_status(), Some(200));
    let told = doubt.problem().to_string();
    assert!(
        told.contains("does not know yet (code UNKNOWN_EXCEPTION)"),
        "{told}"
    );
    let reference = doubt.reference().expect("a name");
    assert_eq!(
        (reference.name(), reference.provider_id()),
        ("paymentId", Some("p-1"))
    );
    assert_eq!(reference.merchant_id(), None);
    let outcome = &doubt.problem().answered().expect("an answer").outcome;
    assert!(matches!(outcome, PayEntryCodeOutcome::Pending(_)));
}

#[test]
fn a_doubt_can_be_sent_again() {
    let (client, stage, _) = client([lost(), lost(), lost(), lost(), Scene::Answer(redirect())]);
    let doubt = doubt(client.pay_entry_code(request()));
    let answered = client.resend(doubt).expect("decided");
    assert!(matches!(answered.outcome, PayEntryCodeOutcome::Redirect(_)));
    let bodies: HashSet<_> = stage
        .requests()
        .iter()
        .map(|request| request.body().clone())
        .collect();
    assert_eq!((stage.requests().len(), bodies.len()), (5, 1));
}

#[test]
fn what_was_not_sent_is_no_doubt() {
    let (client, stage, _) = client([not_sent(), not_sent(), not_sent(), not_sent()]);
    let error = client.pay_entry_code(request()).expect_err("not sent");
    let CallError::NotSent(not_sent) = &error else {
        panic!("{error}");
    };
    assert_eq!((not_sent.why(), not_sent.sendings()), ("no route", 4));
    assert!(error.is_safe_to_resend() && !error.needs_inquiry());
    assert_eq!(stage.requests().len(), 4);
}

#[test]
fn what_may_have_arrived_before_stays_in_doubt() {
    let (client, ..) = client([lost(), not_sent(), not_sent(), not_sent()]);
    let doubt = doubt(client.pay_entry_code(request()));
    assert!(matches!(doubt.problem(), Problem::Transport(_)));
    assert!(doubt.needs_inquiry());
}

#[test]
fn a_refused_repetition_says_nothing_of_what_was_sent_before() {
    let (client, stage, _) = client([lost(), Scene::Answer(result("F", "RISK_REJECT"))]);
    let doubt = doubt(client.pay_entry_code(request()));
    assert!(matches!(doubt.problem(), Problem::RepetitionRefused(_)));
    assert_eq!(doubt.problem().code(), Some("RISK_REJECT"));
    assert_eq!(stage.requests().len(), 2);
    // What has not left before is refused for good.
    let (client, ..) =
        super::support::client([not_sent(), Scene::Answer(result("F", "RISK_REJECT"))]);
    let outcome = client.pay_entry_code(request()).expect("decided");
    assert!(matches!(outcome, PayEntryCodeOutcome::Failed(_)));
}

#[test]
fn a_conflict_is_a_doubt_about_another_request() {
    let (client, stage, _) = client([Scene::Answer(result("F", "REPEAT_REQ_INCONSISTENT"))]);
    let doubt = doubt(client.pay_entry_code(request()));
    assert!(matches!(doubt.problem(), Problem::Conflict(_)));
    assert!(!doubt.is_safe_to_resend() && doubt.needs_inquiry());
    assert_eq!(stage.requests().len(), 1);
}

#[test]
fn a_contradiction_is_not_sent_again() {
    // The code belongs to another status: sending again will not help, and it is no success.
    let (client, stage, _) = client([Scene::Answer(result("U", "SUCCESS"))]);
    let doubt = doubt(client.pay_entry_code(request()));
    assert!(matches!(doubt.problem(), Problem::Pending(_)));
    assert_eq!(stage.requests().len(), 1);
}

/// Each way in which an answer can be worth nothing: its scene, and the test of its error.
#[test]
fn worthless_answers_are_told_apart() {
    type Case = (fn() -> Scene, fn(&AnswerErrorKind) -> bool, u16);
    let cases: &[Case] = &[
        (
            || Scene::Changed(redirect(), |response| response.headers_mut().clear()),
            |kind| *kind == AnswerErrorKind::Unverified(Unverified::Unsigned),
            200,
        ),
        (
            || {
                Scene::Changed(result("F", "INVALID_SIGNATURE"), |response| {
                    response.headers_mut().clear()
                })
            },
            |kind| *kind == AnswerErrorKind::UnsignedRefusal,
            200,
        ),
        (
            || Scene::Changed(redirect(), |response| response.body_mut().push(b' ')),
            |kind| *kind == AnswerErrorKind::Unverified(Unverified::WrongSignature),
            200,
        ),
        (
            || {
                Scene::Changed(redirect(), |response| {
                    *response.status_mut() = http::StatusCode::BAD_GATEWAY
                })
            },
            |kind| *kind == AnswerErrorKind::HttpStatus,
            502,
        ),
        (
            || Scene::Answer(json!({"paymentId": "p-1"})),
            |kind| *kind == AnswerErrorKind::NoResult,
            200,
        ),
        (
            || Scene::Answer(result("X", "SUCCESS")),
            |kind| *kind == AnswerErrorKind::UnknownStatus,
            200,
        ),
        (
            || Scene::Answer(json!({"result": {"resultStatus": "S"}})),
            |kind| matches!(kind, AnswerErrorKind::Malformed(_)),
            200,
        ),
        (
            || {
                let mut answer = redirect();
                answer["paymentRequestId"] = json!("");
                Scene::Answer(answer)
            },
            |kind| *kind == AnswerErrorKind::Unnamed,
            200,
        ),
    ];
    for (index, (scene, is_it, http_status)) in cases.iter().enumerate() {
        let doubt = in_doubt_after(*scene);
        let Problem::Answer(error) = doubt.problem() else {
            panic!("{index}: {doubt}");
        };
        assert!(is_it(error.kind()), "{index}: {error}");
        let malformed = matches!(error.kind(), AnswerErrorKind::Malformed(_));
        assert_eq!(error.violations().is_some(), malformed, "{index}");
        assert_eq!(doubt.problem().http_status(), Some(*http_status), "{index}");
        assert!(
            doubt.problem().body().is_some_and(|body| !body.is_empty()),
            "{index}"
        );
        assert!(doubt.needs_inquiry(), "{index}");
    }
}

#[test]
fn an_answer_to_another_request_is_doubt_and_nothing_is_sent_again() {
    let mut answer = redirect();
    answer["paymentRequestId"] = json!("another");
    let (client, stage, _) = client([Scene::Answer(answer)]);
    let doubt = doubt(client.pay_entry_code(request()));
    let Problem::Answer(error) = doubt.problem() else {
        panic!("{doubt}");
    };
    let kind = error.kind();
    assert!(matches!(kind, AnswerErrorKind::OtherRequest(other) if other.answered() == "another"));
    assert!(!doubt.is_safe_to_resend());
    assert_eq!(stage.requests().len(), 1);
}

#[test]
fn a_worthless_answer_may_be_followed_by_a_good_one() {
    let forged = Scene::Changed(redirect(), |response| response.body_mut().push(b'\n'));
    let (client, stage, _) = client([forged, Scene::Answer(redirect())]);
    let outcome = client.pay_entry_code(request()).expect("decided");
    assert!(matches!(outcome, PayEntryCodeOutcome::Redirect(_)));
    assert_eq!(stage.requests().len(), 2);
}

#[test]
fn errors_show_no_sensitive_value() {
    let answer = || {
        let mut answer = result("U", "UNKNOWN_EXCEPTION");
        answer["pspCustomerInfo"] = json!({"pspName": "w", "pspCustomerId": "secret-customer"});
        Scene::Answer(answer)
    };
    let doubt = in_doubt_after(answer);
    let shown = format!("{doubt:?}");
    assert!(
        shown.contains("Pending(") && shown.contains("UNKNOWN_EXCEPTION"),
        "{shown}"
    );
    let malformed = in_doubt_after(|| {
        Scene::Answer(
            json!({"result": {"resultStatus": "S"}, "pspCustomerInfo": {"pspCustomerId": "secret-customer"}}),
        )
    });
    for doubt in [doubt, malformed] {
        let shown = format!("{doubt} {doubt:?}");
        assert!(!shown.contains("secret-customer"), "{shown}");
        let agent = "Mozilla";
        assert!(messages_has(agent) && !shown.contains(agent), "{shown}");
    }
}

/// Returns whether the request holds a text, so that its absence elsewhere means something.
fn messages_has(text: &str) -> bool {
    encode(&*request()).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(text))
}

#[test]
fn policies_bound_the_sendings() {
    let clock = FakeClock::new();
    let stage = Stage::new(&clock, [lost()]);
    let calls =
        payspec_runtime::client::RawClient::new(envelope("https://open.example"), stage.clone());
    let calls = calls.clock(clock.clone()).policy(Policy::ONCE);
    let error = calls.call(request()).expect_err("in doubt");
    assert!(matches!(error, CallError::InDoubt(_)));
    assert_eq!(stage.requests().len(), 1);
}

#[test]
fn a_clock_that_cannot_be_written_refuses_the_request() {
    let ready = Prepared::new(request(), Policy::default(), 1).expect("JSON");
    let step = ready.send(
        &envelope("https://open.example"),
        SystemTime::UNIX_EPOCH - Duration::from_secs(1),
    );
    let Step::Done(Err(error @ CallError::Refused(_))) = step else {
        panic!("{step:?}");
    };
    assert!(!error.needs_inquiry());
}

#[test]
fn what_the_description_says_of_repetition_is_generated() {
    assert_eq!(PayEntryCodeRequest::REPEAT, Repeat::ByKey);
    assert_eq!(PayEntryCodeRequest::REPEATS, 3);
    assert_eq!(
        PayEntryCodeRequest::CONFLICT,
        Some("REPEAT_REQ_INCONSISTENT")
    );
    assert_eq!(InquiryPaymentRequest::REPEAT, Repeat::Documented);
    assert_eq!(
        (CancelRequest::REPEAT, CancelRequest::CONFLICT),
        (Repeat::Documented, None)
    );
    let request = request();
    assert_eq!(request.id(), Some(request.payment_request_id.as_str()));
}

fn cancel() -> Valid<CancelRequest> {
    let json = json!({"paymentId": "p-1", "paymentRequestId": "r-1"});
    Valid::new(decode(json.to_string().as_bytes()).expect("a request")).expect("valid")
}

fn cancelled(id: &str) -> Json {
    json!({
        "result": {"resultStatus": "S", "resultCode": "SUCCESS", "resultMessage": "m"},
        "paymentId": id,
        "paymentRequestId": "r-1",
    })
}

#[test]
fn calls_without_a_key_hold_answers_to_what_they_asked() {
    let (client, stage, _) = client([lost(), Scene::Answer(cancelled("p-1"))]);
    let outcome = client.cancel(cancel()).expect("decided");
    assert!(matches!(outcome, CancelOutcome::Cancelled));
    assert_eq!((stage.requests().len(), stage.left()), (2, 0));
    let (client, stage, _) = super::support::client([lost(), Scene::Answer(cancelled("p-2"))]);
    let Err(CallError::InDoubt(doubt)) = client.cancel(cancel()) else {
        panic!("it speaks of another payment");
    };
    assert!(matches!(doubt.problem(), Problem::Answer(_)));
    assert_eq!((stage.requests().len(), stage.left()), (2, 0));
}

#[test]
fn a_step_tells_what_is_on_its_way() {
    let envelope = envelope("https://open.example");
    let clock = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
    let ready = Prepared::new(request(), Policy::default(), 1).expect("JSON");
    let Step::Send(sent, flying) = ready.send(&envelope, clock) else {
        panic!("nothing to send");
    };
    assert_eq!((flying.sending(), flying.sent().key()), (1, id().as_str()));
    assert_eq!(flying.sent().bytes(), sent.body());
    let step = flying.answered(&envelope, &Response::new(Vec::new()), clock);
    let Step::Wait(_, again) = step else {
        panic!("{step:?}");
    };
    assert!(matches!(again.send(&envelope, clock), Step::Send(_, flying) if flying.sending() == 2));
}
