//! Single calls: when a token is fetched, and the results without one.

use super::super::traces::told;
use super::*;
use crate::cases::cases::tokens::demo::find::FindOutcome;
use crate::cases::cases::tokens::demo::send::SendOutcome;
use crate::cases::cases::tokens::demo::status::{StatusOutcome, StatusRequest};
use payspec_runtime::client::{CallError, Problem, TokenProblem};

#[test]
fn a_token_is_fetched_when_first_needed_and_kept() {
    let line = Line::new(all_arrive);
    let client = line.client(FakeClock::new());
    let up = client.status(valid::<StatusRequest>(&json!({})));
    assert!(matches!(up, Ok(StatusOutcome::Up)), "{up:?}");
    for key in ["1", "2"] {
        let paid = client.send(sending(key)).expect("an answer");
        assert!(matches!(paid, SendOutcome::Paid), "{paid:?}");
    }
    let found = client.find(finding("O-1")).expect("an answer");
    assert!(matches!(found, FindOutcome::Paid), "{found:?}");
    assert_eq!(
        line.paths(),
        ["status", "token", "payments", "payments", "O-1"]
    );

    let sent = line.sent.lock().expect("a log");
    assert!(!sent[0].headers().contains_key("authorization"));
    let fetch = &sent[1];
    assert_eq!(fetch.method(), "POST");
    assert_eq!(fetch.uri(), "https://api.example.com/v1/token");
    assert_eq!(fetch.body(), b"grant_type=client_credentials");
    assert_eq!(
        fetch.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    let basic = fetch.headers()["authorization"].to_str().expect("text");
    assert!(basic.starts_with("Basic "), "{basic}");
    let token = &sent[2].headers()["authorization"];
    assert!(
        token
            .to_str()
            .expect("text")
            .starts_with("Bearer test-token-")
    );
    assert!(
        sent[3..]
            .iter()
            .all(|one| one.headers()["authorization"] == token)
    );
}

#[test]
fn clones_of_an_envelope_share_a_token() {
    let line = Line::new(all_arrive);
    let shared = envelope();
    for key in ["1", "2"] {
        let raw = RawClient::new(shared.clone(), line.clone()).clock(FakeClock::new());
        let paid = Client::from(raw).send(sending(key)).expect("an answer");
        assert!(matches!(paid, SendOutcome::Paid), "{paid:?}");
    }
    assert_eq!(line.paths(), ["token", "payments", "payments"]);
}

#[test]
fn a_token_is_replaced_a_minute_before_it_expires() {
    let (line, clock) = (Line::new(all_arrive), FakeClock::new());
    let client = line.client(clock.clone());
    for (key, passes) in [("1", 939), ("2", 1), ("3", 0)] {
        let paid = client.send(sending(key)).expect("an answer");
        assert!(matches!(paid, SendOutcome::Paid), "{paid:?}");
        Clock::sleep(&clock, Duration::from_secs(passes));
    }
    assert_eq!(
        line.paths(),
        ["token", "payments", "payments", "token", "payments"]
    );
}

/// An answer that proves that nothing was done is followed by the same request with a new token.
#[test]
fn a_refused_token_is_replaced_and_the_payment_is_made_once() {
    let line = Line::new(all_arrive);
    let client = line.client(FakeClock::new());
    let _ = client.send(sending("1")).expect("an answer");
    // The gateway's clock is ahead of the client's, whose token has expired there.
    line.pass(LIFETIME);
    let paid = client.send(sending("2")).expect("an answer");
    assert!(matches!(paid, SendOutcome::Paid), "{paid:?}");
    assert_eq!(
        line.paths(),
        ["token", "payments", "payments", "token", "payments"]
    );
    let payments = line.payments();
    differ_in_token_only(&payments[1], &payments[2]);
}

/// The answer with 401 is read to know whether nothing was done. It is told once, or not at all if another one counts.
#[test]
fn an_answer_is_told_once() {
    let refuses = |_: usize, request: &Request<Vec<u8>>| match is_fetch(request) {
        true => Fate::Arrives,
        false => Fate::Gets(401),
    };
    let line = Line::new(refuses);
    let client = line.client_with(FakeClock::new(), repeats(0));
    let lines = told(|| assert!(client.send(sending("1")).is_err()));
    let unread = lines.iter().filter(|line| line.contains("decides nothing"));
    assert_eq!(unread.count(), 1, "{lines:#?}");
    let status = lines.iter().filter(|line| line.contains("http_status=401"));
    assert_eq!(status.count(), 1, "{lines:#?}");

    let line = Line::new(all_arrive);
    let client = line.client(FakeClock::new());
    let _ = client.send(sending("1")).expect("an answer");
    line.pass(LIFETIME);
    let lines = told(|| assert!(client.send(sending("2")).is_ok()));
    assert_eq!(
        lines,
        [
            r#"call operation="send" id="2" outcome="decided""#,
            r#"sending operation="send" attempt=1 http_status=200 status="200""#,
        ]
    );
}

/// A provider that refuses every token gets two requests for each sending, and its refusal counts.
#[test]
fn a_second_refusal_counts() {
    let line = Line::new(|_, request| match is_fetch(request) {
        true => Fate::Arrives,
        false => Fate::Gets(401),
    });
    let client = line.client_with(FakeClock::new(), repeats(0));
    // Without a body, the answer proves nothing, so it is not even sent again.
    let doubt = client.send(sending("1"));
    assert!(matches!(doubt, Err(CallError::InDoubt(_))), "{doubt:?}");
    assert_eq!(line.paths(), ["token", "payments"]);
    let again = client.send(sending("2"));
    assert!(matches!(again, Err(CallError::InDoubt(_))), "{again:?}");
    assert_eq!(line.paths(), ["token", "payments", "token", "payments"]);

    let line = Line::new(all_arrive);
    let client = line.client(FakeClock::new());
    let _ = client.send(sending("1")).expect("an answer");
    // The gateway's clock goes on so fast that every token has expired on arrival.
    let (time, inner) = (Arc::clone(&line.time), line.clone());
    let line = Line {
        fates: Arc::new(move |_, _| {
            *time.lock().expect("a clock") += LIFETIME;
            Fate::Arrives
        }),
        ..inner
    };
    line.pass(LIFETIME);
    let client = line.client(FakeClock::new());
    let refused = client.send(sending("2")).expect("a refusal");
    assert!(matches!(refused, SendOutcome::Failed(_)), "{refused:?}");
    assert_eq!(line.payments().len(), 3);
}

/// The call stays pending if the spec does not say that a refused token proves anything.
#[test]
fn a_refusal_that_proves_nothing_is_no_reason_to_send_again() {
    let line = Line::new(all_arrive);
    let client = line.client_with(FakeClock::new(), repeats(0));
    let _ = client.send(sending("1")).expect("an answer");
    line.pass(LIFETIME);
    let Err(CallError::InDoubt(doubt)) = client.find(finding("O-1")) else {
        panic!("a decision");
    };
    assert!(matches!(doubt.problem(), Problem::Pending(_)), "{doubt:?}");
    assert_eq!(line.paths(), ["token", "payments", "O-1"]);
    // The refused token is not used again.
    let found = client.resend(doubt).expect("an answer");
    assert!(matches!(found.outcome, FindOutcome::Paid), "{found:?}");
    assert_eq!(line.paths()[3..], ["token", "O-1"]);
}

#[test]
fn without_a_token_nothing_is_sent() {
    for (fate, fetches, problem) in [
        (Fate::IsNotSent, 4, None),
        (Fate::LosesItsAnswer, 4, None),
        (Fate::Gets(500), 4, Some(TokenProblem::HttpStatus(500))),
        (Fate::Gets(429), 4, Some(TokenProblem::HttpStatus(429))),
        (Fate::Gets(204), 4, Some(TokenProblem::Unreadable)),
        (Fate::Gets(403), 1, Some(TokenProblem::HttpStatus(403))),
    ] {
        let line = Line::new(move |_, _| fate);
        let client = line.client_with(FakeClock::new(), repeats(3));
        let Err(CallError::NotSent(error)) = client.send(sending("1")) else {
            panic!("it was sent");
        };
        let token = error.token_error().expect("a reason");
        assert_eq!(token.operation(), "get_token");
        if let Some(problem) = problem {
            assert_eq!(*token.problem(), problem);
        }
        assert_eq!(line.paths(), vec!["token"; fetches], "{fate:?}");
        assert!(line.payments().is_empty());
    }
}

#[test]
fn wrong_credentials_are_refused_and_not_shown() {
    let line = Line::new(all_arrive);
    let wrong = Credentials {
        client_secret: canary::of("other-secret").into(),
        ..credentials()
    };
    let raw = RawClient::new(envelope_with(&wrong), line.clone()).clock(FakeClock::new());
    let client = Client::from(raw);
    let error = client.send(sending("1")).expect_err("no token");
    let shown = format!("{error} {error:?} {:?}", client.envelope());
    assert!(canary::seen(&shown).is_empty(), "{shown}");
    assert!(shown.contains("`get_token`"), "{shown}");
    assert_eq!(line.paths(), ["token"]);
}

/// A call that was in doubt stays in doubt when no token can be fetched: its first sending may have arrived.
#[test]
fn doubt_outlives_a_failed_fetch() {
    let line = Line::new(|number, request| match (number, is_fetch(request)) {
        (1, _) => Fate::Arrives,
        (2, _) => Fate::LosesItsAnswer,
        (3, _) => Fate::Gets(503),
        (_, true) => Fate::Gets(500),
        (_, false) => Fate::Arrives,
    });
    let clock = FakeClock::new();
    let mut policy = repeats(1);
    (policy.first_pause, policy.longest_pause) = (LIFETIME, LIFETIME);
    let client = line.client_with(clock.clone(), policy);
    let Err(CallError::InDoubt(doubt)) = client.send(sending("1")) else {
        panic!("a decision");
    };
    Clock::sleep(&clock, LIFETIME);
    let Err(CallError::InDoubt(doubt)) = client.resend(doubt) else {
        panic!("a decision");
    };
    let Problem::Transport(TransportError::NoToken(_)) = doubt.problem() else {
        panic!("{doubt:?}");
    };
    assert!(doubt.needs_inquiry());
}

/// A wall clock that jumps back does not keep a dead token; one that jumps forward costs a fetch.
#[test]
fn a_clock_that_jumps_keeps_no_dead_token() {
    let hour = Duration::from_secs(3600);
    for (steady, passes, back, fetches) in [
        // The steady clock measures the age.
        (Some(Duration::ZERO), Duration::from_secs(950), true, 2),
        (Some(Duration::ZERO), Duration::from_secs(10), true, 1),
        // Without one, nobody knows the age.
        (None, Duration::ZERO, true, 2),
        (None, Duration::ZERO, false, 2),
    ] {
        let (line, watch) = (Line::new(all_arrive), Watch::new(steady));
        let client = line.client(watch.clone());
        let _ = client.send(sending("1")).expect("an answer");
        {
            let mut wall = watch.wall.lock().expect("a clock");
            *wall = if back { *wall - hour } else { *wall + hour };
            let mut steady = watch.steady.lock().expect("a clock");
            *steady = steady.map(|steady| steady + passes);
        }
        let _ = client.send(sending("2")).expect("an answer");
        let paths = line.paths();
        let fetched = paths.iter().filter(|path| *path == "token").count();
        assert_eq!(fetched, fetches, "{steady:?} {passes:?} {back}");
    }
}
