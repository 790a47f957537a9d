use super::Context;
use super::paths::{Target, Wanted, Way};
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, Constraints};
use crate::model::{Condition, Met, Object, Test, Type};
use crate::pointer::EACH;
use crate::source::{At, Span};

/// The target of conditions.
pub(super) struct ConditionTarget<'a> {
    /// The names that lead to it; the conditions' paths start at the same place.
    pub(super) path: &'a [String],
    /// True if it is required unconditionally.
    pub(super) required: bool,
}

/// A condition whose path must still be followed.
pub(super) struct Check {
    path: Vec<String>,
    path_span: Span,
    values: Vec<(String, Span)>,
    /// The place of `absent: true`.
    absent: Option<Span>,
}

impl Context<'_> {
    /// Resolves the conditions under which the target (a field, or the end of a refinement's path) must
    /// be present or absent.
    pub(super) fn conditions(
        &mut self,
        constraints: &Constraints<'_>,
        at: At<'_>,
        target: &ConditionTarget<'_>,
        inherited: &Cited,
        checks: &mut Vec<Check>,
    ) -> [Vec<Condition>; 2] {
        let keys = [
            ("required_when", constraints.required_when),
            ("forbidden_when", constraints.forbidden_when),
        ];
        keys.map(|(key, conditions)| {
            if conditions.is_empty() {
                return Vec::new();
            }
            let list = at.at(key);
            if target.required {
                let message = format!("`{key}` has no effect beside `required: true`");
                self.report(
                    Diagnostic::new(&codes::IDLE_CONDITION, message)
                        .at(list.key_span(), "the field is always present"),
                );
            }
            let conditions = conditions.iter().zip(list.each());
            conditions
                .map(|(condition, at)| self.condition(condition, at, target, inherited, checks))
                .collect()
        })
    }

    fn condition(
        &mut self,
        condition: &format::Condition,
        at: At<'_>,
        target: &ConditionTarget<'_>,
        inherited: &Cited,
        checks: &mut Vec<Check>,
    ) -> Condition {
        let mut idle = |message: &str, help: &str| {
            self.found.push(
                Diagnostic::new(&codes::IDLE_CONDITION, message)
                    .at(at.key_span(), "")
                    .help(help),
            );
        };
        match (&condition.path, &condition.text) {
            (None, None) => idle(
                "this condition has neither a `path` nor a `text`",
                "add a `path`, a `text`, or both",
            ),
            (None, Some(_)) if !condition.values.is_empty() => {
                idle(
                    "this condition has `values` but no `path`",
                    "add the `path` of the field to test",
                );
            }
            (None, Some(_)) if condition.absent => {
                idle(
                    "this condition has `absent` but no `path`",
                    "add the `path` of the field to test",
                );
            }
            (Some(_), _) if condition.absent && !condition.values.is_empty() => {
                idle(
                    "this condition has `absent` and `values`, which exclude each other",
                    "write two conditions: each of them alone is enough",
                );
            }
            _ => {}
        }
        let path_at = at.at("path");
        let text = condition.path.as_deref();
        let path = text.and_then(|text| self.pointer(text, path_at.span()));
        if path.as_deref() == Some(target.path) {
            let message = "this condition depends on the field itself";
            self.report(Diagnostic::new(&codes::IDLE_CONDITION, message).at(path_at.span(), ""));
        } else if let Some(path) = &path {
            let values = condition.values.iter().zip(at.at("values").each());
            let located = |(value, at): (&String, At<'_>)| (value.clone(), at.span());
            checks.push(Check {
                path: path.clone(),
                path_span: path_at.span(),
                values: values.map(located).collect(),
                absent: condition.absent.then(|| at.at("absent").span()),
            });
        }
        let particulars = format::Particulars {
            severity: condition.severity,
            direction: condition.direction,
            source: condition.source.clone(),
            reason: condition.reason.clone(),
        };
        Condition {
            test: path.map(|path| Test {
                path,
                met: match condition.values.as_slice() {
                    _ if condition.absent => Met::Absent,
                    [] => Met::Present,
                    values => Met::OneOf(values.to_vec()),
                },
            }),
            text: condition.text.clone(),
            strength: self.strength(&particulars, at, inherited),
            origin: self.map.origin(at.key_span()),
        }
    }

    /// Follows the path of a condition from the object that has the field.
    pub(super) fn check_condition(&self, start: &Object, check: &Check) -> Vec<Diagnostic> {
        let (path, wanted) = match check.path.split_last() {
            Some((last, list)) if last == EACH && !list.is_empty() => (list, Wanted::Scalars),
            _ if check.values.is_empty() => (check.path.as_slice(), Wanted::Any),
            _ => (check.path.as_slice(), Wanted::Scalar),
        };
        if let Some(wrong) = self.judge(start, path, check.path_span, (Way::OneValue, wanted)) {
            return vec![wrong];
        }
        let Ok(Target::Field(field)) = self.follow(start, path, Way::OneValue) else {
            return Vec::new();
        };
        let ty = match &field.ty {
            Type::List(element) if wanted == Wanted::Scalars => &element.ty,
            ty => ty,
        };
        if wanted == Wanted::Scalars && check.values.is_empty() {
            let (message, span, help) = match check.absent {
                Some(span) => (
                    "this condition is never met: the elements of a list are never absent",
                    span,
                    "test the list itself: leave out the `*`",
                ),
                None => (
                    "this condition is always true: it accepts any element",
                    check.path_span,
                    "add `values`, one of which an element must have",
                ),
            };
            return vec![
                Diagnostic::new(&codes::IDLE_CONDITION, message)
                    .at(span, "")
                    .help(help),
            ];
        }
        let mut found = Vec::new();
        let never = check.absent.filter(|_| self.is_always_present(start, path));
        found.extend(never.map(|span| {
            let message = "this condition is never met: the field is always present";
            Diagnostic::new(&codes::IDLE_CONDITION, message)
                .at(span, "")
                .also(self.map.word_at(field.origin), "required here")
        }));
        for (index, (value, span)) in check.values.iter().enumerate() {
            let earlier = &check.values[..index];
            if let Some((_, first)) = earlier.iter().find(|(other, _)| other == value) {
                let message = "duplicate value";
                found.push(
                    Diagnostic::new(&codes::IDLE_CONDITION, message)
                        .at(*span, "again")
                        .also(*first, "first"),
                );
            } else if let Some(complaint) = self.not_a_value(ty, value, field.sensitive.is_some()) {
                found.push(complaint.into_diagnostic(&codes::IDLE_CONDITION, *span));
            }
        }
        found
    }

    /// Returns whether every message has a value at a path, because it and all objects on the way to it are required and
    /// never `null`.
    fn is_always_present(&self, start: &Object, path: &[String]) -> bool {
        (1..=path.len()).all(|end| {
            let target = self.follow(start, &path[..end], Way::OneValue);
            matches!(target, Ok(Target::Field(field)) if field.required && !field.nullable)
        })
    }

    /// Returns the enum of a type, if it is one.
    pub(super) fn enum_of(&self, ty: &Type) -> Option<&crate::model::Enum> {
        match ty {
            Type::Enum(id) => self.enums.get(id.0),
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_) => None,
        }
    }
}
