//! The lives of the other two ways to pay, against the sandbox gateway. Theirs differ in how they begin: an
//! order code is shown to the payer, and a code that the payer shows is paid at once, or not.

use crate::life::{ASK, CANCEL, Line, gateway, operations, steps, till};
use alipay_instore::ams_instore::client::Client;
use alipay_instore::ams_instore::pay_order_code::PayOrderCodeRequest;
use alipay_instore::ams_instore::pay_user_presented::PayUserPresentedRequest;
use payspec_codegen::mock::MockGateway;
use payspec_runtime::client::life::{Driven, Ending, NotPaid, Payment};
use payspec_runtime::{Message, Valid, Validate, decode};
use serde_json::Value as Json;

const ORDER: &str = "pay_order_code";
const PRESENTED: &str = "pay_user_presented";

/// A documented request without its time, which is over.
fn documented<T: Message + Validate>(example: &str) -> Valid<T> {
    let mut json: Json = serde_json::from_str(example).expect("JSON");
    let fields = json.as_object_mut().expect("an object");
    fields.remove("paymentExpiryTime");
    let request = decode(json.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

fn order_code() -> Valid<PayOrderCodeRequest> {
    documented(include_str!(
        "../../../spec/ams-instore/examples/pay-order-code.request.json"
    ))
}

pub(crate) fn presented() -> Valid<PayUserPresentedRequest> {
    documented(include_str!(
        "../../../spec/ams-instore/examples/pay-user-presented.request.json"
    ))
}

/// How a life ended, how often something was shown to the payer, and what was sent.
type Lived = (Ending, usize, Vec<String>);

fn settle<F: Driven>(
    gateway: &MockGateway,
    begin: impl FnOnce(&Client<Line>) -> Payment<F>,
) -> Lived {
    let client = till(gateway);
    let mut payment = begin(&client);
    let mut shown = 0;
    let ending = client
        .0
        .settle(&mut payment, |_| shown += 1)
        .expect("written");
    (ending, shown, operations(gateway))
}

fn by_order_code(script: &[(&str, &str, u32)]) -> Lived {
    let begin = |client: &Client<Line>| client.order_code_payment(order_code());
    settle(&gateway(&steps(script)), |client| {
        begin(client).expect("it begins")
    })
}

fn by_presented_code(script: &[(&str, &str, u32)]) -> Lived {
    let begin = |client: &Client<Line>| client.user_presented_payment(presented());
    settle(&gateway(&steps(script)), |client| {
        begin(client).expect("it begins")
    })
}

#[test]
fn an_order_code_is_shown_once_and_found_paid() {
    let (ending, shown, sent) = by_order_code(&[(ASK, "processing", 1)]);
    assert_eq!((ending, shown), (Ending::Paid, 1));
    assert_eq!(sent, [ORDER, ASK, ASK]);
}

#[test]
fn an_order_code_that_nobody_pays_is_cancelled() {
    let (ending, shown, sent) = by_order_code(&[(ORDER, "later waits", 1)]);
    assert_eq!((ending, shown), (Ending::NotPaid(NotPaid::Cancelled), 1));
    assert_eq!(sent.first().map(String::as_str), Some(ORDER));
    assert_eq!(sent.last().map(String::as_str), Some(CANCEL));
    assert_eq!(sent.iter().filter(|one| *one == ORDER).count(), 1);
}

#[test]
fn an_order_code_is_shown_when_its_answer_was_lost_and_asked_for_again() {
    let (ending, shown, sent) = by_order_code(&[(ORDER, "fault lose-answer", 1)]);
    assert_eq!((ending, shown), (Ending::Paid, 1));
    assert_eq!(sent, [ORDER, ORDER, ASK]);
}

#[test]
fn a_presented_code_is_paid_at_once() {
    let (ending, shown, sent) = by_presented_code(&[]);
    assert_eq!((ending, shown), (Ending::Paid, 0));
    assert_eq!(sent, [PRESENTED]);
}

#[test]
fn a_presented_code_that_is_refused_is_not_paid() {
    let (ending, _, sent) = by_presented_code(&[(PRESENTED, "RISK_REJECT", 1)]);
    assert_eq!(ending, Ending::NotPaid(NotPaid::Unpaid));
    assert_eq!(sent, [PRESENTED]);
}

#[test]
fn a_presented_code_of_which_nobody_knows_is_sent_again_and_asked_for() {
    let (ending, _, sent) = by_presented_code(&[(PRESENTED, "UNKNOWN_EXCEPTION", 1)]);
    assert_eq!(ending, Ending::Paid);
    assert_eq!(sent, [PRESENTED, PRESENTED]);
    let (ending, _, sent) = by_presented_code(&[(PRESENTED, "fault lose-answer", 4)]);
    assert_eq!(ending, Ending::Paid);
    assert_eq!(sent, [PRESENTED, PRESENTED, PRESENTED, PRESENTED, ASK]);
}
