//! Amounts of money: their steps, which a schema asserts, and their decimal places, which it does not.

use payspec_model::model::{Amount, AmountCurrency, AmountStep, AmountUnit, Object, Type};
use payspec_runtime::{Case, RuleId};

use super::Writer;
use super::condition::Conditions;
use super::number;
use super::unsaid::{Unsaid, Why};
use crate::json::Map;

impl Writer<'_> {
    /// Adds the rules of an amount that depend on its currency.
    pub(super) fn amount(&mut self, object: &Object, amount: &Amount, conditions: &mut Conditions) {
        let Amount {
            value,
            currency,
            unit,
            multiple_of,
        } = amount;
        match unit {
            AmountUnit::Major => self.unsaid.push(Unsaid {
                origin: object
                    .field(value)
                    .map_or(object.origin, |field| field.origin),
                rule: Some(RuleId::Decimals),
                why: Why::DecimalPlaces,
            }),
            AmountUnit::Minor => {}
        }
        for step in multiple_of {
            self.step(object, (currency, value), step, conditions);
        }
    }

    /// Adds the step of amounts in a currency.
    fn step(
        &mut self,
        object: &Object,
        (currency, value): (&AmountCurrency, &str),
        step: &AmountStep,
        conditions: &mut Conditions,
    ) {
        if !self.asserts(&step.strength) || !self.dialect.is_modern() {
            return;
        }
        let mut gap = |why| {
            self.unsaid.push(Unsaid {
                origin: object.origin,
                rule: Some(RuleId::AmountStep),
                why,
            });
        };
        let Some(pattern) = number::multiple_of(&step.step.to_string()) else {
            gap(Why::Multiples);
            return;
        };
        gap(Why::Exponent);
        let pattern = Map::new().with("pattern", pattern);
        let texts = match self.dialect.is_exact() && !self.is_strict() {
            true => Map::new().with("anyOf", vec![pattern, Map::new().with("pattern", "[eE]")]),
            false => pattern,
        };
        let steps = texts.with("multipleOf", step.step);
        let then = Map::new().with("properties", Map::new().with(value, steps));
        conditions.push(match currency {
            // A step is one of this currency.
            AmountCurrency::Code(_) => then,
            AmountCurrency::Field(name) => {
                let code = match object.field(name).map(|field| &field.ty) {
                    Some(Type::Currency(Case::Lower)) => step.currency.to_ascii_lowercase(),
                    Some(_) | None => step.currency.clone(),
                };
                let code = self.dialect.constant(&code);
                let when = Map::new()
                    .with("required", vec![name.as_str()])
                    .with("properties", Map::new().with(name, code));
                Map::new().with("if", when).with("then", then)
            }
        });
    }
}
