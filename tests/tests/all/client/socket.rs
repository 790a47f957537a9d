//! Every error through a real socket, over both transports. None is ever a success.

use super::server::{Act, Answer, Server};
use super::support::{envelope, redirect, request, result};
use alipay_instore::ams_instore::client::{AsyncClient, Client};
use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeOutcome, PayEntryCodeRequest};
use http::HeaderValue;
use payspec_runtime::client::{
    AnswerErrorKind, AsyncRawClient, CallError, Policy, Problem, RawClient, Reqwest, TokioClock,
    TransportError, Unverified, Ureq,
};
use payspec_runtime::encode;
use serde_json::json;
use std::net::TcpListener;
use std::time::Duration;

type Paid = Result<PayEntryCodeOutcome, CallError<PayEntryCodeRequest>>;

/// Longer than any machine takes to sign an answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// Short, where no answer comes however long one waits.
const IMPATIENCE: Duration = Duration::from_millis(400);

fn over_ureq(base: &str, policy: Policy, timeout: Duration) -> Paid {
    let config = ureq::Agent::config_builder().timeout_global(Some(timeout));
    let transport = Ureq::from(config.proxy(None).build().new_agent());
    let calls = RawClient::new(envelope(base), transport).policy(policy);
    Client::from(calls).pay_entry_code(request())
}

fn over_reqwest(base: &str, policy: Policy, timeout: Duration) -> Paid {
    let transport = Reqwest::with(|builder| builder.no_proxy().timeout(timeout));
    let transport = transport.expect("a client");
    let calls = AsyncRawClient::new(envelope(base), transport, TokioClock).policy(policy);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let client = AsyncClient::from(calls);
    runtime
        .expect("a runtime")
        .block_on(client.pay_entry_code(request()))
}

type Pay = fn(&str, Policy, Duration) -> Paid;

const TRANSPORTS: [(&str, Pay); 2] = [("ureq", over_ureq), ("reqwest", over_reqwest)];

fn changed(body: impl ToString, headers: fn(&mut http::HeaderMap)) -> Act {
    let answer = Answer::of(body);
    Act::Answer(Answer { headers, ..answer })
}

fn answered(body: impl ToString) -> Act {
    changed(body, |_| {})
}

fn status(status: u16, body: impl ToString, headers: fn(&mut http::HeaderMap)) -> Act {
    let answer = Answer::of(body);
    Act::Answer(Answer {
        status,
        headers,
        ..answer
    })
}

/// A good answer that is cut off.
fn half() -> Act {
    let length = "HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\n{\"result\":";
    Act::Raw(length.as_bytes().to_vec())
}

fn no_answer(problem: &Problem<PayEntryCodeRequest>) -> bool {
    matches!(problem, Problem::Transport(TransportError::NoAnswer(_)))
}

fn kind(problem: &Problem<PayEntryCodeRequest>) -> Option<&AnswerErrorKind> {
    match problem {
        Problem::Answer(error) => Some(error.kind()),
        _ => None,
    }
}

fn unverified(problem: &Problem<PayEntryCodeRequest>) -> Option<&Unverified> {
    match kind(problem) {
        Some(AnswerErrorKind::Unverified(why)) => Some(why),
        _ => None,
    }
}

type Problems = fn(&Problem<PayEntryCodeRequest>) -> bool;

