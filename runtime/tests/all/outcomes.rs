//! The meaning of an answer: codes, failures, and unknown outcomes.

use payspec_runtime::{
    CodeMeaning, Failed, NextStep, Pending, Reference, Resend, ResultCode, StatusClass, Undecided,
    agreed,
};

#[derive(Debug, Clone, PartialEq)]
enum Code {
    Success,
    Other(String),
}

const SUCCESS: CodeMeaning = CodeMeaning {
    status: "S",
    class: StatusClass::Succeeded,
    next_step: NextStep::Done,
    resend: Resend::Pointless,
    message: Some("Success"),
};

impl ResultCode for Code {
    fn parse(text: &str) -> Self {
        match text {
            "SUCCESS" => Code::Success,
            other => Code::Other(other.to_owned()),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Code::Success => "SUCCESS",
            Code::Other(text) => text,
        }
    }

    fn meaning(&self) -> Option<&'static CodeMeaning> {
        match self {
            Code::Success => Some(&SUCCESS),
            Code::Other(_) => None,
        }
    }
}

/// A request of no fields.
type Request = ();

fn pending(code: &str, status: &str, ids: &[Reference<'_>]) -> Pending<Request, Code> {
    Pending::new(Code::parse(code), status, ids, Some("requestId"))
}

#[test]
fn a_documented_code_says_what_it_means() {
    let code = Code::parse("SUCCESS");
    assert_eq!(code.status(), Some("S"));
    assert_eq!(code.class(), Some(StatusClass::Succeeded));
    assert_eq!(code.next_step(), Some(NextStep::Done));
    assert_eq!(code.resend(), Some(Resend::Pointless));
    assert_eq!(code.message(), Some("Success"));
}

#[test]
fn an_unknown_code_means_nothing() {
    let code = Code::parse("NEW");
    assert_eq!(code.as_str(), "NEW");
    assert_eq!((code.status(), code.class()), (None, None));
    assert_eq!((code.next_step(), code.resend()), (None, None));
    assert_eq!(code.message(), None);
    assert_eq!((().as_str(), ().meaning()), ("", None));
}

#[test]
fn what_is_unknown_keeps_code_and_status() {
    let ids = [
        Reference::provider("paymentId", Some("p-1")),
        Reference::merchant("requestId", Some("r-1")),
    ];
    let one = pending("NEW", "U", &ids);
    assert_eq!(one.code(), &Code::Other("NEW".to_owned()));
    assert_eq!(one.status(), "U");
    assert_eq!(one, one.clone());
    // Each part distinguishes two of them.
    let others = [
        pending("OTHER", "U", &ids),
        pending("NEW", "X", &ids),
        pending(
            "NEW",
            "U",
            &[Reference::provider("paymentId", Some("p-2")), ids[1]],
        ),
        pending(
            "NEW",
            "U",
            &[ids[0], Reference::merchant("requestId", Some("r-2"))],
        ),
        pending("NEW", "U", &[]),
    ];
    for other in others {
        assert_ne!(one, other);
    }
}

#[test]
fn what_is_unknown_is_asked_for_and_cancelled_by_what_the_answer_names() {
    let ids = [
        Reference::provider("paymentId", None),
        Reference::merchant("requestId", Some("r-1")),
    ];
    let one = pending("NEW", "U", &ids);
    let by = one.inquire().expect("a name");
    assert_eq!((by.name(), by.merchant_id()), ("requestId", Some("r-1")));
    assert_eq!(by.provider_id(), None);
    assert_eq!(one.cancel(), one.inquire());
    assert_eq!(pending("NEW", "U", &[]).inquire(), None);
}

#[test]
fn a_failure_keeps_its_code_and_message() {
    let failed = Failed::new(Code::Success, Some("no money"));
    assert_eq!(failed.code(), &Code::Success);
    assert_eq!(failed.message(), Some("no money"));
    assert_eq!(failed.next_step(), Some(NextStep::Done));
    assert_eq!(failed.resend(), Some(Resend::Pointless));
    let unknown = Failed::new(Code::parse("NEW"), None);
    assert_eq!((unknown.next_step(), unknown.resend()), (None, None));
    assert_eq!(unknown.message(), None);
}

#[test]
fn what_is_undecided_keeps_what_came() {
    let one = Undecided::new(
        Code::Success,
        "X",
        &[Reference::provider("paymentId", Some("p-1"))],
    );
    assert_eq!(one.code(), &Code::Success);
    assert_eq!(one.status(), "X");
    assert_eq!(one.reference().and_then(|by| by.provider_id()), Some("p-1"));
}

#[test]
fn a_status_that_contradicts_its_code_is_pending() {
    assert_eq!(agreed("S", &Code::Success), Some("S"));
    assert_eq!(agreed("F", &Code::Success), None);
    assert_eq!(agreed("F", &Code::parse("NEW")), Some("F"));
    assert_eq!(agreed("?", &()), Some("?"));
}
