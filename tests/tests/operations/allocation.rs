//! Validating a good message allocates nothing.

use payspec_model::model::Side;
use payspec_model::sample;
use payspec_tests::{agree::Validators, messages};

use super::registry;

#[test]
fn of_every_full_message() {
    let validators = Validators::load();
    for id in validators.operation_ids() {
        let (api, operation) = validators.operation(id);
        for side in [Side::Request, Side::Response] {
            if let Some(described) = operation.body(side) {
                let message = sample::full(api, described).to_string();
                let body = registry::operation(id).body(side).expect("a body");
                assert_eq!((body.allocations)(message.as_bytes()), 0, "{id}, {side}");
            }
        }
    }
}

#[test]
fn of_documented_messages() {
    let operation = registry::operation("pay_entry_code");
    let request = messages::clean_request().to_string();
    assert_eq!((operation.request.allocations)(request.as_bytes()), 0);
    let response = operation.response.expect("a response");
    assert_eq!((response.allocations)(messages::RESPONSE.as_bytes()), 0);
}

#[test]
fn are_counted() {
    let info = allocation_counter::measure(|| drop(std::hint::black_box(Box::new(1))));
    assert_eq!(info.count_total, 1);
}
