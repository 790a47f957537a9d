//! Constraints of a field or refinement: read, and compared with the type and with each other.

use payspec_runtime::rules;

use super::Context;
use super::defaults::Beside;
use super::sources::Cited;
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::format::{
    self, Constraints, Flag, FormatName, FormatRule, Limit, Sensitive, Text, Values,
};
use crate::model::{Constraint, DefaultValue, Rule, Strength, Type};
use crate::source::{At, Span};
use payspec_runtime::closest;

/// The constraints of one field or refinement.
pub(super) struct Rules {
    /// True if required always, in both directions, with severity error.
    pub(super) required: bool,
    pub(super) constraints: Vec<Constraint>,
    pub(super) unknown_limits: Vec<&'static str>,
    pub(super) default: Option<DefaultValue>,
}

/// The reason why a text cannot be a value.
pub(super) struct NotAValue {
    message: String,
    help: Option<String>,
}

impl NotAValue {
    pub(super) fn into_diagnostic(self, code: &'static Code, span: Span) -> Diagnostic {
        let diagnostic = Diagnostic::new(code, self.message).at(span, "");
        match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

impl Context<'_> {
    /// Resolves the constraint keys of a field or refinement. Without a type, their fit to the type is
    /// not checked.
    pub(super) fn constraints(
        &mut self,
        constraints: &Constraints<'_>,
        at: At<'_>,
        ty: Option<&Type>,
        sources: &Cited,
        sensitive: Option<Sensitive>,
    ) -> Rules {
        let default = constraints.default;
        let mut reading = Reading {
            context: self,
            at,
            sources,
            constraints: Vec::new(),
            unknown_limits: Vec::new(),
        };
        let required = reading.required(constraints.required);
        reading.text("const", constraints.constant, Rule::Const);
        reading.values(constraints.values);
        reading.limit("min_length", constraints.min_length, Rule::MinLength);
        reading.limit("max_length", constraints.max_length, Rule::MaxLength);
        reading.text("pattern", constraints.pattern, Rule::Pattern);
        reading.text("min", constraints.min, Rule::Min);
        reading.text("max", constraints.max, Rule::Max);
        reading.limit("min_items", constraints.min_items, Rule::MinItems);
        reading.limit("max_items", constraints.max_items, Rule::MaxItems);
        reading.format(constraints.format);
        let Reading {
            constraints,
            unknown_limits,
            ..
        } = reading;
        let mut fitting = constraints.clone();
        if let Some(ty) = ty {
            fitting.retain(|constraint| self.fits(constraint, ty));
            self.self_contradictions(ty, &fitting, sensitive.is_some());
        }
        let default = default.map(|text| DefaultValue {
            text: text.to_owned(),
            origin: self.map.origin(at.at("default").key_span()),
        });
        if let Some(default) = &default {
            let beside = Beside {
                required,
                rules: &fitting,
                sensitive,
            };
            self.check_default(default, at.at("default").span(), ty, &beside);
        }
        Rules {
            required,
            constraints,
            unknown_limits,
            default,
        }
    }

    /// Returns the strength of an unconditional `required` in a refinement, where it stays a rule.
    pub(super) fn required_strength(
        &mut self,
        constraints: &Constraints<'_>,
        at: At<'_>,
        sources: &Cited,
    ) -> Strength {
        match constraints.required {
            Some(Flag::Long(particulars)) => self.strength(particulars, at.at("required"), sources),
            Some(Flag::Short(_)) | None => self.plain_strength(at.at("required"), sources),
        }
    }

    /// Returns whether a rule makes sense for a type; reports it if not.
    fn fits(&mut self, constraint: &Constraint, ty: &Type) -> bool {
        let fits = match &constraint.rule {
            Rule::Required => true,
            Rule::Const(_) | Rule::Values(_) => is_text(ty),
            Rule::MinLength(_) | Rule::MaxLength(_) => {
                matches!(ty, Type::String | Type::Enum(_) | Type::Url | Type::Json(_))
            }
            Rule::Pattern(_) => matches!(ty, Type::String | Type::Url),
            Rule::Min(_) | Rule::Max(_) => matches!(ty, Type::Integer | Type::Decimal),
            Rule::MinItems(_) | Rule::MaxItems(_) => matches!(ty, Type::List(_)),
            Rule::Format(_) => *ty == Type::String,
        };
        if !fits {
            let name = rule_name(&constraint.rule);
            let message = format!(
                "`{name}` says nothing about values of type {}",
                self.type_name(ty)
            );
            let span = self.map.word_at(constraint.origin);
            self.say(Diagnostic::new(&codes::MISFIT, message).at(span, "does not fit the type"));
            return false;
        }
        if let Rule::Min(limit) | Rule::Max(limit) = &constraint.rule {
            let right = match ty {
                Type::Integer => rules::integer(limit),
                _ => rules::decimal(limit),
            };
            if !right {
                let message = format!("`{limit}` is not a valid {}", self.type_name(ty));
                let span = self.map.word_at(constraint.origin);
                self.say(Diagnostic::new(&codes::BAD_NUMBER, message).at(span, ""));
            }
        }
        true
    }

    /// Returns the reason why a text cannot be a value of a type, if it cannot.
    pub(super) fn not_a_value(&self, ty: &Type, text: &str, sensitive: bool) -> Option<NotAValue> {
        if let Some(listed) = self.enum_of(ty) {
            if listed.values.iter().any(|value| value.name == text) {
                return None;
            }
            let names = listed.values.iter().map(|value| value.name.as_str());
            let help = closest(text, names).map(|word| format!("did you mean `{word}`?"));
            return Some(NotAValue {
                message: format!(
                    "{} is not one of the values of `{}`",
                    shown(text, sensitive),
                    listed.name
                ),
                help: help.filter(|_| !sensitive),
            });
        }
        let right = match ty {
            Type::Integer => rules::integer(text),
            Type::Decimal => rules::decimal(text),
            Type::Boolean => rules::boolean(text),
            Type::DateTime => rules::datetime(text),
            Type::Date => rules::date(text),
            Type::Url => rules::url(text),
            Type::Country => rules::country_known(text),
            Type::Currency => rules::currency_known(text),
            Type::String | Type::Enum(_) | Type::Object(_) | Type::List(_) | Type::Json(_) => true,
        };
        (!right).then(|| NotAValue {
            message: format!(
                "{} is not a valid {}",
                shown(text, sensitive),
                self.type_name(ty)
            ),
            help: None,
        })
    }
}

struct Reading<'c, 'a, 'm> {
    context: &'c mut Context<'m>,
    at: At<'a>,
    sources: &'c Cited,
    constraints: Vec<Constraint>,
    unknown_limits: Vec<&'static str>,
}