#[test]
fn every_error_is_told_apart_and_none_is_a_success() {
    type Case = (&'static str, fn() -> Act, Problems);
    let cases: &[Case] = &[
        ("dropped", || Act::Drop, no_answer),
        ("half", half, no_answer),
        (
            "no HTTP",
            || Act::Raw(b"220 mail\r\n\r\n".to_vec()),
            no_answer,
        ),
        (
            "too long",
            || answered(format!("\"{}\"", "x".repeat(1 << 20))),
            no_answer,
        ),
        (
            "wrong signature",
            || {
                changed(redirect(), |headers| {
                    let other = super::support::signed_headers(
                        "POST",
                        "/",
                        b"{}",
                        std::time::SystemTime::now(),
                    );
                    headers.insert("signature", other["signature"].clone());
                })
            },
            |problem| unverified(problem) == Some(&Unverified::WrongSignature),
        ),
        (
            "unsigned S",
            || changed(redirect(), |headers| headers.clear()),
            |problem| unverified(problem) == Some(&Unverified::Unsigned),
        ),
        (
            "unsigned F",
            || changed(result("F", "INVALID_SIGNATURE"), |headers| headers.clear()),
            |problem| kind(problem) == Some(&AnswerErrorKind::UnsignedRefusal),
        ),
        (
            "unsigned U",
            || changed(result("U", "UNKNOWN_EXCEPTION"), |headers| headers.clear()),
            |problem| kind(problem) == Some(&AnswerErrorKind::UnsignedRefusal),
        ),
        (
            "one header alone",
            || {
                changed(redirect(), |headers| {
                    headers.remove("response-time");
                })
            },
            |problem| unverified(problem) == Some(&Unverified::Missing("Response-Time")),
        ),
        (
            "a header twice",
            || {
                changed(redirect(), |headers| {
                    let same = headers["signature"].clone();
                    headers.append("signature", same);
                })
            },
            |problem| unverified(problem) == Some(&Unverified::Twice("Signature")),
        ),
        (
            "another client's",
            || {
                changed(redirect(), |headers| {
                    headers.insert("client-id", HeaderValue::from_static("another"));
                })
            },
            |problem| unverified(problem) == Some(&Unverified::OtherClient),
        ),
        (
            "old",
            || {
                changed(redirect(), |headers| {
                    let old = std::time::SystemTime::now() - Duration::from_secs(3600);
                    let body = redirect().to_string();
                    let uri = "/ams/sandbox/api/v1/payments/pay";
                    *headers = super::support::signed_headers("POST", uri, body.as_bytes(), old);
                })
            },
            |problem| matches!(unverified(problem), Some(Unverified::Clock { .. })),
        ),
        (
            "a page of a proxy",
            || status(502, "<html>Bad Gateway</html>", |headers| headers.clear()),
            |problem| {
                unverified(problem) == Some(&Unverified::Unsigned)
                    && problem.http_status() == Some(502)
                    && problem.body() == Some(b"<html>Bad Gateway</html>")
            },
        ),
        (
            "a redirection",
            || {
                status(302, "", |headers| {
                    headers.clear();
                    headers.insert("location", HeaderValue::from_static("http://127.0.0.1:1/"));
                })
            },
            |problem| problem.http_status() == Some(302),
        ),
        (
            "signed, not 200",
            || status(500, redirect(), |_| {}),
            |problem| kind(problem) == Some(&AnswerErrorKind::HttpStatus),
        ),
        (
            "signed, not JSON",
            || answered("OK"),
            |problem| kind(problem) == Some(&AnswerErrorKind::NotJson),
        ),
        (
            "signed, without a result",
            || answered(json!({"paymentId": "p-1"})),
            |problem| kind(problem) == Some(&AnswerErrorKind::NoResult),
        ),
        (
            "an unknown status",
            || answered(result("X", "SUCCESS")),
            |problem| kind(problem) == Some(&AnswerErrorKind::UnknownStatus),
        ),
        (
            "undecided",
            || answered(result("U", "UNKNOWN_EXCEPTION")),
            |problem| matches!(problem, Problem::Pending(_)),
        ),
    ];
    for (transport, pay) in TRANSPORTS {
        for (name, act, is_it) in cases {
            let server = Server::start(vec![act()]);
            match pay(&server.base, Policy::ONCE, PATIENCE) {
                Err(CallError::InDoubt(doubt)) => {
                    assert!(is_it(doubt.problem()), "{transport}, {name}: {doubt:?}");
                }
                other => panic!("{transport}, {name}: {other:?}"),
            }
            assert_eq!(server.finish().len(), 1, "{transport}, {name}");
        }
    }
}

#[test]
fn an_answer_that_does_not_come_in_time_is_none() {
    for (transport, pay) in TRANSPORTS {
        let server = Server::start(vec![Act::Silence(IMPATIENCE * 2)]);
        match pay(&server.base, Policy::ONCE, IMPATIENCE) {
            Err(CallError::InDoubt(doubt)) => assert!(no_answer(doubt.problem()), "{transport}"),
            other => panic!("{transport}: {other:?}"),
        }
        server.finish();
    }
}

#[test]
fn a_closed_port_means_that_nothing_was_sent_and_the_error_names_the_cause() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    for (transport, pay) in TRANSPORTS {
        let Err(CallError::NotSent(not_sent)) = pay(&base, Policy::ONCE, PATIENCE) else {
            panic!("{transport}: something was sent");
        };
        let text = not_sent.to_string().to_lowercase();
        assert!(text.contains("refused"), "{transport}: {text}");
    }
}

#[test]
fn a_good_answer_is_decided() {
    for (transport, pay) in TRANSPORTS {
        let server = Server::start(vec![answered(redirect())]);
        let paid = pay(&server.base, Policy::ONCE, PATIENCE);
        assert!(
            matches!(paid, Ok(PayEntryCodeOutcome::Redirect(_))),
            "{transport}: {paid:?}"
        );
        let [sent] = server.finish().try_into().ok().expect("one request");
        assert_eq!(sent.body, encode(&*request()).expect("JSON"), "{transport}");
        let head = sent.head.to_ascii_lowercase();
        assert!(
            head.starts_with("post /ams/sandbox/api/v1/payments/pay http/1.1\r\n"),
            "{head}"
        );
        for header in [
            "signature: algorithm=rsa256",
            "client-id: sandbox_",
            "request-time: ",
        ] {
            assert_eq!(head.matches(header).count(), 1, "{transport}: {head}");
        }
    }
}

#[test]
fn the_same_bytes_come_again_until_it_is_decided() {
    for (transport, pay) in TRANSPORTS {
        let acts = vec![
            Act::Drop,
            half(),
            answered(result("U", "PAYMENT_IN_PROCESS")),
            answered(redirect()),
        ];
        let server = Server::start(acts);
        let mut policy = Policy::default();
        policy.first_pause = Duration::from_millis(5);
        let paid = pay(&server.base, policy, PATIENCE);
        assert!(
            matches!(paid, Ok(PayEntryCodeOutcome::Redirect(_))),
            "{transport}: {paid:?}"
        );
        let received = server.finish();
        let same = received.iter().all(|one| one.body == received[0].body);
        assert_eq!((received.len(), same), (4, true), "{transport}");
    }
}
