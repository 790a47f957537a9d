//! Validating a good message allocates nothing.

use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeRequest, PayEntryCodeResponse};
use payspec_runtime::{Message, Validate, decode};
use payspec_tests::messages;

fn allocations<T: Message + Validate + serde::de::DeserializeOwned>(json: &str) -> u64 {
    let message: T = decode(json.as_bytes()).expect("the message decodes");
    let mut count = None;
    let info = allocation_counter::measure(|| count = Some(message.violations().len()));
    assert_eq!(count, Some(0), "the message is a good one");
    info.count_total
}

#[test]
fn of_requests() {
    assert_eq!(
        allocations::<PayEntryCodeRequest>(&messages::clean_request().to_string()),
        0
    );
    assert_eq!(
        allocations::<PayEntryCodeRequest>(&messages::full_request().to_string()),
        0
    );
}

#[test]
fn of_responses() {
    assert_eq!(allocations::<PayEntryCodeResponse>(messages::RESPONSE), 0);
    assert_eq!(
        allocations::<PayEntryCodeResponse>(&messages::full_response().to_string()),
        0
    );
}

#[test]
fn are_counted() {
    let info = allocation_counter::measure(|| drop(std::hint::black_box(Box::new(1))));
    assert_eq!(info.count_total, 1);
}
