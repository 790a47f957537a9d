//! The request is changed in the doubt, or in what was proved valid, to pay with another id or amount.

use alipay_instore::ams_instore::pay_entry_code::PayEntryCodeRequest;
use payspec_runtime::Valid;
use payspec_runtime::client::InDoubt;

fn other_bytes(doubt: &InDoubt<PayEntryCodeRequest>) {
    let bytes: &mut [u8] = doubt.sent().bytes();
    bytes.reverse();
}

fn other_request(mut request: Valid<PayEntryCodeRequest>) {
    request.payment_request_id = "another".to_owned();
}

fn one_more(doubt: &InDoubt<PayEntryCodeRequest>) -> InDoubt<PayEntryCodeRequest> {
    doubt.clone()
}

fn request_of_a_doubt(doubt: InDoubt<PayEntryCodeRequest>) -> Valid<PayEntryCodeRequest> {
    doubt.into()
}

fn main() {}
