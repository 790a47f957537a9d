//! A doubt is settled once: it is gone after it was sent again.

use alipay_instore::ams_instore::client::Client;
use alipay_instore::ams_instore::pay_entry_code::PayEntryCodeRequest;
use payspec_runtime::client::{InDoubt, Transport};

fn twice<T: Transport>(client: &Client<T>, doubt: InDoubt<PayEntryCodeRequest>) {
    let _ = client.resend(doubt);
    let _ = client.resend(doubt);
}

fn main() {}
