//! A request is called once: it is used up, and a doubt owns its bytes.

use alipay_instore::ams_instore::client::Client;
use alipay_instore::ams_instore::pay_entry_code::PayEntryCodeRequest;
use payspec_runtime::Valid;
use payspec_runtime::client::Transport;

fn twice<T: Transport>(client: &Client<T>, request: Valid<PayEntryCodeRequest>) {
    let _ = client.pay_entry_code(request);
    let _ = client.pay_entry_code(request);
}

fn main() {}
