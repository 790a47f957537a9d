//! Amounts of money.

use super::{named, quoted};
use crate::ast::{Leaf, Message};
use crate::attr::amount::{Amount, Currency};
use crate::errors::Errors;
use syn::LitStr;

/// The greatest number of decimal places that a currency can have: with more, no amount fits in 64 bits.
const MAX_PLACES: u32 = 18;

/// Checks an amount; `before` are those of the attributes before it.
pub(super) fn amount(amount: &Amount, before: &[Amount], message: &Message, errors: &mut Errors) {
    match &amount.currency {
        Currency::Field(name) => currency(name, message, errors),
        Currency::Code(text) => code(text, errors),
    }
    value(amount, message, errors);
    if before.iter().any(|one| is_same(&one.value, &amount.value)) {
        let text = format!("duplicate {}", quoted(&amount.value.value()));
        errors.at(amount.value.span(), text);
    }
    for (index, step) in amount.steps.iter().enumerate() {
        code(&step.currency, errors);
        if step.step.value < 2 {
            errors.at(
                step.step.span,
                "a step is 2 or more: every amount is a multiple of 1",
            );
        }
        let mut earlier = amount.steps[..index].iter();
        if earlier
            .any(|one| is_same(&one.currency, &step.currency) && one.strength.meets(&step.strength))
        {
            duplicate(&step.currency, errors);
        }
    }
    for (index, own) in amount.decimals.iter().enumerate() {
        code(&own.currency, errors);
        if own.places.value > MAX_PLACES {
            let text = format!("a currency has at most {MAX_PLACES} decimal places");
            errors.at(own.places.span, text);
        }
        let mut earlier = amount.decimals[..index].iter();
        if earlier.any(|one| is_same(&one.currency, &own.currency)) {
            duplicate(&own.currency, errors);
        }
    }
}

fn currency(name: &LitStr, message: &Message, errors: &mut Errors) {
    let Some(field) = named(name, message, errors) else {
        return;
    };
    let fits = [Leaf::Currency, Leaf::String, Leaf::Other, Leaf::Wrong];
    let is_plain = field.shape.container.is_none() && !field.shape.nullable;
    if !is_plain || !fits.contains(&field.shape.leaf) {
        errors.on(field.ty, "the currency of an amount is a `Currency`");
    }
}

fn value(amount: &Amount, message: &Message, errors: &mut Errors) {
    let Some(field) = named(&amount.value, message, errors) else {
        return;
    };
    let fits = [Leaf::Integer, Leaf::Decimal, Leaf::Wrong];
    if field.shape.container.is_some() || field.shape.nullable || !fits.contains(&field.shape.leaf)
    {
        let text = "the value of an amount is an `i64`, minor units, or a `Decimal`, major units";
        errors.on(field.ty, text);
    }
    if field.shape.leaf == Leaf::Decimal && !amount.steps.is_empty() {
        let text = "the steps of an amount are for an `i64`: minor units";
        errors.at(amount.word.span(), text);
    }
}

fn code(text: &LitStr, errors: &mut Errors) {
    let code = text.value();
    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let expected = "expected a currency code of three capital letters";
        errors.at(text.span(), expected);
    }
}

fn is_same(one: &LitStr, other: &LitStr) -> bool {
    one.value() == other.value()
}

fn duplicate(currency: &LitStr, errors: &mut Errors) {
    let text = format!("duplicate {}", quoted(&currency.value()));
    errors.at(currency.span(), text);
}
