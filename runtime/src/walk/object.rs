//! Objects: their fields one by one, then the rules for several of them.

use super::direction::is_null_value;
use super::path::Place;
use super::{Holder, Walk};
use crate::schema::{Condition, Field};
use crate::value::Reflect;
use crate::{RuleId, Schema, Severity, Value, violation_text};
use core::ops::Range;

impl Walk {
    pub(super) fn object(&mut self, object: &dyn Reflect, at: &Place<'_>) {
        let schema = object.schema();
        // The range of the fields with conditions.
        let mut asking = 0..0;
        let mut next = 0;
        while let Some((index, value)) = object.next_suspect(next, self.here.direction) {
            let Some(field) = schema.fields.get(index) else {
                break;
            };
            next = index + 1;
            if field.has_conditions() {
                asking = if asking.is_empty() {
                    index
                } else {
                    asking.start
                }..next;
            }
            self.field(index, field, &value, Holder::of(schema, field), at);
        }
        if !asking.is_empty() {
            self.conditions_of_fields(asking, object, schema, at);
        }
        self.alternatives(object, schema, at);
        for amount in schema.amounts {
            self.amount(object, schema, amount, at);
        }
    }

    #[inline]
    fn field(
        &mut self,
        index: usize,
        field: &'static Field,
        value: &Value<'_>,
        holder: Holder,
        at: &Place<'_>,
    ) {
        if is_null_value(field, value) {
            return;
        }
        let at = &at.field(index, field);
        if self.here.is_there(field, value) {
            self.value(value, &field.kind, field.rules, field.inside, holder, at);
        } else if field.required {
            self.lacking(Severity::Error, at);
        } else {
            for severity in self.here.requirements(field.rules) {
                self.lacking(severity, at);
            }
        }
    }

    fn conditions_of_fields(
        &mut self,
        fields: Range<usize>,
        object: &dyn Reflect,
        schema: &'static Schema,
        at: &Place<'_>,
    ) {
        let all = schema.fields.iter().enumerate();
        for (index, field) in all.take(fields.end).skip(fields.start) {
            if field.has_conditions() {
                let present = self.here.is_present(field, &object.value_at(index));
                let at = &at.field(index, field);
                let Field {
                    required_when,
                    forbidden_when,
                    ..
                } = field;
                self.conditions(present, required_when, forbidden_when, object, at);
            }
        }
    }

    /// Reports that a required value is absent.
    pub(super) fn missing(&mut self, severity: Severity, at: &Place<'_>) {
        self.report(RuleId::Required, severity, at, || {
            (
                violation_text::expected_present(),
                violation_text::actual_absent(),
            )
        });
    }

    /// Reports that a value is absent that every such message has.
    fn lacking(&mut self, severity: Severity, at: &Place<'_>) {
        self.lose(RuleId::Required, severity, at, || {
            (
                violation_text::expected_present(),
                violation_text::actual_absent(),
            )
        });
    }

    /// Checks whether other fields require or forbid a field. The paths of the conditions begin at
    /// `base`.
    pub(super) fn conditions(
        &mut self,
        present: bool,
        required_when: &'static [Condition],
        forbidden_when: &'static [Condition],
        base: &dyn Reflect,
        at: &Place<'_>,
    ) {
        let (conditions, rule) = if present {
            (forbidden_when, RuleId::ForbiddenWhen)
        } else {
            (required_when, RuleId::RequiredWhen)
        };
        for condition in conditions {
            if self.here.is_met(condition, base) {
                self.report(rule, condition.severity, at, || match present {
                    true => (
                        violation_text::forbidden_by_condition(condition).into(),
                        violation_text::actual_present(),
                    ),
                    false => (
                        violation_text::expected_by_condition(condition).into(),
                        violation_text::actual_absent(),
                    ),
                });
            }
        }
    }

    fn alternatives(&mut self, object: &dyn Reflect, schema: &'static Schema, at: &Place<'_>) {
        for group in schema.alternatives {
            if self.here.lacks_all(group, object, schema) {
                self.report(RuleId::AtLeastOneOf, group.severity, at, || {
                    (
                        violation_text::expected_at_least_one_of(group.fields).into(),
                        violation_text::actual_absent(),
                    )
                });
            }
        }
    }
}
