//! Constraints of a field or refinement: read, and compared with the type and with each other.

use payspec_runtime::{Case, rules};

use super::Context;
use super::defaults::Beside;
use super::mask::shown;
use super::sources::Cited;
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::format::{
    self, Constraints, EnumType, Flag, FormatRule, Limit, Sensitive, Text, Values,
};
use crate::model::{Constraint, DefaultValue, Epoch, Rule, Strength, Type};
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
        // Destructured by name, so that a new key does not compile until this function handles it.
        let Constraints {
            required,
            required_when: _,
            forbidden_when: _,
            constant,
            values,
            min_length,
            max_length,
            pattern,
            min,
            max,
            multiple_of,
            min_items,
            max_items,
            unique_items,
            format,
            default,
        } = *constraints;
        let mut reading = Reading {
            context: self,
            at,
            sources,
            constraints: Vec::new(),
            unknown_limits: Vec::new(),
        };
        let required = reading.required(required);
        reading.text("const", constant, Rule::Const);
        reading.values(values);
        reading.limit("min_length", min_length, Rule::MinLength);
        reading.limit("max_length", max_length, Rule::MaxLength);
        reading.text("pattern", pattern, Rule::Pattern);
        reading.text("min", min, Rule::Min);
        reading.text("max", max, Rule::Max);
        reading.text("multiple_of", multiple_of, Rule::MultipleOf);
        reading.limit("min_items", min_items, Rule::MinItems);
        reading.limit("max_items", max_items, Rule::MaxItems);
        reading.flag("unique_items", unique_items, Rule::UniqueItems);
        reading.format(format);
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

    /// Resolves the constraints of the keys of a map. Also returns those that no source states.
    pub(super) fn keys(
        &mut self,
        keys: &format::Keys,
        at: At<'_>,
        sources: &Cited,
        sensitive: bool,
    ) -> (Vec<Constraint>, Vec<&'static str>) {
        let format::Keys {
            max_length,
            pattern,
        } = keys;
        let mut reading = Reading {
            context: self,
            at,
            sources,
            constraints: Vec::new(),
            unknown_limits: Vec::new(),
        };
        reading.limit("max_length", max_length.as_ref(), Rule::MaxLength);
        reading.text("pattern", pattern.as_ref(), Rule::Pattern);
        let Reading {
            constraints,
            unknown_limits,
            ..
        } = reading;
        self.self_contradictions(&Type::String, &constraints, sensitive);
        let unknown_limits = unknown_limits.iter().map(|_| "keys").collect();
        (constraints, unknown_limits)
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
        let is_number = self.enum_of(ty).map(|set| set.ty) == Some(EnumType::Integer);
        let has_length = matches!(constraint.rule, Rule::MinLength(_) | Rule::MaxLength(_));
        if !constraint.rule.applies_to(ty) || is_number && has_length {
            let name = constraint.rule.name();
            let message = format!(
                "`{name}` does not apply to values of type {}",
                self.type_name(ty)
            );
            let span = self.map.word_at(constraint.origin);
            self.report(Diagnostic::new(&codes::MISFIT, message).at(span, "does not fit the type"));
            return false;
        }
        if let Rule::Min(limit) | Rule::Max(limit) | Rule::MultipleOf(limit) = &constraint.rule {
            let right = if *ty == Type::Integer {
                rules::integer(limit)
            } else {
                rules::decimal(limit)
            };
            if !right {
                let message = format!("`{limit}` is not a valid {}", self.type_name(ty));
                let span = self.map.word_at(constraint.origin);
                self.report(Diagnostic::new(&codes::BAD_NUMBER, message).at(span, ""));
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
            Type::Timestamp(Epoch::Seconds) => rules::epoch_seconds(text),
            Type::Timestamp(Epoch::Millis) => rules::epoch_millis(text),
            Type::Uuid => rules::uuid(text),
            Type::Binary => rules::base64(text),
            Type::Url => rules::url(text),
            Type::Country => rules::country_known(text),
            Type::Currency(Case::Upper) => rules::currency_known(text),
            Type::Currency(Case::Lower) => rules::lower_currency_known(text),
            Type::String
            | Type::Enum(_)
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_)
            | Type::Any => true,
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

    /// A rule without a value. `false` is the same as leaving it out.
    fn flag(&mut self, key: &str, flag: Option<&Flag>, rule: Rule) {
        match flag {
            None | Some(Flag::Short(false)) => {}
            Some(Flag::Short(true)) => self.add(key, rule, None),
            Some(Flag::Long(particulars)) => self.add(key, rule, Some(particulars)),
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
