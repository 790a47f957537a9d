//! Answers whose bodies differ by HTTP status: the generated types and the message checker decide alike, and nothing but
//! the documented status with its own body proves anything.

use std::path::Path;

use payspec_model::check::{Because, Checker};
use payspec_model::load;
use payspec_model::model::{Model, Side};
use payspec_runtime::{DecodeError, RuleId, decode, decode_answer};
use payspec_tests::agree::Validators;

use crate::cases::cases::answers_by_status::demo::find::{FindOutcome, FindResponse};
use crate::cases::cases::answers_by_status::demo::send::{SendOutcome, SendResponse};
use crate::status_answers::word;

/// Returns bodies with every combination of the fields of all answers, readable and not.
pub(crate) fn bodies() -> Vec<String> {
    let states = [
        "",
        r#""state":"succeeded","#,
        r#""state":"requires_action","next":{"url":"https://bank.example/"},"#,
        r#""state":"processing","#,
        r#""state":"canceled","#,
        r#""state":"NEW","#,
        r#""state":7,"#,
    ];
    let errors = [
        "",
        r#""error":{},"#,
        r#""error":{"code":"card_declined"},"#,
        r#""error":{"code":"invalid_request"},"#,
        r#""error":{"code":"not_found"},"#,
        r#""error":{"code":"new"},"#,
        r#""error":7,"#,
    ];
    let mut bodies: Vec<String> = ["", "null", "[]", "<html>", "{"].map(str::to_owned).into();
    for id in ["", r#""id":"P-1","#, r#""id":"","#, r#""id":{},"#] {
        for state in states {
            for error in errors {
                for decline in ["", r#""decline":"stolen_card","#] {
                    bodies.push(format!("{{{id}{state}{error}{decline}\"more\":1}}"));
                }
            }
        }
    }
    bodies
}

pub(crate) fn model() -> Model {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/cases/answers-by-status");
    let model = load(std::path::Path::new(spec)).model;
    model.expect("a sound spec")
}

#[test]
fn both_decide_every_status_alike() {
    let model = model();
    let checkers = ["send", "find"].map(|id| {
        let (api, operation) = model.operation(id).expect("an operation");
        Checker::new(api, operation, Side::Response).expect("a response")
    });
    let statuses = [0, 99, 100, 199]
        .into_iter()
        .chain(200..210)
        .chain([226, 299, 300, 302, 399]);
    let statuses = statuses
        .chain(400..432)
        .chain([451, 499, 500, 503, 599, 600, 999]);
    let statuses: Vec<u16> = statuses.collect();
    for body in bodies() {
        for status in &statuses {
            let send = decode_answer::<SendResponse>(*status, body.as_bytes());
            let find = decode_answer::<FindResponse>(*status, body.as_bytes());
            let by_types = [
                send.map(|it| word(&it.outcome(*status))),
                find.map(|it| word(&it.outcome(*status))),
            ];
            for (checker, by_types) in checkers.iter().zip(by_types) {
                let by_types = by_types.unwrap_or_else(|_| "pending".to_owned());
                let assessed = checker.assess(body.as_bytes(), Some(*status));
                let by_model = match &assessed {
                    Ok((_, verdict)) => verdict.as_ref().expect("it is judged").outcome(),
                    Err(_) => "pending",
                };
                assert_eq!(by_types, by_model, "{status} {body}");
            }
        }
    }
}

