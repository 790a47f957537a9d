//! Rules that no value can satisfy together.

use std::collections::BTreeSet;

use payspec_runtime::{Pattern, PatternError, rules};

use super::Context;
use super::mask::shown;
use super::pattern;
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::model::{Constraint, FormatName, Rule, Type};
use crate::source::Span;

/// Returns the reason why a text is not a pattern that can be matched in time, with advice.
fn unfit(pattern: &str) -> Option<(String, &'static str)> {
    match Pattern::check(pattern) {
        Err(error @ PatternError::Large) => Some((
            format!("this pattern is too large: {error}"),
            "limit the length with `max_length`, and nest fewer repetitions",
        )),
        Err(error) => Some((
            format!("invalid regular expression `{pattern}`: {error}"),
            "use the syntax of `regex-lite`; the whole text is matched, without `^` and `$`",
        )),
        Ok(()) if pattern::matches_nothing(pattern) => Some((
            format!("no text matches `{pattern}`"),
            "an anchor is in the middle, or a class excludes every character",
        )),
        Ok(()) => None,
    }
}

/// The relation between the places of two rules.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// Both are in one field or refinement.
    Together,
    /// The second one refines the field of the first one.
    Refined,
}

impl Context<'_> {
    /// Compares the rules of a field with its type and with each other.
    pub(super) fn self_contradictions(&mut self, ty: &Type, own: &[Constraint], sensitive: bool) {
        for (index, constraint) in own.iter().enumerate() {
            self.against_type(ty, constraint, sensitive);
            for other in &own[..index] {
                self.against(other, constraint, Stand::Together, sensitive);
            }
        }
    }

    /// Compares the rules of a refinement with those of the field that it refines.
    pub(super) fn contradictions(
        &mut self,
        base: &[Constraint],
        own: &[Constraint],
        sensitive: bool,
    ) {
        for constraint in own {
            for other in base {
                self.against(other, constraint, Stand::Refined, sensitive);
            }
        }
    }

    fn against_type(&mut self, ty: &Type, constraint: &Constraint, sensitive: bool) {
        let map = self.map;
        let span = || map.word_at(constraint.origin);
        match &constraint.rule {
            Rule::Const(value) => {
                if let Some(complaint) = self.not_a_value(ty, value, sensitive) {
                    self.report(complaint.into_diagnostic(&codes::IMPOSSIBLE_CONST, span()));
                }
            }
            Rule::Values(values) => {
                if values.is_empty() {
                    let message = "`values` is empty";
                    self.report(Diagnostic::new(&codes::IMPOSSIBLE_VALUES, message).at(span(), ""));
                }
                let mut seen = BTreeSet::new();
                for value in values {
                    if !seen.insert(value) {
                        let message = format!("duplicate {}", shown(value, sensitive));
                        self.report(
                            Diagnostic::new(&codes::IMPOSSIBLE_VALUES, message).at(span(), ""),
                        );
                    } else if let Some(complaint) = self.not_a_value(ty, value, sensitive) {
                        self.report(complaint.into_diagnostic(&codes::IMPOSSIBLE_VALUES, span()));
                    }
                }
            }
            Rule::Pattern(pattern) => self.usable_pattern(pattern, span()),
            Rule::MaxLength(0) | Rule::MaxItems(0) => {
                let message = "a maximum of 0 allows no value";
                self.report(
                    Diagnostic::new(&codes::BAD_BOUNDS, message)
                        .at(span(), "")
                        .help("use `removed` or `forbidden_when` for a field that must be absent"),
                );
            }
            Rule::MultipleOf(step) if rules::at_most(step, "0") => {
                let message = format!("`multiple_of` must be greater than 0, found `{step}`");
                self.report(
                    Diagnostic::new(&codes::BAD_BOUNDS, message)
                        .at(span(), "")
                        .help("write a positive number, such as \"0.01\""),
                );
            }
            Rule::Required
            | Rule::MinLength(_)
            | Rule::MaxLength(_)
            | Rule::Min(_)
            | Rule::Max(_)
            | Rule::MultipleOf(_)
            | Rule::MinItems(_)
            | Rule::MaxItems(_)
            | Rule::UniqueItems
            | Rule::Format(_) => {}
        }
    }

    /// Checks that a text is a pattern that can be matched in time.
    pub(super) fn usable_pattern(&mut self, pattern: &str, span: Span) {
        if pattern.is_empty() {
            let message = "this pattern is empty: it matches only the empty text";
            self.report(Diagnostic::new(&codes::BAD_PATTERN, message).at(span, ""));
        } else if let Some((message, help)) = unfit(pattern) {
            let unfit = Diagnostic::new(&codes::BAD_PATTERN, message).at(span, "");
            self.report(unfit.help(help));
        }
    }

    fn against(&mut self, a: &Constraint, b: &Constraint, stand: Stand, sensitive: bool) {
        let (one, other) = (a.strength.direction, b.strength.direction);
        let meet = one.is_none() || other.is_none() || one == other;
        // Try both orders: the table below lists each pair once.
        let conflict =
            conflict(&a.rule, &b.rule, sensitive).or_else(|| conflict(&b.rule, &a.rule, sensitive));
        let Some((code, message)) = conflict.filter(|_| meet) else {
            return;
        };
        let code = match stand {
            Stand::Together => code,
            Stand::Refined => &codes::CONTRADICTS_BASE,
        };
        let (here, there) = (self.map.word_at(b.origin), self.map.word_at(a.origin));
        self.report(
            Diagnostic::new(code, message)
                .at(here, "this rule")
                .also(there, format!("and this `{}`", a.rule.name())),
        );
    }
}

