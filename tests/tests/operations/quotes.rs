//! The arithmetic of exchange rates: in recorded messages, and in those that the spec documents.

use alipay_instore::ams_instore::types::{Amount, Quote};
use payspec_runtime::{Rounding, decode};
use payspec_tests::agree::Validators;
use serde_json::Value;

use super::recorded;

fn part<T: payspec_runtime::Message>(message: &Value, name: &str) -> Option<T> {
    let part = message.get(name)?;
    Some(decode(part.to_string().as_bytes()).expect(name))
}

/// Holds the amounts of a message against its rates; the number of rates that were held.
fn rates_hold(message: &Value, name: &str) -> usize {
    let asked = ["paymentAmount", "refundAmount"];
    let asked = asked
        .iter()
        .find_map(|field| part::<Amount>(message, field));
    let mut held = 0;
    for (quote, amount) in [
        ("paymentQuote", "actualPaymentAmount"),
        ("settlementQuote", "grossSettlementAmount"),
    ] {
        let Some(quote) = part::<Quote>(message, quote) else {
            continue;
        };
        let asked = asked.as_ref().expect("an amount that the rate is about");
        let expected: Amount = part(message, amount).expect("the amount at the rate");
        let converted = quote.convert(asked, Rounding::HalfUp);
        assert_eq!(converted.as_ref(), Ok(&expected), "{name}: {amount}");
        // No source states how a fraction is rounded; every number lies between both ways.
        let down = quote.convert(asked, Rounding::Down).expect("it fits").value;
        let up = quote.convert(asked, Rounding::Up).expect("it fits").value;
        assert!((down..=up).contains(&expected.value), "{name}: {amount}");
        held += 1;
    }
    held
}

#[test]
fn recorded_amounts_obey_their_rates() {
    let messages = recorded::messages();
    let held = messages
        .iter()
        .map(|recorded| rates_hold(&recorded.message, "recorded"));
    assert!(held.sum::<usize>() >= 4);
}

#[test]
fn documented_amounts_obey_their_rates() {
    let validators = Validators::load();
    let mut held = 0;
    for id in validators.operation_ids() {
        for example in &validators.operation(id).1.examples {
            let message = serde_json::from_str(&example.json).expect("JSON");
            held += rates_hold(&message, &example.file);
        }
    }
    assert!(held >= 4);
}
