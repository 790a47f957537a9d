//! The documented messages.

use serde_json::{Value, json};

/// The documented request of the entry-code payment.
pub const REQUEST: &str =
    include_str!("../../spec/ams-instore/examples/pay-entry-code.request.json");

/// The documented response.
pub const RESPONSE: &str =
    include_str!("../../spec/ams-instore/examples/pay-entry-code.response.json");

/// The documented request with the settlement strategy that the page's own condition asks for: no
/// rule of the spec, not even a warning, is broken by it.
pub fn clean_request() -> Value {
    let mut request: Value = serde_json::from_str(REQUEST).expect("the example is JSON");
    request["settlementStrategy"] = json!({"settlementCurrency": "USD"});
    request
}
