//! Objects: their fields one by one, then what concerns several of them.

use super::Walk;
use super::path::Place;
use super::scalar::Buffer;
use super::tree::enter;
use crate::schema::{AmountRule, Condition, Field, Kind, Rule, RuleAt};
use crate::value::Reflect;
use crate::{RuleId, Schema, Severity, Side, Value, phrases, rules};

impl Walk {
    pub(super) fn object(&mut self, object: &dyn Reflect, at: &Place<'_>) {
        let schema = object.schema();
        let mut has_conditions = false;
        for (index, field) in schema.fields.iter().enumerate() {
            has_conditions |= !field.required_when.is_empty() || !field.forbidden_when.is_empty();
            let value = &object.value_at(index);
            let is_missing = field.required && value.is_absent();
            if !is_missing && self.is_fine(value, &field.kind, field.rules) {
                continue;
            }
            let at = &at.field(field.name, field.sensitive);
            if self.is_there(field, value) {
                self.value(value, &field.kind, field.rules, schema, at);
            } else if field.required {
                self.missing(Severity::Error, at);
            } else {
                self.required_by_rule(field.rules, at);
            }
        }
        if has_conditions {
            self.conditions_of_fields(object, schema, at);
        }
        self.alternatives(object, schema, at);
        if let Some(amount) = &schema.amount {
            self.amount(object, schema, amount, at);
        }
    }

    fn conditions_of_fields(
        &mut self,
        object: &dyn Reflect,
        schema: &'static Schema,
        at: &Place<'_>,
    ) {
        for (index, field) in schema.fields.iter().enumerate() {
            if !field.required_when.is_empty() || !field.forbidden_when.is_empty() {
                let present = self.is_there(field, &object.value_at(index));
                let at = &at.field(field.name, field.sensitive);
                self.conditions(
                    present,
                    field.required_when,
                    field.forbidden_when,
                    object,
                    at,
                );
            }
        }
    }

    /// Whether a field has a value. In an answer an empty text stands for an absent one, unless any
    /// text would do or the field is required.
    pub(super) fn is_there(&self, field: &Field, value: &Value<'_>) -> bool {
        if value.is_absent() {
            return false;
        }
        let is_text = matches!(field.kind, Kind::Text | Kind::Object(_) | Kind::List(_));
        self.side == Side::Request || is_text || field.required || !is_empty_text(value)
    }

    /// Whether `""` in this object is a violation.
    pub(super) fn forbids_empty(&self, schema: &Schema) -> bool {
        !schema.empty_text && self.side == Side::Request
    }

    fn missing(&mut self, severity: Severity, at: &Place<'_>) {
        self.report(RuleId::Required, severity, at, || {
            (phrases::expected_present(), phrases::actual_absent())
        });
    }

    /// Notes an absent field if one of its rules requires it.
    pub(super) fn required_by_rule(&mut self, rules: &[RuleAt], at: &Place<'_>) {
        for rule in rules {
            if matches!(rule.rule, Rule::Required) && self.applies(rule.side) {
                self.missing(rule.severity, at);
            }
        }
    }

    /// Checks whether a field must be there, or must not, because of others. `base` is where the paths
    /// of the conditions begin.
    pub(super) fn conditions(
        &mut self,
        present: bool,
        required_when: &[Condition],
        forbidden_when: &[Condition],
        base: &dyn Reflect,
        at: &Place<'_>,
    ) {
        let (conditions, rule) = if present {
            (forbidden_when, RuleId::ForbiddenWhen)
        } else {
            (required_when, RuleId::RequiredWhen)
        };
        for condition in conditions {
            if self.applies(condition.side) && self.is_met(condition, condition.path, base) {
                let Condition { path, values, .. } = condition;
                self.report(rule, condition.severity, at, || match present {
                    true => (
                        phrases::expected_forbidden_when(path, values),
                        phrases::actual_present(),
                    ),
                    false => (
                        phrases::expected_required_when(path, values),
                        phrases::actual_absent(),
                    ),
                });
            }
        }
    }

    fn is_met(&self, condition: &Condition, path: &[&str], object: &dyn Reflect) -> bool {
        let [name, rest @ ..] = path else {
            return false;
        };
        let schema = object.schema();
        let Some((index, field)) = find(schema, name) else {
            return false;
        };
        let value = &object.value_at(index);
        if !self.is_there(field, value) {
            return false;
        }
        if !rest.is_empty() {
            let look = |inner: &dyn Reflect| self.is_met(condition, rest, inner);
            return enter(value, &field.kind, look).unwrap_or(false);
        }
        if condition.values.is_empty() {
            return true;
        }
        let mut buffer = Buffer::new();
        let text = self.readable(value, &field.kind, schema, &mut buffer);
        text.is_some_and(|text| rules::one_of(text, condition.values.iter().copied()))
    }

    fn alternatives(&mut self, object: &dyn Reflect, schema: &'static Schema, at: &Place<'_>) {
        for group in schema.alternatives {
            let is_there = |name: &&str| {
                find(schema, name)
                    .is_some_and(|(index, field)| self.is_there(field, &object.value_at(index)))
            };
            if self.applies(group.side) && !group.fields.iter().any(is_there) {
                self.report(RuleId::AtLeastOneOf, group.severity, at, || {
                    (
                        phrases::expected_at_least_one_of(group.fields),
                        phrases::actual_absent(),
                    )
                });
            }
        }
    }

    fn amount(
        &mut self,
        object: &dyn Reflect,
        schema: &'static Schema,
        amount: &AmountRule,
        at: &Place<'_>,
    ) {
        let (mut letters, mut digits) = (Buffer::new(), Buffer::new());
        let (Some(currency), Some(value)) = (
            schema.fields.get(amount.currency),
            schema.fields.get(amount.value),
        ) else {
            return;
        };
        let code = object.value_at(amount.currency);
        for step in amount.multiple_of {
            if !self.applies(step.side)
                || self.readable(&code, &currency.kind, schema, &mut letters) != Some(step.currency)
            {
                continue;
            }
            let number = object.value_at(amount.value);
            let Some(text) = self.readable(&number, &value.kind, schema, &mut digits) else {
                return;
            };
            let Ok(number) = text.parse() else {
                return;
            };
            if !rules::multiple_of(number, step.step) {
                let at = &at.field(value.name, value.sensitive);
                self.report(RuleId::MultipleOf, step.severity, at, || {
                    let expected = phrases::expected_multiple_of(step.step, step.currency);
                    (expected, phrases::actual_text(text, at.sensitive))
                });
            }
        }
    }
}

/// The field of this name.
pub(super) fn find(schema: &'static Schema, name: &str) -> Option<(usize, &'static Field)> {
    let index = schema.position(name)?;
    Some((index, schema.fields.get(index)?))
}

fn is_empty_text(value: &Value<'_>) -> bool {
    match value {
        Value::Text(text) | Value::Checked(text) => text.is_empty(),
        Value::Node(crate::json::Node::String(text)) => text.is_empty(),
        _ => false,
    }
}
