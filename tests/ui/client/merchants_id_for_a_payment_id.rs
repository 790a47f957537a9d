//! A refund takes the merchant's id of a payment in doubt for the provider's.

use alipay_instore::ams_instore::refund::RefundRequestRequired;
use payspec_runtime::PaymentReference;

fn named(refund: &mut RefundRequestRequired, reference: &PaymentReference) {
    // The provider's id is one, and nothing else.
    if let Some(id) = reference.provider_id() {
        refund.payment_id = id.to_owned();
    }
    refund.payment_id = reference.value().to_owned();
}

fn main() {}
