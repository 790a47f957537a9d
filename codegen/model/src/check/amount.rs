//! Amounts of money: the decimal places and the steps of their currency.

use std::borrow::Cow;

use payspec_runtime::{RuleId, Sensitive, Severity, rules, violation_text};

use super::walk::{Members, Slot, Walk};
use crate::model::{Amount, AmountCurrency, AmountUnit, Field, Object};

impl<'m> Walk<'_, 'm> {
    /// Checks an amount of money by its currency. Nothing is known about an amount whose currency is absent or unknown.
    pub(super) fn amount(
        &mut self,
        object: &'m Object,
        amount: &'m Amount,
        members: &Members<'_>,
        outer: Option<Sensitive>,
    ) {
        let code = match &amount.currency {
            AmountCurrency::Code(code) => Some(Cow::Borrowed(code.as_str())),
            AmountCurrency::Field(name) => self.scalar_of(object, name, members),
        };
        let number = self.scalar_of(object, &amount.value, members);
        let (Some(code), Some(number), Some(field)) = (code, number, object.field(&amount.value))
        else {
            return;
        };
        let slot = Slot::field(field, outer);
        self.at(&amount.value, |walk| match amount.unit {
            AmountUnit::Major => walk.decimals(field, &code, &number, slot),
            AmountUnit::Minor => walk.steps(object, amount, &code, &number, slot),
        });
    }

    fn decimals(&mut self, field: &'m Field, code: &str, number: &str, slot: Slot<'_>) {
        let Some(places) = self.checker.api.wire.decimal_places(code) else {
            return;
        };
        if !rules::within_places(number, places) {
            self.report
                .add(RuleId::Decimals, Severity::Error, field.origin, || {
                    let expected = violation_text::expected_decimals(places, code).to_phrase();
                    (
                        expected,
                        violation_text::actual_text(number, slot.sensitive),
                    )
                });
        }
    }

    fn steps(
        &mut self,
        object: &'m Object,
        amount: &'m Amount,
        code: &str,
        number: &str,
        slot: Slot<'_>,
    ) {
        let Ok(units) = number.parse() else {
            return;
        };
        let steps = amount.multiple_of.iter();
        for step in steps.filter(|step| rules::same_currency(&step.currency, code)) {
            if !self.checker.holds(step.strength.direction) || rules::on_step(units, step.step) {
                continue;
            }
            self.report.add(
                RuleId::AmountStep,
                step.strength.severity,
                object.origin,
                || {
                    let expected =
                        violation_text::expected_amount_step(step.step, &step.currency).to_phrase();
                    (
                        expected,
                        violation_text::actual_text(number, slot.sensitive),
                    )
                },
            );
        }
    }
}
