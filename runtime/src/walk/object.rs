//! Objects: their fields one by one, then what concerns several of them.

use super::Walk;
use super::path::Place;
use super::scalar::{Buffer, text_of};
use super::tree::enter;
use crate::schema::{AmountRule, Condition, Field, Kind, Rule, RuleAt};
use crate::value::Reflect;
use crate::{RuleId, Schema, Severity, Side, Value, phrases, rules};

impl Walk {
    pub(super) fn object(&mut self, object: &dyn Reflect, at: &Place<'_>) {
        let schema = object.schema();
        for (index, field) in schema.fields.iter().enumerate() {
            let value = self.fetch(object, schema, index, field);
            let at = &at.field(field.name, field.sensitive);
            if !value.is_absent() {
                self.value(value, &field.kind, field.rules, schema, at);
            } else if field.required {
                self.missing(Severity::Error, at);
            } else {
                self.required_by_rule(field.rules, at);
            }
        }
        for (index, field) in schema.fields.iter().enumerate() {
            if field.required_when.is_empty() && field.forbidden_when.is_empty() {
                continue;
            }
            let present = !self.fetch(object, schema, index, field).is_absent();
            let at = &at.field(field.name, field.sensitive);
            self.conditions(
                present,
                field.required_when,
                field.forbidden_when,
                object,
                at,
            );
        }
        self.alternatives(object, schema, at);
        if let Some(amount) = &schema.amount {
            self.amount(object, schema, amount, at);
        }
    }

    /// The value of a field. Where an empty text may stand for an absent value, it does, unless it is
    /// a text of its own right or the field is required.
    pub(super) fn fetch<'a>(
        &self,
        object: &'a dyn Reflect,
        schema: &Schema,
        index: usize,
        field: &Field,
    ) -> Value<'a> {
        let value = object.value_at(index);
        let is_text = matches!(field.kind, Kind::Text | Kind::Object(_) | Kind::List(_));
        if is_text || field.required || self.forbids_empty(schema) || !is_empty_text(&value) {
            value
        } else {
            Value::Absent
        }
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
        let value = self.fetch(object, schema, index, field);
        if !rest.is_empty() {
            return enter(value, &field.kind, |inner| {
                self.is_met(condition, rest, inner)
            })
            .unwrap_or(false);
        }
        if condition.values.is_empty() {
            return !value.is_absent();
        }
        let mut buffer = Buffer::new();
        let text = text_of(&value, &mut buffer);
        text.is_some_and(|text| rules::one_of(text, condition.values.iter().copied()))
    }

    fn alternatives(&mut self, object: &dyn Reflect, schema: &'static Schema, at: &Place<'_>) {
        for group in schema.alternatives {
            let is_there = |name: &&str| {
                find(schema, name).is_some_and(|(index, field)| {
                    !self.fetch(object, schema, index, field).is_absent()
                })
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
        let (mut buffer, mut digits) = (Buffer::new(), Buffer::new());
        let (currency, value) = (
            object.value_at(amount.currency),
            object.value_at(amount.value),
        );
        let Some(currency) = text_of(&currency, &mut buffer) else {
            return;
        };
        for step in amount.multiple_of {
            if step.currency != currency || !self.applies(step.side) {
                continue;
            }
            let text = text_of(&value, &mut digits);
            let Some((text, field)) = text.zip(schema.fields.get(amount.value)) else {
                return;
            };
            let Some(number) = text.parse().ok().filter(|_| rules::integer(text)) else {
                return;
            };
            if !rules::multiple_of(number, step.step) {
                let at = &at.field(field.name, field.sensitive);
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
