//! Answers of a REST API under every HTTP status: the generated types and the message checker decide alike, and nothing
//! but the documented status with the documented body proves anything.

use payspec_model::check::Checker;
use payspec_model::load;
use payspec_model::model::Side;
use payspec_runtime::{decode, decode_answer};
use payspec_tests::random::is_tried;

use crate::cases::cases::status_answers::demo::cancel::{CancelOutcome, CancelResponse};
use crate::cases::cases::status_answers::demo::find::{FindOutcome, FindResponse};
use crate::cases::cases::status_answers::demo::send::{SendOutcome, SendResponse};

/// The statuses by which a provider says that it has not decided yet.
const UNDECIDED: [u16; 5] = [202, 408, 409, 425, 429];

/// Returns bodies with every combination of what decides, readable and not.
fn bodies() -> Vec<String> {
    let ids = ["", r#""id":"P-1","#, r#""id":"","#, r#""id":7,"#];
    let states = [
        "",
        r#""state":"succeeded","#,
        r#""state":"requires_action","#,
        r#""state":"processing","#,
        r#""state":"canceled","#,
        r#""state":"NEW","#,
        r#""state":"succeeded","state":"canceled","#,
    ];
    let codes = ["", "card_declined", "invalid_request", "not_found", "new"];
    let mut bodies = Vec::new();
    for id in ids {
        for state in states {
            for code in codes {
                let error = match code {
                    "" => String::new(),
                    code => format!(r#""error":{{"code":"{code}"}},"#),
                };
                let next = r#""next":{"url":"https://bank.example/"},"#;
                for next in ["", next] {
                    bodies.push(format!("{{{id}{state}{error}{next}\"more\":1}}"));
                }
            }
        }
    }
    let broken = [
        "",
        "null",
        "[]",
        "<html>",
        "{",
        r#"{"error":7}"#,
        r#"{"error":[]}"#,
    ];
    bodies.extend(broken.map(str::to_owned));
    bodies
}

/// Returns the outcome in the words of the spec.
pub(crate) fn word(outcome: &impl std::fmt::Debug) -> String {
    let text = format!("{outcome:?}");
    let end = text.find(|char: char| !char.is_alphanumeric());
    let mut word = String::new();
    for (index, letter) in text[..end.unwrap_or(text.len())].char_indices() {
        if letter.is_uppercase() && index > 0 {
            word.push('_');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

fn checkers() -> (payspec_model::model::Model, [&'static str; 2]) {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/cases/status-answers");
    let model = load(std::path::Path::new(spec)).model;
    (model.expect("a sound spec"), ["send", "find"])
}

#[test]
fn both_decide_every_status_alike() {
    let (model, ids) = checkers();
    let checkers = ids.map(|id| {
        let (api, operation) = model.operation(id).expect("an operation");
        Checker::new(api, operation, Side::Response).expect("a response")
    });
    let mut unreadable = 0;
    for (number, body) in bodies().into_iter().enumerate() {
        let send = decode::<SendResponse>(body.as_bytes());
        let find = decode::<FindResponse>(body.as_bytes());
        unreadable += usize::from(send.is_err());
        // Other statuses for each body, so that ten bodies meet all of them.
        for status in (0..1000).filter(|status| is_tried(number + usize::from(*status))) {
            // What cannot be read has no outcome, which is pending.
            let by_types = [
                send.as_ref().map(|it| word(&it.outcome(status))),
                find.as_ref().map(|it| word(&it.outcome(status))),
            ];
            for (checker, by_types) in checkers.iter().zip(by_types) {
                let by_types = by_types.unwrap_or_else(|_| "pending".to_owned());
                let assessed = checker.assess(body.as_bytes(), Some(status));
                let by_model = match &assessed {
                    Ok((_, verdict)) => verdict.as_ref().expect("it is judged").outcome(),
                    Err(_) => "pending",
                };
                assert_eq!(by_types, by_model, "{status} {body}");
            }
        }
    }
    assert!(unreadable > 50, "{unreadable}");
}

#[test]
fn nothing_but_what_is_listed_is_proved() {
    for body in bodies() {
        let Ok(answer) = decode::<SendResponse>(body.as_bytes()) else {
            continue;
        };
        for status in 0..1000 {
            match answer.outcome(status) {
                SendOutcome::Paid => {
                    assert_eq!(status, 200, "{body}");
                    assert!(body.contains(r#""id":"P-1","state":"succeeded""#), "{body}");
                    assert!(!body.contains("card_declined"), "{body}");
                    assert!(!body.contains("invalid_request"), "{body}");
                }
                SendOutcome::Redirect(_) | SendOutcome::Unpaid => assert_eq!(status, 200, "{body}"),
                SendOutcome::Processing => assert!([200, 202].contains(&status), "{status} {body}"),
                SendOutcome::Declined(_) => assert_eq!(status, 402, "{body}"),
                SendOutcome::Failed(_) => {
                    assert!((400..500).contains(&status), "{status} {body}");
                    assert!(!UNDECIDED.contains(&status), "{status} {body}");
                }
                SendOutcome::Pending(pending) => assert_eq!(pending.status(), status.to_string()),
            }
        }
    }
}

#[test]
fn an_answer_without_a_body_decides_by_its_status() {
    for status in 0..1000 {
        let read = decode_answer::<CancelResponse>(status, b"");
        assert_eq!(read.is_ok(), [204, 205, 304].contains(&status), "{status}");
        let empty = decode::<CancelResponse>(b"{}").expect("an answer");
        let is_cancelled = empty.outcome(status) == CancelOutcome::Cancelled;
        assert_eq!(is_cancelled, status == 204, "{status}");
    }
}

#[test]
fn an_inquiry_fails_only_as_documented() {
    let found = decode::<FindResponse>(br#"{"error":{"code":"not_found"}}"#).expect("an answer");
    for status in 0..1000 {
        let outcome = found.outcome(status);
        let is_unknown = matches!(outcome, FindOutcome::UnknownPayment(_));
        assert_eq!(is_unknown, status == 404, "{status}: {outcome:?}");
        // The code belongs to 404.
        assert!(
            is_unknown || matches!(outcome, FindOutcome::Pending(_)),
            "{status}: {outcome:?}"
        );
    }
}
