//! The rules of single values.

use super::Walk;
use super::path::Place;
use crate::schema::{Rule, RuleAt};
use crate::{RuleId, phrases, rules};

impl Walk {
    /// Checks a text, or the text of a number or boolean.
    pub(super) fn rules_of_text(&mut self, text: &str, rules: &[RuleAt], at: &Place<'_>) {
        for rule in rules {
            if !self.applies(rule.side) {
                continue;
            }
            let (id, holds) = match rule.rule {
                Rule::Required | Rule::MinItems(_) | Rule::MaxItems(_) => continue,
                Rule::Const(value) => (RuleId::Const, rules::constant(text, value)),
                Rule::Values(values) => {
                    (RuleId::Values, rules::one_of(text, values.iter().copied()))
                }
                Rule::MinLength(limit) => (RuleId::MinLength, rules::min_length(text, limit)),
                Rule::MaxLength(limit) => (RuleId::MaxLength, rules::max_length(text, limit)),
                Rule::Pattern(pattern) => (RuleId::Pattern, rules::matches(pattern, text)),
                Rule::Min(limit) => (RuleId::Min, rules::at_least(text, limit)),
                Rule::Max(limit) => (RuleId::Max, rules::at_most(text, limit)),
                Rule::Mcc => (RuleId::Format, rules::mcc(text)),
                Rule::Json => (RuleId::Format, rules::json(text)),
            };
            if !holds {
                self.report(id, rule.severity, at, || {
                    let actual = match rule.rule {
                        Rule::MinLength(_) | Rule::MaxLength(_) => phrases::actual_length(text),
                        _ => phrases::actual_text(text, at.sensitive),
                    };
                    (expected(&rule.rule), actual)
                });
            }
        }
    }

    /// Checks a list of this length.
    pub(super) fn rules_of_list(&mut self, count: usize, rules: &[RuleAt], at: &Place<'_>) {
        for rule in rules {
            if !self.applies(rule.side) {
                continue;
            }
            let (id, holds) = match rule.rule {
                Rule::MinItems(limit) => (RuleId::MinItems, rules::min_items(count, limit)),
                Rule::MaxItems(limit) => (RuleId::MaxItems, rules::max_items(count, limit)),
                // These speak of texts.
                Rule::Required
                | Rule::Const(_)
                | Rule::Values(_)
                | Rule::MinLength(_)
                | Rule::MaxLength(_)
                | Rule::Pattern(_)
                | Rule::Min(_)
                | Rule::Max(_)
                | Rule::Mcc
                | Rule::Json => continue,
            };
            if !holds {
                self.report(id, rule.severity, at, || {
                    (expected(&rule.rule), phrases::actual_items(count))
                });
            }
        }
    }
}

fn expected(rule: &Rule) -> String {
    match rule {
        Rule::Required => phrases::expected_present(),
        Rule::Const(value) => phrases::expected_const(value),
        Rule::Values(values) => phrases::expected_values(values),
        Rule::MinLength(limit) => phrases::expected_min_length(*limit),
        Rule::MaxLength(limit) => phrases::expected_max_length(*limit),
        Rule::Pattern(pattern) => phrases::expected_pattern(pattern.source()),
        Rule::Min(limit) => phrases::expected_min(limit),
        Rule::Max(limit) => phrases::expected_max(limit),
        Rule::MinItems(limit) => phrases::expected_min_items(*limit),
        Rule::MaxItems(limit) => phrases::expected_max_items(*limit),
        Rule::Mcc => phrases::expected_mcc(),
        Rule::Json => phrases::expected_json(),
    }
}
