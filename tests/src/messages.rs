//! The documented messages, and fuller ones made of them.

use serde_json::{Value, json};

/// The documented request of the entry-code payment.
pub const REQUEST: &str =
    include_str!("../../spec/ams-instore/examples/pay-entry-code.request.json");

/// The documented response.
pub const RESPONSE: &str =
    include_str!("../../spec/ams-instore/examples/pay-entry-code.response.json");

/// The example of the other API that stands on the same page.
pub const PRECREATE: &str =
    include_str!("../../spec/openplatform/examples/trade-precreate.request.json");

/// The documented request with the settlement strategy that the page's own condition asks for: no
/// rule of the spec, not even a warning, is broken by it.
pub fn clean_request() -> Value {
    let mut request: Value = serde_json::from_str(REQUEST).expect("the example is JSON");
    request["settlementStrategy"] = json!({"settlementCurrency": "USD"});
    request
}

/// A further text of an order, with every field that can stand in it.
const EXTEND_INFO: &str = r#"{"chinaExtraTransInfo": {"businessType": "1", "flightNumber": "CX500",
"departureTime": "2019-11-27", "hotelName": "Harbour", "checkinTime": "2019-11-27",
"checkoutTime": "2019-11-28", "admissionNoticeUrl": "https://school.example/1", "totalQuantity": "1",
"goodsInfo": "straps", "otherBusinessType": "none"}}"#;

/// A request with every field that the spec knows.
pub fn full_request() -> Value {
    let mut request = clean_request();
    let address = json!({
        "region": "HK", "state": "HK", "city": "Hong Kong",
        "address1": "1 Harbour Road", "address2": "Floor 2", "zipCode": "999077"
    });
    let name = json!({
        "firstName": "Ada", "middleName": "K", "lastName": "Byron", "fullName": "Ada K Byron"
    });
    request["paymentExpiryTime"] = json!("2019-11-27T12:01:01+08:00");
    request["paymentRedirectUrl"] = json!("https://shop.example/back?order=1#top");
    request["merchantRegion"] = json!("US");
    let order = &mut request["order"];
    order["referenceOrderId"] = json!("order-1");
    order["goods"] = json!([
        {
            "referenceGoodsId": "g-1", "goodsName": "Strap", "goodsCategory": "wearables",
            "goodsBrand": "Mi", "goodsSkuName": "black",
            "goodsImageUrl": "https://shop.example/g/1.png",
            "goodsUnitAmount": {"currency": "USD", "value": "5"},
            "goodsQuantity": "2", "goodsUrl": "https://shop.example/g/1"
        },
        {"referenceGoodsId": "g-2", "goodsName": "Box"}
    ]);
    order["shipping"] = json!({
        "shippingName": name, "shippingAddress": address, "shippingCarrier": "SF",
        "shippingPhoneNo": "85200000000", "shipToEmail": "ada@ship.example"
    });
    order["buyer"] = json!({
        "referenceBuyerId": "b-1", "buyerName": name, "buyerPhoneNo": "85200000001",
        "buyerEmail": "ada@shop.example"
    });
    order["merchant"]["merchantDisplayName"] = json!("Straps");
    order["merchant"]["merchantAddress"] = address.clone();
    order["merchant"]["store"]["storeDisplayName"] = json!("UGG");
    order["merchant"]["store"]["storeTerminalId"] = json!("t-1");
    order["merchant"]["store"]["storeOperatorId"] = json!("o-1");
    order["merchant"]["store"]["storeAddress"] = address;
    order["merchant"]["store"]["storePhoneNo"] = json!("85200000002");
    order["env"]["terminalType"] = json!("APP");
    order["env"]["osType"] = json!("IOS");
    order["env"]["clientIp"] = json!("203.0.113.7");
    order["env"]["deviceTokenId"] = json!("d-1");
    order["env"]["storeTerminalId"] = json!("t-1");
    order["env"]["storeTerminalRequestTime"] = json!("2019-11-27T12:01:01Z");
    order["env"]["cookieId"] = json!("c-1");
    order["env"]["extendInfo"] = json!("{}");
    order["extendInfo"] = json!(EXTEND_INFO);
    let method = &mut request["paymentMethod"];
    method["paymentMethodId"] = json!("281666040092421");
    method["customerId"] = json!("2088000000000002");
    method["extendInfo"] = json!("{}");
    request
}

/// A response with every kind of value that the spec knows.
pub fn full_response() -> Value {
    let mut response: Value = serde_json::from_str(RESPONSE).expect("the example is JSON");
    response["paymentAmount"] = json!({"currency": "USD", "value": "10"});
    response["paymentTime"] = json!("2019-11-27T12:01:01+08:00");
    response["paymentCreateTime"] = json!("2019-11-27T12:01:01-07:00");
    response["pspCustomerInfo"] = json!({
        "pspName": "wallet", "pspCustomerId": "2088000000000001", "displayCustomerId": "a***@x.example"
    });
    response["challengeActionForm"] = json!({
        "challengeType": "SMS_OTP", "triggerSource": "AMS", "extendInfo": "{}"
    });
    response["redirectActionForm"]["method"] = json!("POST");
    response["redirectActionForm"]["parameters"] = json!("{\"a\":\"b\"}");
    response["grossSettlementAmount"] = json!({"currency": "EUR", "value": "9"});
    response["settlementQuote"] = json!({
        "quoteId": "q-1", "quoteCurrencyPair": "USD/EUR", "quotePrice": "0.88156063",
        "quoteStartTime": "2019-11-27T12:00:00+08:00",
        "quoteExpiryTime": "2019-11-27T13:00:00+08:00", "guaranteed": "true"
    });
    response
}
