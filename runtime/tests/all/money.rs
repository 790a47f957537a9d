//! Amounts of money in minor and major units, in small letters, in one currency, and with decimal places of an API.

#![allow(
    clippy::duplicated_attributes,
    reason = "an order has several amounts beside one currency"
)]

use payspec_runtime::{Currency, Decimal, Message, MoneyError, Rounding, Validate, decode, encode};

#[derive(Clone, PartialEq, Message)]
#[message(amount(currency = "code", value = "value"))]
struct Money {
    code: Currency,
    value: Decimal,
}

#[derive(Clone, PartialEq, Message)]
#[message(amount(currency = "currency", value = "value", decimals("ISK", 2)))]
struct Cents {
    #[field(case = "lower")]
    currency: Currency,
    value: i64,
}

#[derive(Clone, PartialEq, Message)]
#[message(quote(pair = "pair", price = "price", direction = "counter_per_base"))]
struct Rate {
    pair: String,
    price: Decimal,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "outgoing")]
#[message(amount(currency = "currency", value = "price", multiple_of("IDR", 100)))]
#[message(amount(currency = "currency", value = "tip", decimals("ISK", 2)))]
#[message(amount(code = "JPY", value = "fee"))]
struct Order {
    #[field(case = "lower")]
    currency: Option<Currency>,
    price: Option<i64>,
    tip: Option<Decimal>,
    fee: Option<Decimal>,
}

fn isk() -> Currency {
    "ISK".parse().expect("a currency")
}

/// Returns what a message breaks, by its JSON and by its type; both must find the same.
fn broken(json: &str) -> Vec<String> {
    let order: Order = serde_json::from_str(json).expect("the types of all fields fit");
    let typed = order.violations();
    let tree = payspec_runtime::check::<Order>(json.as_bytes()).expect("JSON");
    assert_eq!(typed.as_slice(), tree.as_slice(), "{json}");
    let all = typed.as_slice().iter();
    all.map(|one| format!("{} {}", one.path, one.rule))
        .collect()
}

#[test]
fn a_decimal_has_no_more_places_than_its_currency() {
    let none: [&str; 0] = [];
    for (json, expected) in [
        (r#"{"currency":"usd","tip":"12.3"}"#, &none[..]),
        (r#"{"currency":"usd","tip":"12.345"}"#, &["/tip decimals"]),
        (r#"{"currency":"usd","tip":"12.300"}"#, &["/tip decimals"]),
        (r#"{"currency":"jpy","tip":"12.0"}"#, &["/tip decimals"]),
        (r#"{"currency":"isk","tip":"12.34"}"#, &none),
        (r#"{"currency":"xau","tip":"12.34567"}"#, &none),
        (r#"{"tip":"12.34567"}"#, &none),
        (r#"{"fee":"1.5"}"#, &["/fee decimals"]),
        (r#"{"currency":"idr","price":150}"#, &["/price amount_step"]),
        (r#"{"currency":"usd","price":150,"fee":"15"}"#, &none),
    ] {
        assert_eq!(broken(json), expected, "{json}");
    }
}

#[test]
fn a_currency_in_small_letters_is_the_same_currency() {
    let cents = Cents {
        currency: Currency::USD,
        value: 5,
    };
    let json = encode(&cents).expect("JSON");
    assert_eq!(json, br#"{"currency":"usd","value":5}"#);
    assert!(decode::<Cents>(&json).is_ok_and(|read| read == cents));
    assert!(decode::<Cents>(br#"{"currency":"USD","value":5}"#).is_err());
    let unknown: Cents = decode(br#"{"currency":"btc","value":5}"#).expect("readable");
    assert_eq!(unknown.currency.as_str(), "btc");
    assert_eq!(unknown.violations().as_slice().len(), 1);
}

#[test]
fn conversions_keep_all_places_and_never_round() {
    let money = Money::from_major("12.3", Currency::USD).expect("two places");
    assert_eq!(money.value.as_str(), "12.30");
    assert_eq!(money.minor_units(), Ok(1230));
    let yen = Money::from_major("12", Currency::JPY).expect("no places");
    assert_eq!((yen.value.as_str(), yen.minor_units()), ("12", Ok(12)));
    let currency = Currency::USD;
    let too_many = MoneyError::TooManyPlaces {
        currency,
        places: 2,
    };
    assert_eq!(Money::from_major("12.345", currency), Err(too_many));
}

#[test]
fn decimal_places_of_an_api_hold_in_conversions_and_rates() {
    let cents = Cents::from_major("12.34", isk()).expect("two places in this API");
    assert_eq!(cents.value, 1234);
    assert_eq!(
        cents.to_major().map(|major| major.to_string()),
        Ok("12.34".to_owned())
    );
    let rate = Rate {
        pair: "USD/ISK".to_owned(),
        price: "125".parse().expect("a decimal"),
    };
    let dollar = Cents {
        currency: Currency::USD,
        value: 100,
    };
    let crowns = rate.convert(&dollar, Rounding::HalfUp).expect("a rate");
    assert_eq!((crowns.currency, crowns.value), (isk(), 12_500));
}
