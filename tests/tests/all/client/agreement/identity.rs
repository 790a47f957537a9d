//! Answers that are about another request, or about none.

use super::*;

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