impl Reading<'_, '_, '_> {
    fn long(&mut self, key: &str, particulars: &format::Particulars) -> Strength {
        let at = self.at.at(key);
        self.context.strength(particulars, at, self.sources)
    }

    fn add(&mut self, key: &str, rule: Rule, particulars: Option<&format::Particulars>) {
        let strength = match particulars {
            Some(particulars) => self.long(key, particulars),
            None => self.context.plain_strength(self.at.at(key), self.sources),
        };
        let origin = self.context.map.origin(self.at.at(key).key_span());
        self.constraints.push(Constraint {
            rule,
            strength,
            origin,
        });
    }

    /// Returns whether the field is required unconditionally; a weaker requirement becomes a
    /// constraint.
    fn required(&mut self, flag: Option<&Flag>) -> bool {
        match flag {
            None => false,
            Some(Flag::Short(required)) => *required,
            Some(Flag::Long(particulars)) => {
                let strength = self.long("required", particulars);
                let always = strength.is_strict();
                if !always {
                    self.add("required", Rule::Required, Some(particulars));
                }
                always
            }
        }
    }

    fn text(&mut self, key: &str, text: Option<&Text>, rule: fn(String) -> Rule) {
        match text {
            None => {}
            Some(Text::Short(text)) => self.add(key, rule(text.clone()), None),
            Some(Text::Long(long)) => {
                self.add(key, rule(long.value.clone()), Some(&long.particulars()));
            }
        }
    }

    fn values(&mut self, values: Option<&Values>) {
        match values {
            None => {}
            Some(Values::Short(values)) => self.add("values", Rule::Values(values.clone()), None),
            Some(Values::Long(long)) => {
                self.add(
                    "values",
                    Rule::Values(long.value.clone()),
                    Some(&long.particulars()),
                );
            }
        }
    }

    fn limit(&mut self, key: &'static str, limit: Option<&Limit>, rule: fn(u32) -> Rule) {
        match limit {
            None => {}
            Some(Limit::Short(limit)) => self.add(key, rule(*limit), None),
            Some(Limit::Unknown(_)) => self.unknown_limits.push(key),
            Some(Limit::Long(long)) => self.add(key, rule(long.value), Some(&long.particulars())),
        }
    }

    fn format(&mut self, format: Option<&FormatRule>) {
        match format {
            None => {}
            Some(FormatRule::Short(name)) => self.add("format", Rule::Format(*name), None),
            Some(FormatRule::Long(long)) => {
                self.add(
                    "format",
                    Rule::Format(long.value),
                    Some(&long.particulars()),
                );
            }
        }
    }
}

/// Returns a value for a message; the value of a sensitive field is masked.
pub(super) fn shown(text: &str, sensitive: bool) -> String {
    if sensitive {
        "this value".to_owned()
    } else {
        format!("`{text}`")
    }
}

pub(super) fn rule_name(rule: &Rule) -> &'static str {
    match rule {
        Rule::Required => "required",
        Rule::Const(_) => "const",
        Rule::Values(_) => "values",
        Rule::MinLength(_) => "min_length",
        Rule::MaxLength(_) => "max_length",
        Rule::Pattern(_) => "pattern",
        Rule::Min(_) => "min",
        Rule::Max(_) => "max",
        Rule::MinItems(_) => "min_items",
        Rule::MaxItems(_) => "max_items",
        Rule::Format(FormatName::Mcc | FormatName::Json) => "format",
    }
}

/// Returns whether a value is compared as a text. A number has several spellings, and a boolean with
/// only one allowed value carries no information.
fn is_text(ty: &Type) -> bool {
    match ty {
        Type::String
        | Type::DateTime
        | Type::Date
        | Type::Url
        | Type::Country
        | Type::Currency
        | Type::Enum(_) => true,
        Type::Integer
        | Type::Decimal
        | Type::Boolean
        | Type::Object(_)
        | Type::List(_)
        | Type::Json(_) => false,
    }
}
