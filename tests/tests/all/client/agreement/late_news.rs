//! News of a payment that is over.

use super::*;

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
