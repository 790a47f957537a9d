//! Single edits of the documented request, the violations that each must cause, and the two
//! validators that must both find exactly these: the generated one, and the message checker.

use alipay_instore::ams_instore::pay_entry_code::PayEntryCodeRequest;
use payspec_codegen::model::Side;
use payspec_runtime::{RuleId, Severity, Violation};
use payspec_tests::{agree::Validators, edit, messages};
use serde_json::{Value, json};

/// One edit and its consequences.
struct Case {
    name: &'static str,
    edit: Edit,
    /// Pointer, rule, severity, what was met.
    expected: Vec<(&'static str, RuleId, Severity, &'static str)>,
}

enum Edit {
    Set(&'static str, Value),
    Remove(&'static str),
    /// Replaces a piece of the text, for what a JSON tree cannot hold.
    Text(&'static str, &'static str),
}

use Edit::{Remove, Set, Text};
use RuleId::{
    Const, DuplicateField, Encoding, Format, Max, MaxItems, MaxLength, Min, MultipleOf, NotEmpty,
    Required, RequiredWhen, Type, UnknownField, Values,
};
use Severity::{Error, Warning};

fn case(
    name: &'static str,
    edit: Edit,
    expected: &[(&'static str, RuleId, Severity, &'static str)],
) -> Case {
    Case {
        name,
        edit,
        expected: expected.to_vec(),
    }
}

fn goods(count: usize) -> Value {
    Value::Array(vec![
        json!({"referenceGoodsId": "g", "goodsName": "n"});
        count
    ])
}

fn amount(currency: &str, value: &str) -> Value {
    json!({"currency": currency, "value": value})
}

fn cases() -> Vec<Case> {
    vec![
        // Presence.
        case(
            "no product code",
            Remove("/productCode"),
            &[("/productCode", Required, Error, "absent")],
        ),
        case(
            "no request id",
            Remove("/paymentRequestId"),
            &[("/paymentRequestId", Required, Error, "absent")],
        ),
        case(
            "no order",
            Remove("/order"),
            &[("/order", Required, Error, "absent")],
        ),
        case(
            "no amount",
            Remove("/paymentAmount"),
            &[("/paymentAmount", Required, Error, "absent")],
        ),
        case(
            "no currency",
            Remove("/paymentAmount/currency"),
            &[("/paymentAmount/currency", Required, Error, "absent")],
        ),
        case(
            "no value",
            Remove("/paymentAmount/value"),
            &[("/paymentAmount/value", Required, Error, "absent")],
        ),
        case(
            "no method",
            Remove("/paymentMethod"),
            &[("/paymentMethod", Required, Error, "absent")],
        ),
        case(
            "no method type",
            Remove("/paymentMethod/paymentMethodType"),
            &[(
                "/paymentMethod/paymentMethodType",
                Required,
                Error,
                "absent",
            )],
        ),
        case(
            "no notify address",
            Remove("/paymentNotifyUrl"),
            &[("/paymentNotifyUrl", Required, Error, "absent")],
        ),
        case(
            "no factor",
            Remove("/paymentFactor"),
            &[("/paymentFactor", Required, Error, "absent")],
        ),
        case(
            "no scenario",
            Remove("/paymentFactor/inStorePaymentScenario"),
            &[(
                "/paymentFactor/inStorePaymentScenario",
                Required,
                Error,
                "absent",
            )],
        ),
        case(
            "no description",
            Remove("/order/orderDescription"),
            &[("/order/orderDescription", Required, Error, "absent")],
        ),
        case(
            "no order amount",
            Remove("/order/orderAmount"),
            &[("/order/orderAmount", Required, Error, "absent")],
        ),
        case(
            "no merchant",
            Remove("/order/merchant"),
            &[("/order/merchant", Required, Error, "absent")],
        ),
        case(
            "no merchant id",
            Remove("/order/merchant/referenceMerchantId"),
            &[(
                "/order/merchant/referenceMerchantId",
                Required,
                Error,
                "absent",
            )],
        ),
        case(
            "no merchant category",
            Remove("/order/merchant/merchantMCC"),
            &[("/order/merchant/merchantMCC", Required, Error, "absent")],
        ),
        case(
            "no store",
            Remove("/order/merchant/store"),
            &[("/order/merchant/store", Required, Error, "absent")],
        ),
        case(
            "no store name",
            Remove("/order/merchant/store/storeName"),
            &[("/order/merchant/store/storeName", Required, Error, "absent")],
        ),
        case(
            "no environment",
            Remove("/order/env"),
            &[("/order/env", Required, Error, "absent")],
        ),
        case(
            "no user agent",
            Remove("/order/env/userAgent"),
            &[("/order/env/userAgent", Required, Error, "absent")],
        ),
        case(
            "no settlement strategy",
            Remove("/settlementStrategy"),
            &[("/settlementStrategy", RequiredWhen, Warning, "absent")],
        ),
        case(
            "request id is null",
            Set("/paymentRequestId", Value::Null),
            &[("/paymentRequestId", Required, Error, "absent")],
        ),
        case(
            "optional field is null",
            Set("/paymentRedirectUrl", Value::Null),
            &[],
        ),
        // Empty texts.
        case(
            "empty request id",
            Set("/paymentRequestId", json!("")),
            &[("/paymentRequestId", NotEmpty, Error, "\"\"")],
        ),
        case(
            "empty redirect address",
            Set("/paymentRedirectUrl", json!("")),
            &[("/paymentRedirectUrl", NotEmpty, Error, "\"\"")],
        ),
        case(
            "empty expiry time",
            Set("/paymentExpiryTime", json!("")),
            &[("/paymentExpiryTime", NotEmpty, Error, "\"\"")],
        ),
        case(
            "empty scenario",
            Set("/paymentFactor/inStorePaymentScenario", json!("")),
            &[(
                "/paymentFactor/inStorePaymentScenario",
                NotEmpty,
                Error,
                "\"\"",
            )],
        ),
        case(
            "empty value",
            Set("/paymentAmount/value", json!("")),
            &[("/paymentAmount/value", NotEmpty, Error, "\"\"")],
        ),
        // Lengths, in characters.
        case(
            "request id at the limit",
            Set("/paymentRequestId", json!("x".repeat(64))),
            &[],
        ),
        case(
            "request id too long by one",
            Set("/paymentRequestId", json!("x".repeat(65))),
            &[("/paymentRequestId", MaxLength, Error, "65 characters")],
        ),
        case(
            "Chinese at the limit",
            Set("/order/orderDescription", json!("商".repeat(256))),
            &[],
        ),
        case(
            "Chinese too long by one",
            Set("/order/orderDescription", json!("商".repeat(257))),
            &[(
                "/order/orderDescription",
                MaxLength,
                Error,
                "257 characters",
            )],
        ),
        case(
            "emoji at the limit",
            Set("/order/merchant/merchantName", json!("😀".repeat(256))),
            &[],
        ),
        case(
            "emoji too long by one",
            Set("/order/merchant/merchantName", json!("😀".repeat(257))),
            &[(
                "/order/merchant/merchantName",
                MaxLength,
                Error,
                "257 characters",
            )],
        ),
        case(
            "merchant id at the limit",
            Set("/order/merchant/referenceMerchantId", json!("m".repeat(32))),
            &[],
        ),
        case(
            "merchant id too long by one",
            Set("/order/merchant/referenceMerchantId", json!("m".repeat(33))),
            &[(
                "/order/merchant/referenceMerchantId",
                MaxLength,
                Error,
                "33 characters",
            )],
        ),
        case(
            "client address at the limit",
            Set("/order/env/clientIp", json!("1".repeat(64))),
            &[],
        ),
        case(
            "client address too long by one",
            Set("/order/env/clientIp", json!("1".repeat(65))),
            &[("/order/env/clientIp", MaxLength, Error, "65 characters")],
        ),
        case(
            "notify address at the limit",
            Set(
                "/paymentNotifyUrl",
                json!(format!("https://x.example/{}", "a".repeat(2030))),
            ),
            &[],
        ),
        case(
            "notify address too long by one",
            Set(
                "/paymentNotifyUrl",
                json!(format!("https://x.example/{}", "a".repeat(2031))),
            ),
            &[("/paymentNotifyUrl", MaxLength, Error, "2049 characters")],
        ),
        case(
            "user agent of unknown limit",
            Set("/order/env/userAgent", json!("u".repeat(10_000))),
            &[],
        ),
        // Constants and enums.
        case(
            "another product",
            Set("/productCode", json!("CASHIER_PAYMENT")),
            &[
                ("/productCode", Const, Error, "\"CASHIER_PAYMENT\""),
                ("/productCode", Values, Error, "\"CASHIER_PAYMENT\""),
            ],
        ),
        case(
            "scenario in capitals",
            Set("/paymentFactor/inStorePaymentScenario", json!("ENTRYCODE")),
            &[
                (
                    "/paymentFactor/inStorePaymentScenario",
                    Values,
                    Error,
                    "\"ENTRYCODE\"",
                ),
                (
                    "/paymentFactor/inStorePaymentScenario",
                    Const,
                    Error,
                    "\"ENTRYCODE\"",
                ),
            ],
        ),
        case(
            "another scenario",
            Set("/paymentFactor/inStorePaymentScenario", json!("OrderCode")),
            &[(
                "/paymentFactor/inStorePaymentScenario",
                Const,
                Error,
                "\"OrderCode\"",
            )],
        ),
        case(
            "another wallet",
            Set("/paymentMethod/paymentMethodType", json!("ALIPAY_CN")),
            &[
                (
                    "/paymentMethod/paymentMethodType",
                    Values,
                    Error,
                    "\"ALIPAY_CN\"",
                ),
                (
                    "/paymentMethod/paymentMethodType",
                    Const,
                    Error,
                    "\"ALIPAY_CN\"",
                ),
            ],
        ),
        case(
            "terminal without system",
            Set("/order/env/terminalType", json!("APP")),
            &[("/order/env/osType", RequiredWhen, Error, "absent")],
        ),
        case(
            "terminal that needs no system",
            Set("/order/env/terminalType", json!("WEB")),
            &[],
        ),
        case(
            "terminal in small letters",
            Set("/order/env/terminalType", json!("app")),
            &[("/order/env/terminalType", Values, Error, "\"app\"")],
        ),
        case(
            "system unknown",
            Set("/order/env/osType", json!("SYMBIAN")),
            &[("/order/env/osType", Values, Error, "\"SYMBIAN\"")],
        ),
        // Money.
        case(
            "decimal amount",
            Set("/paymentAmount/value", json!("10.5")),
            &[("/paymentAmount/value", Format, Error, "\"10.5\"")],
        ),
        case(
            "zero amount",
            Set("/paymentAmount/value", json!("0")),
            &[("/paymentAmount/value", Min, Error, "\"0\"")],
        ),
        case(
            "negative amount",
            Set("/paymentAmount/value", json!("-1")),
            &[("/paymentAmount/value", Min, Error, "\"-1\"")],
        ),
        case(
            "amount with a sign",
            Set("/paymentAmount/value", json!("+1")),
            &[("/paymentAmount/value", Format, Error, "\"+1\"")],
        ),
        case(
            "amount with a leading zero",
            Set("/paymentAmount/value", json!("010")),
            &[("/paymentAmount/value", Format, Error, "\"010\"")],
        ),
        case(
            "amount at the limit",
            Set("/paymentAmount/value", json!("9".repeat(16))),
            &[],
        ),
        case(
            "amount too long by one",
            Set("/paymentAmount/value", json!("9".repeat(17))),
            &[("/paymentAmount/value", Max, Error, "\"99999999999999999\"")],
        ),
        case(
            "amount out of range",
            Set("/paymentAmount/value", json!("9".repeat(20))),
            &[(
                "/paymentAmount/value",
                Format,
                Error,
                "\"99999999999999999999\"",
            )],
        ),
        case(
            "native amount",
            Set("/paymentAmount/value", json!(10)),
            &[("/paymentAmount/value", Encoding, Warning, "a number")],
        ),
        case(
            "native decimal amount",
            Set("/paymentAmount/value", json!(10.5)),
            &[
                ("/paymentAmount/value", Encoding, Warning, "a number"),
                ("/paymentAmount/value", Format, Error, "\"10.5\""),
            ],
        ),
        case(
            "currency in small letters",
            Set("/paymentAmount/currency", json!("usd")),
            &[("/paymentAmount/currency", Format, Error, "\"usd\"")],
        ),
        case(
            "currency unknown",
            Set("/paymentAmount/currency", json!("XYZ")),
            &[("/paymentAmount/currency", Format, Error, "\"XYZ\"")],
        ),
        case(
            "rupiah in whole",
            Set("/paymentAmount", amount("IDR", "1500000")),
            &[],
        ),
        case(
            "rupiah with a remainder",
            Set("/paymentAmount", amount("IDR", "1500050")),
            &[("/paymentAmount/value", MultipleOf, Error, "\"1500050\"")],
        ),
        case("yen", Set("/paymentAmount", amount("JPY", "1")), &[]),
        // Forms.
        case(
            "date without offset",
            Set("/paymentExpiryTime", json!("2019-11-27T12:01:01")),
            &[(
                "/paymentExpiryTime",
                Format,
                Error,
                "\"2019-11-27T12:01:01\"",
            )],
        ),
        case(
            "date with a short offset",
            Set("/paymentExpiryTime", json!("2019-11-27T12:01:01+0800")),
            &[(
                "/paymentExpiryTime",
                Format,
                Error,
                "\"2019-11-27T12:01:01+0800\"",
            )],
        ),
        case(
            "the thirtieth of February",
            Set("/paymentExpiryTime", json!("2019-02-30T12:01:01Z")),
            &[(
                "/paymentExpiryTime",
                Format,
                Error,
                "\"2019-02-30T12:01:01Z\"",
            )],
        ),
        case(
            "date in another zone",
            Set("/paymentExpiryTime", json!("2020-02-29T23:59:59-11:30")),
            &[],
        ),
        case(
            "date in epoch milliseconds",
            Set("/paymentExpiryTime", json!(1_685_599_933_871_i64)),
            &[("/paymentExpiryTime", Type, Error, "a number")],
        ),
        case(
            "address without scheme",
            Set("/paymentNotifyUrl", json!("shop.example/notify")),
            &[(
                "/paymentNotifyUrl",
                Format,
                Error,
                "\"shop.example/notify\"",
            )],
        ),
        case(
            "address with a space",
            Set("/paymentNotifyUrl", json!("https://shop.example/a b")),
            &[(
                "/paymentNotifyUrl",
                Format,
                Error,
                "\"https://shop.example/a b\"",
            )],
        ),
        case(
            "address of an app",
            Set(
                "/paymentRedirectUrl",
                json!("alipays://platformapi/startApp?appId=1"),
            ),
            &[],
        ),
        case(
            "region unknown to ISO",
            Set("/merchantRegion", json!("XX")),
            &[("/merchantRegion", Format, Error, "\"XX\"")],
        ),
        case(
            "category not of digits",
            Set("/order/merchant/merchantMCC", json!("food")),
            &[("/order/merchant/merchantMCC", Format, Warning, "\"food\"")],
        ),
        // JSON types.
        case(
            "order is a text",
            Set("/order", json!("order")),
            &[("/order", Type, Error, "a string")],
        ),
        case(
            "amount is a number",
            Set("/paymentAmount", json!(10)),
            &[("/paymentAmount", Type, Error, "a number")],
        ),
        case(
            "request id is a number",
            Set("/paymentRequestId", json!(10_277_574_507_i64)),
            &[("/paymentRequestId", Type, Error, "a number")],
        ),
        case(
            "request id is an array",
            Set("/paymentRequestId", json!(["1"])),
            &[("/paymentRequestId", Type, Error, "an array")],
        ),
        case(
            "description is a boolean",
            Set("/order/orderDescription", json!(true)),
            &[("/order/orderDescription", Type, Error, "a boolean")],
        ),
        case(
            "goods is an object",
            Set("/order/goods", json!({})),
            &[("/order/goods", Type, Error, "an object")],
        ),
        // Lists.
        case("no goods in the list", Set("/order/goods", json!([])), &[]),
        case(
            "as many goods as allowed",
            Set("/order/goods", goods(100)),
            &[],
        ),
        case(
            "too many goods by one",
            Set("/order/goods", goods(101)),
            &[("/order/goods", MaxItems, Error, "101 elements")],
        ),
        case(
            "goods without a name",
            Set(
                "/order/goods",
                json!([{"referenceGoodsId": "g", "goodsName": "n"}, {"referenceGoodsId": "g"}]),
            ),
            &[("/order/goods/1/goodsName", Required, Error, "absent")],
        ),
        case(
            "null among the goods",
            Set("/order/goods", json!([null])),
            &[("/order/goods/0", Type, Error, "null")],
        ),
        case(
            "price of goods without currency",
            Set(
                "/order/goods",
                json!([{"referenceGoodsId": "g", "goodsName": "n", "goodsUnitAmount": {"value": "1"}}]),
            ),
            &[(
                "/order/goods/0/goodsUnitAmount/currency",
                Required,
                Error,
                "absent",
            )],
        ),
        // Names.
        case(
            "unknown field",
            Set("/paymentExpireTime", json!("2019-11-27T12:01:01+08:00")),
            &[(
                "/paymentExpireTime",
                UnknownField,
                Warning,
                "\"paymentExpireTime\"",
            )],
        ),
        case(
            "store category misspelt",
            Set("/order/merchant/store/storeMcc", json!("1405")),
            &[(
                "/order/merchant/store/storeMcc",
                UnknownField,
                Warning,
                "\"storeMcc\"",
            )],
        ),
        case(
            "a field that was removed",
            Set("/isAuthorization", json!("true")),
            &[(
                "/isAuthorization",
                UnknownField,
                Warning,
                "\"isAuthorization\"",
            )],
        ),
        case(
            "a name with a slash",
            Set("/a~1b", json!("1")),
            &[("/a~1b", UnknownField, Warning, "\"a/b\"")],
        ),
        case(
            "two amounts",
            Text(
                "\"paymentAmount\":",
                "\"paymentAmount\":{\"currency\":\"USD\",\"value\":\"1\"},\"paymentAmount\":",
            ),
            &[("/paymentAmount", DuplicateField, Error, "the field again")],
        ),
        case(
            "two request ids",
            Text(
                "\"paymentRequestId\":",
                "\"paymentRequestId\":\"1\",\"paymentRequestId\":",
            ),
            &[(
                "/paymentRequestId",
                DuplicateField,
                Error,
                "the field again",
            )],
        ),
        // Text inside text.
        case(
            "extension that is no JSON",
            Set("/order/extendInfo", json!("{")),
            &[("/order/extendInfo", Format, Error, "\"{\"")],
        ),
        case(
            "extension without its type",
            Set(
                "/order/extendInfo",
                json!("{\"chinaExtraTransInfo\":{\"hotelName\":\"h\"}}"),
            ),
            &[(
                "/order/extendInfo/chinaExtraTransInfo/businessType",
                Required,
                Error,
                "absent",
            )],
        ),
    ]
}

fn message(edit: &Edit) -> String {
    let mut message = messages::clean_request();
    match edit {
        Set(pointer, value) => edit::set(&mut message, pointer, value.clone()),
        Remove(pointer) => edit::remove(&mut message, pointer),
        Text(..) => {}
    }
    let text = message.to_string();
    match edit {
        Text(from, to) => {
            assert!(text.contains(from), "{from} is not in the message");
            text.replacen(from, to, 1)
        }
        Set(..) | Remove(..) => text,
    }
}

fn facts(violations: &[Violation]) -> Vec<(String, RuleId, Severity, String)> {
    let mut facts: Vec<_> = violations
        .iter()
        .map(|one| {
            (
                one.path.clone(),
                one.rule,
                one.severity,
                one.actual.to_string(),
            )
        })
        .collect();
    facts.sort();
    facts
}

#[test]
fn every_edit_has_its_violations_in_both_validators() {
    let validators = Validators::load();
    let cases = cases();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let json = message(&case.edit);
        let found = validators.both::<PayEntryCodeRequest>(
            "pay_entry_code",
            Side::Request,
            json.as_bytes(),
        );
        let found = found.expect("the edited messages are JSON");
        let mut expected: Vec<_> = case
            .expected
            .iter()
            .map(|(path, rule, severity, actual)| {
                ((*path).to_owned(), *rule, *severity, (*actual).to_owned())
            })
            .collect();
        expected.sort();
        let found = facts(&found);
        if found != expected {
            wrong.push(format!(
                "{}\n  expected {expected:?}\n  found    {found:?}",
                case.name
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_message_that_is_edited_breaks_nothing() {
    let json = messages::clean_request().to_string();
    let found = Validators::load()
        .both::<PayEntryCodeRequest>("pay_entry_code", Side::Request, json.as_bytes())
        .expect("it is JSON");
    assert_eq!(found, Vec::new());
}
