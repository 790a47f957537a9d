//! Amounts of money: the decimal places and the steps of their currency.

use super::Walk;
use super::path::Place;
use super::text::Buffer;
use crate::schema::{AmountCurrency, AmountRule, Field, Kind};
use crate::value::Reflect;
use crate::{Case, RuleId, Schema, Severity, Value, rules, violation_text};

impl Walk {
    /// Checks an amount of money by its currency. Nothing is known about an amount whose currency is absent or unknown.
    pub(super) fn amount(
        &mut self,
        object: &dyn Reflect,
        schema: &'static Schema,
        amount: &'static AmountRule,
        at: &Place<'_>,
    ) {
        let Some(value) = schema.fields.get(amount.value) else {
            return;
        };
        let (code, kind) = match amount.currency {
            AmountCurrency::Code(code) => (Value::Checked(code), &Kind::Currency(Case::Upper)),
            AmountCurrency::Field(index) => match schema.fields.get(index) {
                Some(field) => (object.value_at(index), &field.kind),
                None => return,
            },
        };
        let (mut letters, mut digits) = (Buffer::new(), Buffer::new());
        let number = object.value_at(amount.value);
        let here = self.here;
        let (Some(code), Some(text)) = (
            here.readable(&code, kind, schema, &mut letters),
            here.readable(&number, &value.kind, schema, &mut digits),
        ) else {
            return;
        };
        let at = &at.field(amount.value, value);
        self.decimals(&text, &code, value, amount, at);
        self.steps(&text, &code, amount, at);
    }

    fn decimals(
        &mut self,
        text: &str,
        code: &str,
        value: &Field,
        amount: &AmountRule,
        at: &Place<'_>,
    ) {
        if !matches!(value.kind, Kind::Decimal) {
            return;
        }
        let Some(places) = amount.decimal_places(code) else {
            return;
        };
        if !rules::within_places(text, places) {
            self.report(RuleId::Decimals, Severity::Error, at, || {
                let expected = violation_text::expected_decimals(places, code);
                (
                    expected.to_phrase(),
                    violation_text::actual_text(text, at.sensitive),
                )
            });
        }
    }

    fn steps(&mut self, text: &str, code: &str, amount: &'static AmountRule, at: &Place<'_>) {
        let steps = amount
            .multiple_of
            .iter()
            .filter(|step| rules::same_currency(step.currency, code));
        for step in steps {
            let holds = |number| rules::on_step(number, step.step);
            if !self.here.applies(step.direction) || text.parse().map_or(true, holds) {
                continue;
            }
            self.report(RuleId::AmountStep, step.severity, at, || {
                let expected = violation_text::expected_amount_step(step.step, step.currency);
                (
                    expected.into(),
                    violation_text::actual_text(text, at.sensitive),
                )
            });
        }
    }
}
