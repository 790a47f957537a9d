//! A request that was not validated, and a builder, in place of a valid request.

use alipay_instore::ams_instore::client::{AsyncClient, Client};
use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeRequest, PayEntryCodeRequestBuilder};
use payspec_runtime::Valid;
use payspec_runtime::client::{AsyncTransport, Transport};

fn unchecked<T: Transport>(client: &Client<T>, request: PayEntryCodeRequest) {
    let _ = client.pay_entry_code(request);
}

fn unbuilt<T: Transport>(client: &Client<T>, builder: PayEntryCodeRequestBuilder) {
    let _ = client.entry_code_payment(builder);
}

fn borrowed<T: Transport>(client: &Client<T>, request: &Valid<PayEntryCodeRequest>) {
    let _ = client.pay_entry_code(request);
}

async fn unchecked_async<T: AsyncTransport>(client: &AsyncClient<T>, request: PayEntryCodeRequest) {
    let _ = client.pay_entry_code(request).await;
}

fn main() {}