/// Returns the reason why no value can satisfy both rules, if so, with the kind of error.
fn conflict(a: &Rule, b: &Rule, sensitive: bool) -> Option<(&'static Code, String)> {
    let bounds = |message: String| Some((&codes::BAD_BOUNDS, message));
    match (a, b) {
        (Rule::Const(a), Rule::Const(b)) if a != b => Some((
            &codes::IMPOSSIBLE_CONST,
            "a field cannot have two constants".to_owned(),
        )),
        (Rule::Const(value), Rule::Values(values)) if !values.contains(value) => Some((
            &codes::IMPOSSIBLE_CONST,
            format!("{} is not one of the `values`", shown(value, sensitive)),
        )),
        (Rule::Values(a), Rule::Values(b)) if !a.iter().any(|value| b.contains(value)) => Some((
            &codes::IMPOSSIBLE_VALUES,
            "the two lists of values have no value in common".to_owned(),
        )),
        (Rule::Const(value), rule) => {
            let why = broken(value, rule)?;
            Some((
                &codes::IMPOSSIBLE_CONST,
                format!("{} {why}", shown(value, sensitive)),
            ))
        }
        (Rule::Values(values), rule) => {
            let (value, why) = values
                .iter()
                .find_map(|value| Some((value, broken(value, rule)?)))?;
            Some((
                &codes::IMPOSSIBLE_VALUES,
                format!("{} {why}", shown(value, sensitive)),
            ))
        }
        (Rule::MinLength(least), Rule::MaxLength(most)) if least > most => bounds(format!(
            "no text has at least {least} and at most {most} characters"
        )),
        (Rule::MinItems(least), Rule::MaxItems(most)) if least > most => bounds(format!(
            "no list has at least {least} and at most {most} elements"
        )),
        (Rule::Min(least), Rule::Max(most))
            if rules::decimal(least) && rules::decimal(most) && !rules::at_most(least, most) =>
        {
            bounds(format!("no number is at least {least} and at most {most}"))
        }
        (
            Rule::Required
            | Rule::MinLength(_)
            | Rule::MaxLength(_)
            | Rule::Pattern(_)
            | Rule::Min(_)
            | Rule::Max(_)
            | Rule::MultipleOf(_)
            | Rule::MinItems(_)
            | Rule::MaxItems(_)
            | Rule::UniqueItems
            | Rule::Format(_),
            _,
        ) => None,
    }
}

/// Returns the reason why a text breaks a rule, if it does.
pub(super) fn broken(text: &str, rule: &Rule) -> Option<String> {
    let (obeys, why) = match rule {
        Rule::MinLength(limit) => (
            rules::min_length(text, *limit),
            format!("has fewer than {limit} characters"),
        ),
        Rule::MaxLength(limit) => (
            rules::max_length(text, *limit),
            format!("has more than {limit} characters"),
        ),
        Rule::Pattern(pattern) => (
            // An invalid pattern has been reported.
            Pattern::check(pattern).is_err()
                || rules::matches(&Pattern::from_text(pattern.clone()), text),
            format!("does not match `{pattern}`"),
        ),
        Rule::Min(limit) => (
            !rules::decimal(text) || !rules::decimal(limit) || rules::at_least(text, limit),
            format!("is less than {limit}"),
        ),
        Rule::Max(limit) => (
            !rules::decimal(text) || !rules::decimal(limit) || rules::at_most(text, limit),
            format!("is greater than {limit}"),
        ),
        Rule::MultipleOf(step) => (
            !rules::decimal(text) || !rules::decimal(step) || rules::multiple_of(text, step),
            format!("is not a multiple of {step}"),
        ),
        Rule::Format(FormatName::Mcc) => (
            rules::mcc(text),
            "is not a merchant category code".to_owned(),
        ),
        Rule::Format(FormatName::Json) => (rules::json(text), "is not JSON".to_owned()),
        Rule::Required
        | Rule::Const(_)
        | Rule::Values(_)
        | Rule::MinItems(_)
        | Rule::MaxItems(_)
        | Rule::UniqueItems => return None,
    };
    (!obeys).then_some(why)
}