#[test]
fn nothing_but_the_answer_of_its_status_is_proved() {
    for body in bodies() {
        for status in 0..1000 {
            let Ok(answer) = decode_answer::<SendResponse>(status, body.as_bytes()) else {
                continue;
            };
            match answer.outcome(status) {
                SendOutcome::Paid => {
                    assert_eq!(status, 200, "{body}");
                    assert!(body.contains(r#""id":"P-1","state":"succeeded""#), "{body}");
                }
                SendOutcome::Redirect(_) | SendOutcome::Unpaid => assert_eq!(status, 200, "{body}"),
                SendOutcome::Processing => assert!([200, 202].contains(&status), "{status} {body}"),
                SendOutcome::Declined(_) => {
                    assert_eq!(status, 402, "{body}");
                    assert!(body.contains("decline\""), "{body}");
                }
                SendOutcome::Failed(failed) => {
                    assert!(
                        (400..500).contains(&status) && status != 402,
                        "{status} {body}"
                    );
                    assert!(body.contains("error"), "{body}");
                    assert!(!format!("{failed:?}").contains("CardDeclined"), "{body}");
                }
                SendOutcome::Pending(pending) => {
                    assert_eq!(pending.status(), status.to_string());
                    // Only these answers have an id.
                    let has_id = [200, 202, 402].contains(&status);
                    assert!(has_id || pending.reference().is_none(), "{status} {body}");
                }
            }
        }
    }
}

#[test]
fn an_answer_without_what_its_status_requires_decides_nothing() {
    let refused = |status: u16, body: &str| -> Option<String> {
        let error = decode_answer::<SendResponse>(status, body.as_bytes()).err()?;
        let DecodeError::Undecidable(why) = error else {
            panic!("{status} {body}: {error}");
        };
        let decisive = why.decisive().iter();
        Some(
            decisive
                .map(|one| format!("{} {}", one.rule.as_str(), one.path))
                .collect(),
        )
    };
    let model = model();
    let (api, operation) = model.operation("send").expect("an operation");
    let checker = Checker::new(api, operation, Side::Response).expect("a response");
    for (status, body, lacking) in [
        (200, r#"{"id":"P-1","state":"succeeded"}"#, None),
        (200, r#"{"state":"succeeded"}"#, Some("required /id")),
        (
            200,
            r#"{"id":null,"state":"succeeded"}"#,
            Some("required /id"),
        ),
        (
            402,
            r#"{"error":{"code":"card_declined"},"decline":"stolen_card"}"#,
            None,
        ),
        (
            402,
            r#"{"error":{"code":"card_declined"}}"#,
            Some("required /decline"),
        ),
        (400, r#"{"message":"Bad request"}"#, Some("required /error")),
        // An answer that is not described requires nothing, and is pending.
        (302, "{}", None),
        // What cannot be read is no reason to hide what can.
        (
            402,
            r#"{"error":{"code":"card_declined"},"decline":7}"#,
            None,
        ),
    ] {
        assert_eq!(refused(status, body).as_deref(), lacking, "{status} {body}");
        let (_, verdict) = checker.assess(body.as_bytes(), Some(status)).expect("JSON");
        let because = verdict.expect("it is judged").because;
        let path = lacking.and_then(|words| words.split_once(' '));
        let missing = path.map(|(_, path)| Because::Missing(path.to_owned()));
        assert!(
            missing.is_none_or(|missing| missing == because),
            "{status} {body}: {because:?}"
        );
    }
}

#[test]
fn a_status_without_a_response_is_pending() {
    let body = br#"{"id":"P-1","state":"succeeded","error":{"code":"not_found"}}"#;
    let found = decode::<FindResponse>(body).expect("an answer");
    for status in 0..1000 {
        let outcome = found.outcome(status);
        match status {
            200 => assert_eq!(outcome, FindOutcome::Paid),
            404 => assert!(
                matches!(outcome, FindOutcome::UnknownPayment(_)),
                "{outcome:?}"
            ),
            _ => assert!(
                matches!(outcome, FindOutcome::Pending(_)),
                "{status} {outcome:?}"
            ),
        }
    }
}

#[test]
fn an_answer_has_what_its_status_requires() {
    let validators = Validators::new(model());
    let missing = |body: &str, status: u16| -> Vec<String> {
        let found = validators.answer::<SendResponse>("send", status, body.as_bytes());
        let found = found.expect("JSON").into_iter().map(|violation| {
            assert_eq!(violation.rule, RuleId::Required);
            format!("{}: {}", violation.path, violation.expected)
        });
        found.collect()
    };
    let in_200 = "present in answers with HTTP status 200";
    let both = [format!("/id: {in_200}"), format!("/state: {in_200}")];
    assert_eq!(missing("{}", 200), both);
    assert_eq!(missing(r#"{"id":null,"state":null}"#, 200), both);
    assert_eq!(
        missing("{}", 402),
        ["/decline: present in answers with HTTP status 402"]
    );
    assert_eq!(
        missing("{}", 400),
        ["/error: present in answers with HTTP status 4XX"]
    );
    assert_eq!(missing("{}", 202), [""; 0]);
    assert_eq!(missing("{}", 302), [""; 0]);
    // A field of another answer is not checked.
    let long = format!(r#"{{"error":{{}},"id":"{}"}}"#, "x".repeat(40));
    assert_eq!(missing(&long, 400), [""; 0]);
}

#[test]
fn the_validators_agree_on_every_answer() {
    let validators = Validators::new(model());
    let broken = [
        r#"{"id":1}"#,
        r#"{"id":"x","id":"y"}"#,
        "[]",
        "{",
        r#"{"error":{"code":[]}}"#,
    ];
    let mut found = 0;
    for body in bodies().into_iter().chain(broken.map(str::to_owned)) {
        for status in [200, 201, 202, 204, 302, 400, 402, 404, 409, 500, 503, 999] {
            let send = validators.answer::<SendResponse>("send", status, body.as_bytes());
            let find = validators.answer::<FindResponse>("find", status, body.as_bytes());
            found += usize::from([send, find].iter().flatten().any(|one| !one.is_empty()));
        }
    }
    assert!(found > 100, "{found}");
}

/// Returns the findings of the review about an edit of the spec, as the rule and the old and new values.
fn review(from: &str, to: &str) -> Vec<String> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/answers-by-status/spec");
    let text = std::fs::read_to_string(spec.join("api.yaml")).expect("the spec");
    assert_eq!(text.matches(from).count(), 1, "{from}");
    let edited = tempfile::tempdir().expect("a folder");
    let api = edited.path().join("demo");
    let examples = api.join("examples");
    std::fs::create_dir_all(&examples).expect("a folder");
    for entry in std::fs::read_dir(spec.join("examples")).expect("the examples") {
        let entry = entry.expect("an example");
        std::fs::copy(entry.path(), examples.join(entry.file_name())).expect("a copy");
    }
    std::fs::write(api.join("api.yaml"), text.replace(from, to)).expect("a file");
    let new = load(edited.path());
    let told = payspec_model::diagnostic::human(&new.diagnostics, &new.sources, false);
    let new = new.model.unwrap_or_else(|| panic!("{told}"));
    let findings = payspec_review::findings(&model(), &new);
    let lines = findings.iter().map(|one| one.rule.id());
    lines.collect()
}

#[test]
fn the_review_reports_answers_that_change() {
    let short = "      202: { fields: { id: { type: string, max_length: 32 } } }";
    let with = |more: &str| format!("{short}\n      {more}");
    let cases = [
        (
            "      5XX: { fields: { trace: { type: string, max_length: 64 } } }\n",
            "      503: { fields: { trace: { type: string, max_length: 64 } } }\n".to_owned(),
            vec!["response-added", "response-removed"],
        ),
        (
            short,
            with("203: { fields: { id: { type: string, max_length: 32 } } }"),
            vec!["response-added"],
        ),
        (
            "decline: { type: string, required: true, max_length: 40 }",
            "decline: { type: string, max_length: 40 }".to_owned(),
            vec!["response-field-widened"],
        ),
        (
            short,
            "      202: { fields: {} }".to_owned(),
            vec!["response-field-removed"],
        ),
    ];
    for (from, to, found) in cases {
        assert_eq!(review(from, &to), found, "{to}");
    }
    let others = review("title: Find a payment", "title: Find one");
    assert!(!others.is_empty() && !others.iter().any(|one| one.starts_with("response")));
}
