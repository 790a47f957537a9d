//! Sending again: only the bytes of the request that the answer speaks of.

use alipay_instore::ams_instore::pay_entry_code::{
    PayEntryCodeOutcome, PayEntryCodeRequest, PayEntryCodeResponse,
};
use payspec_runtime::{Sent, Valid, decode};
use payspec_tests::messages;
use serde_json::json;

fn sent() -> Sent<PayEntryCodeRequest> {
    let request = decode(messages::clean_request().to_string().as_bytes()).expect("it decodes");
    Sent::new(Valid::new(request).expect("it is valid")).expect("it can be written")
}

/// Returns the outcome of an answer that leaves the payment open.
fn pending(payment_request_id: Option<&str>) -> PayEntryCodeOutcome {
    let answer = json!({
        "result": {"resultCode": "UNKNOWN_EXCEPTION", "resultStatus": "U", "resultMessage": "unknown"},
        "paymentId": "p-1",
        "paymentRequestId": payment_request_id,
    });
    let answer: PayEntryCodeResponse = decode(answer.to_string().as_bytes()).expect("it decodes");
    answer.outcome()
}

#[test]
fn bytes_are_those_of_the_request_that_was_answered() {
    let sent = sent();
    for named in [Some(sent.key()), Some(""), None] {
        let PayEntryCodeOutcome::Pending(pending) = pending(named) else {
            panic!("an unknown status is pending");
        };
        assert_eq!(pending.resend(&sent), Ok(sent.bytes()), "{named:?}");
    }
}

#[test]
fn bytes_of_another_request_are_kept_back() {
    let sent = sent();
    let PayEntryCodeOutcome::Pending(pending) = pending(Some("another")) else {
        panic!("an unknown status is pending");
    };
    let error = pending.resend(&sent).expect_err("another request");
    assert_eq!((error.answered(), error.sent()), ("another", sent.key()));
    assert_eq!(
        error.to_string(),
        format!(
            "the answer is to the request `another`, not to `{}`",
            sent.key()
        )
    );
}
