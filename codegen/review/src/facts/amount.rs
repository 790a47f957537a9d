//! Amounts of money.

use std::collections::BTreeMap;

use super::walk::Walk;
use super::warnings::Advice;
use crate::location::Item;
use crate::property::Property;
use payspec_model::model::{self, AmountStep, Object, Origin, Severity};
use payspec_model::value::{Amount, Value};

impl Walk<'_, '_> {
    /// Adds the amounts of an object.
    pub(super) fn amounts(&mut self, subject: &Item, object: &Object) {
        let amounts: BTreeMap<String, Amount> = object.amounts.iter().map(amount).collect();
        let amounts = (!amounts.is_empty()).then_some(Value::Amounts(amounts));
        self.facts
            .push_opt(subject, Property::AmountFields, amounts, object.origin);
    }

    /// Adds the steps of an amount of money.
    pub(super) fn steps(
        &mut self,
        subject: &Item,
        amount: Option<&model::Amount>,
        origin: Origin,
        advice: &mut Advice,
    ) {
        let steps = |force: Severity| {
            let all = amount.iter().flat_map(|amount| &amount.multiple_of);
            let own = all.filter(|one| self.force(&one.strength) == Some(force));
            let steps = own.map(
                |AmountStep {
                     currency,
                     step,
                     strength: _,
                 }| (currency.clone(), *step),
            );
            let steps: BTreeMap<String, u32> = steps.collect();
            (!steps.is_empty()).then_some(Value::Steps(steps))
        };
        advice.push_opt(Property::AmountSteps, steps(Severity::Warning));
        let steps = steps(Severity::Error);
        self.facts
            .push_opt(subject, Property::AmountSteps, steps, origin);
    }
}

/// Returns the field of an amount of money, and its meaning.
fn amount(amount: &model::Amount) -> (String, Amount) {
    let model::Amount {
        value,
        currency,
        unit,
        // Facts of the field.
        multiple_of: _,
    } = amount;
    let (currency, unit) = (currency.clone(), *unit);
    (value.clone(), Amount { currency, unit })
}
