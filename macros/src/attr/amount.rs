//! `amount(…)`: a field that is an amount of money.

use super::rule::{Call, Number, Strength, number};
use super::syntax::Item;
use super::words::{self, AMOUNT_USAGE, MESSAGE_USAGE};
use super::{group, set_once, text_value, written_like};
use crate::errors::Errors;
use proc_macro2::Ident;
use syn::{Lit, LitStr};

/// The attribute that makes a field an amount of money.
pub(crate) struct Amount {
    pub(crate) word: Ident,
    pub(crate) currency: Currency,
    pub(crate) value: LitStr,
    pub(crate) steps: Vec<Step>,
    pub(crate) decimals: Vec<Decimals>,
}

/// The currency of an amount.
pub(crate) enum Currency {
    /// The name of the field that holds it.
    Field(LitStr),
    /// A fixed currency, by its code.
    Code(LitStr),
}

/// A currency whose amounts come in steps.
pub(crate) struct Step {
    pub(crate) currency: LitStr,
    pub(crate) step: Number,
    pub(crate) strength: Strength,
}

/// A currency whose decimal places differ from those of ISO 4217.
pub(crate) struct Decimals {
    pub(crate) currency: LitStr,
    pub(crate) places: Number,
}

impl Amount {
    pub(super) fn read(item: Item, errors: &mut Errors) -> Option<Self> {
        let (word, arguments) = group(item, errors)?;
        let (mut currency, mut code, mut value) = (None, None, None);
        let (mut steps, mut decimals) = (Vec::new(), Vec::new());
        for argument in arguments {
            let Some(item) = argument.into_item(errors) else {
                continue;
            };
            let slot = match item.word.to_string().as_str() {
                "currency" => &mut currency,
                "code" => &mut code,
                "value" => &mut value,
                "multiple_of" => {
                    steps.extend(Step::read(item, errors));
                    continue;
                }
                "decimals" => {
                    decimals.extend(Decimals::read(item, errors));
                    continue;
                }
                _ => {
                    words::unknown(&item.word, &[AMOUNT_USAGE], errors);
                    continue;
                }
            };
            let Some(text) = text_value(&item, &[AMOUNT_USAGE], errors) else {
                continue;
            };
            set_once(slot, text, &item.word, errors);
        }
        let currency = match (currency, code) {
            (Some(name), None) => Some(Currency::Field(name)),
            (None, Some(code)) => Some(Currency::Code(code)),
            (None, None) | (Some(_), Some(_)) => None,
        };
        let (Some(currency), Some(value)) = (currency, value) else {
            written_like(word.span(), &word, &[MESSAGE_USAGE], errors);
            return None;
        };
        Some(Amount {
            word,
            currency,
            value,
            steps,
            decimals,
        })
    }
}

impl Step {
    fn read(item: Item, errors: &mut Errors) -> Option<Self> {
        let call = Call::read(item, errors);
        let (currency, step) = currency_and_number(&call, errors)?;
        Some(Step {
            currency,
            step,
            strength: call.strength,
        })
    }
}

impl Decimals {
    fn read(item: Item, errors: &mut Errors) -> Option<Self> {
        let call = Call::read(item, errors);
        if !call.strength.is_plain() {
            written_like(call.word.span(), &call.word, &[AMOUNT_USAGE], errors);
            return None;
        }
        let (currency, places) = currency_and_number(&call, errors)?;
        Some(Decimals { currency, places })
    }
}

/// Returns the two arguments of `word("IDR", 100)`.
fn currency_and_number(call: &Call, errors: &mut Errors) -> Option<(LitStr, Number)> {
    match call.literals() {
        [Lit::Str(currency), literal] => Some((currency.clone(), number(literal, errors)?)),
        _ => {
            written_like(call.word.span(), &call.word, &[AMOUNT_USAGE], errors);
            None
        }
    }
}
