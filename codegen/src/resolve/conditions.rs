use super::Context;
use super::paths::{Lists, Target, Wanted};
use crate::diagnostic::{Diagnostic, codes};
use crate::format;
use crate::model::{Condition, Object, SourceIds, Test, Type};
use crate::source::{At, Span};

/// A condition whose path is still to be followed.
pub(super) struct Check {
    path: Vec<String>,
    path_span: Span,
    values: Vec<(String, Span)>,
}

impl Context<'_> {
    /// Resolves the conditions at a key of a field or refinement.
    pub(super) fn conditions(
        &mut self,
        conditions: &[format::Condition],
        at: At<'_>,
        key: &str,
        inherited: &SourceIds,
        checks: &mut Vec<Check>,
    ) -> Vec<Condition> {
        if conditions.is_empty() {
            return Vec::new();
        }
        let list = at.at(key);
        let mut resolved = Vec::new();
        for (condition, at) in conditions.iter().zip(list.each()) {
            resolved.push(self.condition(condition, at, inherited, checks));
        }
        resolved
    }

    fn condition(
        &mut self,
        condition: &format::Condition,
        at: At<'_>,
        inherited: &SourceIds,
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
                "this condition has no `path` and no `text`",
                "say when it is met",
            ),
            (None, Some(_)) if !condition.values.is_empty() => {
                idle(
                    "these `values` belong to no `path`",
                    "add the `path` of the deciding field",
                );
            }
            _ => {}
        }
        let path_at = at.at("path");
        let text = condition.path.as_deref();
        let path = text.and_then(|text| self.pointer(text, path_at.span()));
        if let Some(path) = &path {
            let values = condition.values.iter().zip(at.at("values").each());
            let located = |(value, at): (&String, At<'_>)| (value.clone(), at.span());
            checks.push(Check {
                path: path.clone(),
                path_span: path_at.span(),
                values: values.map(located).collect(),
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
                values: condition.values.clone(),
            }),
            text: condition.text.clone(),
            strength: self.strength(&particulars, at, inherited),
            origin: self.map.origin(at.key_span()),
        }
    }

    /// Follows the path of a condition from the object that holds the field.
    pub(super) fn check_condition(&self, start: &Object, check: &Check) -> Vec<Diagnostic> {
        let wanted = if check.values.is_empty() {
            Wanted::Any
        } else {
            Wanted::Scalar
        };
        if let Some(wrong) = self.judge(start, &check.path, check.path_span, wanted) {
            return vec![wrong];
        }
        let Ok(Target::Field(field)) = self.follow(start, &check.path, Lists::Never) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (value, span) in &check.values {
            if let Some(complaint) = self.not_a_value(&field.ty, value, field.sensitive.is_some()) {
                found.push(complaint.into_diagnostic(&codes::IDLE_CONDITION, *span));
            }
        }
        found
    }

    /// Whether a type is known to be a boolean, enum, … that a text can be compared with.
    pub(super) fn enum_of(&self, ty: &Type) -> Option<&crate::model::Enum> {
        match ty {
            Type::Enum(id) => self.enums.get(id.0),
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Url
            | Type::Country
            | Type::Currency
            | Type::Object(_)
            | Type::List(_)
            | Type::Json(_) => None,
        }
    }
}
