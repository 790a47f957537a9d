//! Amounts of money in words.

use std::collections::BTreeMap;

use crate::model::{Amount, AmountCurrency, AmountUnit};

/// Returns the meaning of an amount of money: `an amount of money in minor units of CNY`.
pub fn amount(amount: &Amount) -> String {
    let Amount {
        value: _,
        currency,
        unit,
        multiple_of: _,
    } = amount;
    let of = match currency {
        AmountCurrency::Field(name) => format!("the currency in `{name}`"),
        AmountCurrency::Code(code) => code.clone(),
    };
    match unit {
        AmountUnit::Minor => format!("an amount of money in minor units of {of}"),
        AmountUnit::Major => format!(
            "an amount of money in major units of {of}, with no more decimal places than that has"
        ),
    }
}

/// Returns the decimal places that differ from ISO 4217; [`None`] if none do.
pub fn decimals(decimals: &BTreeMap<String, u8>) -> Option<String> {
    let own = decimals.iter();
    let own: Vec<String> = own
        .map(|(currency, places)| format!("{currency} {places}"))
        .collect();
    (!own.is_empty()).then(|| format!("{}; all others as in ISO 4217", own.join(", ")))
}
