//! Decoding and validating the documented request, against serde_derive into plain strings without
//! any validation.

mod support;

use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeRequest, PayEntryCodeResponse};
use payspec_runtime::{Validate, Violations, decode};
use payspec_tests::{edit, messages};
use serde_json::json;
use support::{Candidate, compare};

/// The structs that one would write by hand without payspec.
mod plain {
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    pub(super) struct Request {
        pub(super) product_code: String,
        pub(super) payment_request_id: String,
        pub(super) order: Order,
        pub(super) payment_amount: Amount,
        pub(super) payment_method: PaymentMethod,
        pub(super) payment_expiry_time: Option<String>,
        pub(super) payment_redirect_url: Option<String>,
        pub(super) payment_notify_url: String,
        pub(super) payment_factor: Option<PaymentFactor>,
        pub(super) settlement_strategy: Option<SettlementStrategy>,
        pub(super) merchant_region: Option<String>,
    }

    #[derive(Deserialize)]
    #[allow(dead_code)]
    pub(super) struct Amount {
        pub(super) currency: String,
        pub(super) value: String,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    pub(super) struct Order {
        pub(super) reference_order_id: Option<String>,
        pub(super) order_description: String,
        pub(super) order_amount: Amount,
        pub(super) merchant: Merchant,
        pub(super) goods: Option<Vec<Goods>>,
        pub(super) shipping: Option<Shipping>,
        pub(super) buyer: Option<Buyer>,
        pub(super) env: Option<Env>,
        pub(super) extend_info: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    pub(super) struct Merchant {
        pub(super) reference_merchant_id: String,
        #[serde(rename = "merchantMCC")]
        pub(super) merchant_mcc: String,
        pub(super) merchant_name: String,
        pub(super) merchant_display_name: Option<String>,
        pub(super) merchant_address: Option<Address>,
        pub(super) merchant_register_date: Option<String>,
        pub(super) store: Option<Store>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    pub(super) struct Store {
        pub(super) reference_store_id: String,
        pub(super) store_name: String,
        #[serde(rename = "storeMCC")]
        pub(super) store_mcc: String,
        pub(super) store_display_name: Option<String>,
        pub(super) store_terminal_id: Option<String>,
        pub(super) store_operator_id: Option<String>,
        pub(super) store_address: Option<Address>,
        pub(super) store_phone_no: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    pub(super) struct Address {
        pub(super) region: String,
        pub(super) state: Option<String>,
        pub(super) city: Option<String>,
        pub(super) address1: Option<String>,
        pub(super) address2: Option<String>,
        pub(super) zip_code: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    pub(super) struct Goods {
        pub(super) reference_goods_id: String,
        pub(super) goods_name: String,
        pub(super) goods_category: Option<String>,
        pub(super) goods_brand: Option<String>,
        pub(super) goods_sku_name: Option<String>,
        pub(super) goods_unit_amount: Option<Amount>,
        pub(super) goods_quantity: Option<String>,
        pub(super) goods_url: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    pub(super) struct Name {
        pub(super) first_name: Option<String>,
        pub(super) middle_name: Option<String>,
        pub(super) last_name: Option<String>,
        pub(super) full_name: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    pub(super) struct Shipping {
        pub(super) shipping_name: Option<Name>,
        pub(super) shipping_address: Option<Address>,
        pub(super) shipping_carrier: Option<String>,
        pub(super) shipping_phone_no: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    pub(super) struct Buyer {
        pub(super) reference_buyer_id: Option<String>,
        pub(super) buyer_name: Option<Name>,
        pub(super) buyer_phone_no: Option<String>,
        pub(super) buyer_email: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    pub(super) struct Env {
        pub(super) user_agent: Option<String>,
        pub(super) terminal_type: Option<String>,
        pub(super) os_type: Option<String>,
        pub(super) client_ip: Option<String>,
        pub(super) device_token_id: Option<String>,
        pub(super) store_terminal_id: Option<String>,
        pub(super) store_terminal_request_time: Option<String>,
        pub(super) extend_info: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    pub(super) struct PaymentMethod {
        pub(super) payment_method_type: String,
        pub(super) payment_method_id: Option<String>,
        pub(super) extend_info: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    pub(super) struct PaymentFactor {
        pub(super) in_store_payment_scenario: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code)]
    pub(super) struct SettlementStrategy {
        pub(super) settlement_currency: Option<String>,
    }
}

/// Drops the request where it was read, as the baseline does.
fn decoded_and_validated(json: &[u8]) -> Violations {
    match decode::<PayEntryCodeRequest>(json) {
        Ok(request) => request.violations(),
        Err(payspec_runtime::DecodeError::Violations(violations)) => violations,
        Err(error) => panic!("{error}"),
    }
}

/// Ten mistakes that a decoded value can hold.
fn ten_violations() -> String {
    let mut request = messages::clean_request();
    edit::set(&mut request, "/productCode", json!("CASHIER_PAYMENT"));
    for (pointer, length) in [
        ("/paymentRequestId", 65),
        ("/order/orderDescription", 257),
        ("/order/merchant/referenceMerchantId", 33),
        ("/order/merchant/merchantName", 257),
        ("/order/merchant/store/referenceStoreId", 65),
        ("/order/env/clientIp", 65),
    ] {
        edit::set(&mut request, pointer, json!("x".repeat(length)));
    }
    edit::set(&mut request, "/order/env/terminalType", json!("APP"));
    edit::set(&mut request, "/paymentAmount/value", json!("0"));
    request.to_string()
}

/// Ten mistakes of which some cannot be decoded.
fn ten_violations_some_structural() -> String {
    let mut request: serde_json::Value =
        serde_json::from_str(&ten_violations()).expect("it is JSON");
    edit::set(&mut request, "/paymentAmount/value", json!("10.5"));
    edit::remove(&mut request, "/paymentNotifyUrl");
    edit::set(&mut request, "/order/env/clientIp", json!("203.0.113.7"));
    request.to_string()
}

fn main() {
    let documented = messages::REQUEST.as_bytes();
    let clean = messages::clean_request().to_string();
    let ten = ten_violations();
    let structural = ten_violations_some_structural();
    for (json, least) in [(clean.as_str(), 0), (&ten, 10), (&structural, 10)] {
        let found = decoded_and_validated(json.as_bytes()).len();
        assert!(
            found >= least && (least > 0 || found == 0),
            "{found} violations in {json}"
        );
    }
    let plain = |json: &[u8]| serde_json::from_slice::<plain::Request>(json);
    compare(
        "The documented request",
        &mut [
            Candidate::new("serde_derive, plain strings, no validation", || {
                plain(documented).map(drop)
            }),
            Candidate::new("decode", || {
                decode::<PayEntryCodeRequest>(documented).map(drop)
            }),
            Candidate::new("decode and validate", || decoded_and_validated(documented)),
        ],
    );
    compare(
        "The documented request with its settlement strategy: nothing to report",
        &mut [
            Candidate::new("serde_derive, plain strings, no validation", || {
                plain(clean.as_bytes()).map(drop)
            }),
            Candidate::new("decode and validate", || {
                decoded_and_validated(clean.as_bytes())
            }),
        ],
    );
    compare(
        "Ten violations, each with its pointer",
        &mut [
            Candidate::new("serde_derive, plain strings, no validation", || {
                plain(ten.as_bytes()).map(drop)
            }),
            Candidate::new("decode and validate", || {
                decoded_and_validated(ten.as_bytes())
            }),
        ],
    );
    compare(
        "Ten violations, two of which cannot be decoded",
        &mut [
            Candidate::new("serde_json::Value", || {
                serde_json::from_slice::<serde_json::Value>(structural.as_bytes())
            }),
            Candidate::new("decode and validate", || {
                decoded_and_validated(structural.as_bytes())
            }),
        ],
    );
    let request =
        decode::<PayEntryCodeRequest>(documented).expect("the documented request decodes");
    compare(
        "Encoding the documented request",
        &mut [
            Candidate::new("serde_json::Value", {
                let value: serde_json::Value = serde_json::from_slice(documented).expect("JSON");
                move || serde_json::to_vec(&value)
            }),
            Candidate::new("encode", || serde_json::to_vec(&request)),
            Candidate::new("validate", || request.violations()),
        ],
    );
    let response = messages::RESPONSE.as_bytes();
    compare(
        "The documented response",
        &mut [
            Candidate::new("serde_json::Value", || {
                serde_json::from_slice::<serde_json::Value>(response)
            }),
            Candidate::new("decode and decide", || {
                decode::<PayEntryCodeResponse>(response).map(|response| response.outcome())
            }),
        ],
    );
}
