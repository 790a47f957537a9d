//! The test of a condition, and what it means under an effect.

use super::grammar::{Effect, TestKind};
use super::names::Names;
use super::pattern::Captures;
use crate::facts::{ConditionKind, Met, Test};

/// A test as its phrase says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Parsed {
    Field(String, Met),
    NotOneOf(String, Vec<String>),
    AllAbsent(Vec<String>),
    AnyPresent(Vec<String>),
    /// Fields that the phrase lacks.
    Nothing,
}

impl Parsed {
    pub(super) fn of(kind: TestKind, captures: Captures) -> Self {
        let Captures {
            fields,
            values,
            own,
        } = captures;
        if own {
            return Parsed::Nothing;
        }
        let field = fields.first().cloned();
        let parsed = match kind {
            TestKind::Present => field.map(|field| Parsed::Field(field, Met::Present)),
            TestKind::Absent => field.map(|field| Parsed::Field(field, Met::Absent)),
            TestKind::OneOf => field.map(|field| Parsed::Field(field, Met::OneOf { values })),
            TestKind::NoneOf => field.map(|field| Parsed::NotOneOf(field, values)),
            TestKind::AllAbsent => Some(Parsed::AllAbsent(fields)),
            TestKind::AnyPresent => Some(Parsed::AnyPresent(fields)),
        };
        parsed.unwrap_or(Parsed::Nothing)
    }

    fn negated(self) -> Self {
        match self {
            Parsed::Field(field, Met::Present) => Parsed::Field(field, Met::Absent),
            Parsed::Field(field, Met::Absent) => Parsed::Field(field, Met::Present),
            Parsed::Field(field, Met::OneOf { values }) => Parsed::NotOneOf(field, values),
            Parsed::NotOneOf(field, values) => Parsed::Field(field, Met::OneOf { values }),
            Parsed::AllAbsent(fields) => Parsed::AnyPresent(fields),
            Parsed::AnyPresent(fields) => Parsed::AllAbsent(fields),
            Parsed::Nothing => Parsed::Nothing,
        }
    }

    /// Returns the condition that has this effect while the test passes, or while it fails.
    pub(super) fn under(
        self,
        effect: Effect,
        negated: bool,
        own: &[String],
        names: &Names,
    ) -> Option<(ConditionKind, Test)> {
        // `Not needed if X is absent` leaves open whether it is needed if X is given.
        if let (Effect::Optional, false, Parsed::Field(_, Met::Absent)) = (effect, negated, &self) {
            return None;
        }
        let (kind, negated) = match (effect, negated) {
            (Effect::Required, negated) => (ConditionKind::RequiredWhen, negated),
            // What may be left out under a condition must be given otherwise.
            (Effect::Optional, negated) => (ConditionKind::RequiredWhen, !negated),
            (Effect::Present, negated) => (ConditionKind::PresentWhen, negated),
            (Effect::Absent, negated) => (ConditionKind::AbsentWhen, negated),
        };
        let parsed = if negated { self.negated() } else { self };
        match (kind, parsed) {
            (kind, Parsed::Field(field, met)) => Some((kind, Test::Field { field, met })),
            (kind, Parsed::NotOneOf(field, values)) => {
                let values = names.other_values(&field, &values)?;
                let met = Met::OneOf { values };
                Some((kind, Test::Field { field, met }))
            }
            (ConditionKind::RequiredWhen, Parsed::AllAbsent(mut fields)) => {
                fields.extend(own.first().cloned());
                fields.sort();
                fields.dedup();
                Some((ConditionKind::AtLeastOneOf, Test::Group { fields }))
            }
            (
                ConditionKind::RequiredWhen
                | ConditionKind::OptionalWhen
                | ConditionKind::PresentWhen
                | ConditionKind::AbsentWhen
                | ConditionKind::AtLeastOneOf,
                Parsed::AllAbsent(_) | Parsed::AnyPresent(_) | Parsed::Nothing,
            ) => None,
        }
    }
}
