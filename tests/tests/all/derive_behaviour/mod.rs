//! Hand-written types with the derives.

mod building;
mod decoding;
mod enums;
mod large;
mod source;

use payspec_runtime::{
    Currency, Decimal, DecodeError, Decoded, Message, NextStep, OpenEnum, Resend, ResultCode,
    RuleId, Severity, StatusClass, UnknownValue, Url, Valid, Validate, Violations, check, decode,
    decode_reporting, encode,
};
use serde_json::json;

/// How the payer meets the order.
#[derive(Clone, PartialEq, Eq, Hash, OpenEnum)]
enum Terminal {
    #[value("WEB")]
    Web,
    #[value("MINI_APP")]
    MiniApp,
    #[unknown]
    Unknown(UnknownValue),
}

/// A closed set.
#[derive(Clone, Copy, PartialEq, Eq, Hash, OpenEnum)]
enum Method {
    #[value("GET")]
    Get,
    #[value("POST")]
    Post,
}

/// Result codes.
#[derive(Clone, PartialEq, Eq, Hash, ResultCode)]
enum Code {
    #[code(
        "SUCCESS",
        status = "S",
        class = "succeeded",
        next_step = "done",
        resend = "pointless",
        message = "Success"
    )]
    Success,
    #[code(
        "IN_PROCESS",
        status = "U",
        class = "pending",
        next_step = "resend_same",
        resend = "safe"
    )]
    InProcess,
    #[unknown]
    Unknown(UnknownValue),
}

/// Money.
#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
#[message(amount(currency = "currency", value = "value", multiple_of("IDR", 100)))]
struct Amount {
    currency: Currency,
    #[field(min = "1")]
    value: i64,
}

/// A thing bought.
#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
struct Goods {
    #[field(name = "goodsName", max_length = 5)]
    goods_name: String,
    #[field(name = "goodsUrl", max_length = 30)]
    goods_url: Option<Url>,
    #[field(min = "0.5", max = "9.5")]
    weight: Option<Decimal>,
}

/// A person.
#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
#[message(at_least_one_of("phone", "mail"))]
struct Buyer {
    #[field(sensitive = "pii", min_length = 3)]
    phone: Option<String>,
    #[field(sensitive = "pii", pattern = "[^@]+@[^@]+")]
    mail: Option<String>,
    #[field(sensitive = "secret")]
    pin: Option<i64>,
}

/// The body of a request.
#[derive(Clone, PartialEq, Message)]
#[message(direction = "outgoing", scalars = "strings", empty_text = "forbidden")]
#[message(refine("/goods/*/goodsUrl", required(severity = "warning")))]
#[message(refine("/buyer/mail", required, max_length = 12))]
struct Order {
    /// Id that the caller gives it.
    #[field(name = "orderId", max_length = 8)]
    order_id: String,
    amount: Amount,
    #[field(min_items = 1, max_items = 2)]
    goods: Vec<Goods>,
    buyer: Option<Buyer>,
    #[field(values("WEB", "MINI_APP"))]
    terminal: Option<Terminal>,
    #[field(
        name = "osType",
        required_when("/terminal", "MINI_APP"),
        forbidden_when("/terminal", "WEB")
    )]
    os_type: Option<String>,
    #[field(const = "EntryCode")]
    scenario: Option<String>,
    #[field(format = "mcc")]
    mcc: Option<String>,
    gift: Option<bool>,
    /// Orders within the order.
    parts: Option<Box<Parts>>,
}

/// Orders within an order.
#[derive(Clone, PartialEq, Message)]
struct Parts {
    orders: Option<Vec<Order>>,
}

/// The body of an answer, with native scalars.
#[derive(Clone, PartialEq, Message)]
#[message(direction = "incoming")]
struct Answer {
    code: Code,
    count: Option<i64>,
    done: Option<bool>,
    rate: Option<Decimal>,
    method: Option<Method>,
    r#type: Option<String>,
    build: Option<String>,
}

const ORDER: &str =
    r#"{"orderId":"o1","amount":{"currency":"USD","value":"100"},"goods":[{"goodsName":"Tea"}]}"#;

fn order() -> Order {
    decode(ORDER.as_bytes()).expect("the order decodes")
}

/// `path rule` of each violation.
fn found(violations: &Violations) -> Vec<String> {
    violations
        .iter()
        .map(|one| format!("{} {}", one.path, one.rule))
        .collect()
}

fn encoded<T: Message + serde::Serialize>(message: &T) -> String {
    String::from_utf8(encode(message).expect("it encodes")).expect("JSON is UTF-8")
}
