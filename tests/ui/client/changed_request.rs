//! The doubt is asked for its request, to change the id in it.

use alipay_instore::ams_instore::client::Client;
use alipay_instore::ams_instore::pay_entry_code::PayEntryCodeRequest;
use payspec_runtime::client::{CallError, Transport};
use payspec_runtime::Valid;

fn pay<T: Transport>(client: &Client<T>, request: &Valid<PayEntryCodeRequest>) {
    if let Err(CallError::InDoubt(doubt)) = client.pay_entry_code(request) {
        let mut again = doubt.give_back_what_was_asked();
        again.payment_request_id = "another".to_owned();
        let _ = client.pay_entry_code(&Valid::assume_valid(again));
    }
}

fn main() {}
