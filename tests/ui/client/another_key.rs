//! The doubt is given another key.

use alipay_instore::ams_instore::pay_entry_code::PayEntryCodeRequest;
use payspec_runtime::client::InDoubt;

fn other(doubt: &mut InDoubt<PayEntryCodeRequest>) {
    doubt.0.sent.key = "another".to_owned();
}

fn main() {}
