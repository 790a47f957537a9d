//! Defaults of fields: each must be a possible value of its field, and the field must be optional.

use super::Context;
use super::contradictions::broken;
use super::mask::shown;
use crate::diagnostic::{Diagnostic, codes};
use crate::model::{Constraint, DefaultValue, Field, Rule, Type};
use crate::source::Span;
use crate::value::one_spelling;
use payspec_runtime::Sensitive;

/// The rules beside a default.
pub(super) struct Beside<'a> {
    /// True if the field is required unconditionally.
    pub(super) required: bool,
    /// The rules that fit the type.
    pub(super) rules: &'a [Constraint],
    pub(super) sensitive: Option<Sensitive>,
}

impl Context<'_> {
    /// Checks a default against the type and the rules beside it.
    pub(super) fn check_default(
        &mut self,
        default: &DefaultValue,
        span: Span,
        ty: Option<&Type>,
        beside: &Beside<'_>,
    ) {
        let refused = |message: &str, help: &str| {
            Diagnostic::new(&codes::BAD_DEFAULT, message)
                .at(span, "")
                .help(help)
        };
        if beside.required {
            self.report(refused(
                "a required field cannot have a default",
                "a default is for a field that may be absent: remove `default` or `required`",
            ));
        }
        if beside.sensitive == Some(Sensitive::Secret) {
            self.report(refused(
                "a secret cannot have a default",
                "a value in the spec is not secret: remove `default` or `sensitive`",
            ));
            return;
        }
        let Some(ty) = ty else { return };
        if let Some(what) = composite(ty) {
            self.report(refused(
                &format!("{what} cannot have a default"),
                "a default is one text, number or boolean: describe the rule in the `description`",
            ));
            return;
        }
        let sensitive = beside.sensitive.is_some();
        if let Some(complaint) = self.not_a_value(ty, &default.text, sensitive) {
            let complaint = complaint.into_diagnostic(&codes::BAD_DEFAULT, span);
            let is_time = matches!(ty, Type::DateTime | Type::Date);
            self.report(match is_time {
                true => {
                    complaint.help("describe a time relative to the request in the `description`")
                }
                false => complaint,
            });
            return;
        }
        for constraint in beside.rules {
            if let Rule::Const(_) = constraint.rule {
                let declared = self.map.word_at(constraint.origin);
                self.report(
                    refused(
                        "a field with only one value cannot have a default",
                        "remove `default`: it repeats `const` or contradicts it",
                    )
                    .also(declared, "the only value"),
                );
            } else if let Some(why) = excluded(&default.text, &constraint.rule) {
                let message = format!("{} {why}", shown(&default.text, sensitive));
                let declared = self.map.word_at(constraint.origin);
                self.report(
                    Diagnostic::new(&codes::BAD_DEFAULT, message)
                        .at(span, "")
                        .also(declared, format!("by this `{}`", constraint.rule.name())),
                );
            }
        }
    }

    /// Checks the default and the rules of a refinement against those of the field that it refines.
    pub(super) fn refined_default(
        &mut self,
        field: &Field,
        own: Option<&DefaultValue>,
        rules: &[Constraint],
        required: bool,
    ) {
        let sensitive = field.sensitive.is_some();
        let contradiction = |message: String, at: Span| {
            Diagnostic::new(&codes::CONTRADICTS_BASE, message).at(at, "")
        };
        let base = field.default.as_ref();
        if let Some(own) = own {
            let span = self.map.word_at(own.origin);
            if field.required {
                let message = format!(
                    "`{}` is required by its type, so it cannot have a default",
                    field.name
                );
                let declared = self.map.word_at(field.origin);
                self.report(contradiction(message, span).also(declared, "declared here"));
            }
            let spelled = |default: &DefaultValue| one_spelling(&field.ty, &default.text);
            if let Some(base) = base.filter(|base| spelled(base) != spelled(own)) {
                let message = format!(
                    "the default is {} here and {} in the type",
                    shown(&own.text, sensitive),
                    shown(&base.text, sensitive)
                );
                let there = self.map.word_at(base.origin);
                self.report(contradiction(message, span).also(there, "the default of the type"));
            }
            for rule in &field.constraints {
                if let Some(why) = excluded(&own.text, &rule.rule) {
                    let message = format!("the default {} {why}", shown(&own.text, sensitive));
                    let there = self.map.word_at(rule.origin);
                    let by = format!("by this `{}`", rule.rule.name());
                    self.report(contradiction(message, span).also(there, by));
                }
            }
        }
        // If the refinement makes the field required, the default of the type has no effect.
        let Some(base) = base.filter(|_| !required) else {
            return;
        };
        for rule in rules {
            if let Some(why) = excluded(&base.text, &rule.rule) {
                let message = format!(
                    "the default {} of the type {why}",
                    shown(&base.text, sensitive)
                );
                let (here, there) = (self.map.word_at(rule.origin), self.map.word_at(base.origin));
                self.report(
                    contradiction(message, here)
                        .also(there, "the default")
                        .help("allow the default, or make the field `required` here"),
                );
            }
        }
    }
}

/// Returns the reason why a rule excludes a text, if it does.
fn excluded(text: &str, rule: &Rule) -> Option<String> {
    match rule {
        Rule::Const(value) if value != text => Some("is not the only value allowed".to_owned()),
        Rule::Values(values) if !values.iter().any(|value| value == text) => {
            Some("is not one of the `values`".to_owned())
        }
        Rule::Required
        | Rule::Const(_)
        | Rule::Values(_)
        | Rule::MinLength(_)
        | Rule::MaxLength(_)
        | Rule::Pattern(_)
        | Rule::Min(_)
        | Rule::Max(_)
        | Rule::MultipleOf(_)
        | Rule::MinItems(_)
        | Rule::MaxItems(_)
        | Rule::UniqueItems
        | Rule::Format(_) => broken(text, rule),
    }
}

/// Returns the word for a value of a composite type; [`None`] for a single value.
fn composite(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Object(_) => Some("an object"),
        Type::List(_) => Some("a list"),
        Type::Map(_) => Some("a map"),
        Type::Union(_) => Some("one of several objects"),
        Type::Json(_) => Some("a JSON text"),
        Type::Any => Some("any JSON"),
        Type::String
        | Type::Integer
        | Type::Decimal
        | Type::Boolean
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Binary
        | Type::Timestamp(_)
        | Type::Url
        | Type::Country
        | Type::Currency(_)
        | Type::Enum(_) => None,
    }
}
