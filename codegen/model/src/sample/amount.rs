//! Amounts of money in sample messages.

use serde_json::{Map, Value};

use super::multiple;
use crate::model::{Amount, AmountCurrency, AmountUnit, Object, Rule, Wire};
use payspec_runtime::rules;

/// Changes the amounts of an object so that they suit their currencies.
pub(super) fn suit(wire: &Wire, object: &Object, fields: &mut Map<String, Value>) {
    for amount in &object.amounts {
        let suited = fields
            .get(&amount.value)
            .and_then(|value| suited(wire, object, amount, fields, &text(value)?));
        let (Some(number), Some(value)) = (suited, fields.get_mut(&amount.value)) else {
            continue;
        };
        *value = match value {
            Value::Number(_) => serde_json::from_str(&number).unwrap_or(Value::String(number)),
            Value::Null
            | Value::Bool(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => Value::String(number),
        };
    }
}

/// Returns the number in place of one that does not suit its currency.
fn suited(
    wire: &Wire,
    object: &Object,
    amount: &Amount,
    fields: &Map<String, Value>,
    number: &str,
) -> Option<String> {
    let code = match &amount.currency {
        AmountCurrency::Field(name) => text(fields.get(name)?)?,
        AmountCurrency::Code(code) => code.clone(),
    };
    match amount.unit {
        AmountUnit::Major => {
            let places = wire.decimal_places(&code)?;
            if rules::within_places(number, places) {
                return None;
            }
            let (whole, fraction) = number.split_once('.')?;
            let kept = match fraction.get(..usize::from(places)) {
                None | Some("") => whole.to_owned(),
                Some(fraction) => format!("{whole}.{fraction}"),
            };
            let above = whole.parse::<u64>().map(|whole| (whole + 1).to_string());
            let candidates = std::iter::once(kept).chain(above);
            let mut candidates = candidates.filter(|one| is_above_least(object, amount, one));
            candidates.next()
        }
        AmountUnit::Minor => {
            let mut steps = amount.multiple_of.iter();
            let step = steps.find(|step| rules::same_currency(&step.currency, &code))?;
            let on_step = |number| rules::on_step(number, step.step);
            let suits = number.parse().is_ok_and(on_step);
            (!suits).then(|| multiple(&step.step.to_string(), number))
        }
    }
}

/// Returns whether a number is not too small for its field.
fn is_above_least(object: &Object, amount: &Amount, number: &str) -> bool {
    let field = object.field(&amount.value);
    let mut rules = field.iter().flat_map(|field| &field.constraints);
    rules.all(|one| match &one.rule {
        Rule::Min(least) => rules::at_least(number, least),
        Rule::Required
        | Rule::Const(_)
        | Rule::Values(_)
        | Rule::MinLength(_)
        | Rule::MaxLength(_)
        | Rule::Pattern(_)
        | Rule::Max(_)
        | Rule::MultipleOf(_)
        | Rule::MinItems(_)
        | Rule::MaxItems(_)
        | Rule::UniqueItems
        | Rule::Format(_) => true,
    })
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
