//! The doubt, or what it owns, is taken for a request to pay with.

use alipay_instore::ams_instore::client::Client;
use alipay_instore::ams_instore::pay_entry_code::PayEntryCodeRequest;
use payspec_runtime::client::{CallError, Transport};
use payspec_runtime::Valid;

fn pay<T: Transport>(client: &Client<T>, request: Valid<PayEntryCodeRequest>) {
    if let Err(CallError::InDoubt(doubt)) = client.pay_entry_code(request) {
        let _ = client.pay_entry_code(doubt.sent());
        let _ = client.pay_entry_code(doubt);
    }
}

fn main() {}
