//! Answers that are too old, and clocks that are set.

use super::*;

/// A program that stopped while it asked goes on behind the expiry: it asks again first.
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
