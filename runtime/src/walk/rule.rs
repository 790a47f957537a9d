//! The rules of single values.

use super::Walk;
use super::path::Place;
use crate::schema::{Kind, Rule, RuleAt};
use crate::{RuleId, Value, phrases, rules};

impl Walk {
    /// Whether a quick look shows that nothing is wrong: most values are texts that keep their rules.
    /// Of the others, and of what is wrong, a closer look decides what there is to say.
    #[inline]
    pub(super) fn is_fine(&self, value: &Value<'_>, kind: &Kind, rules: &[RuleAt]) -> bool {
        let text = match *value {
            Value::Absent => return rules.is_empty(),
            Value::Text("") => return false,
            Value::Text(text) => match kind {
                Kind::Text => text,
                Kind::Url if rules::url(text) => text,
                _ => return false,
            },
            Value::Checked(text) => text,
            Value::Boolean(_) => return rules.is_empty(),
            Value::Integer(number) => {
                return rules.iter().all(|rule| is_within(number, rule));
            }
            Value::Object(_) | Value::List(_) | Value::Node(_) => return false,
        };
        rules
            .iter()
            .all(|rule| holds(&rule.rule, text) || !self.applies(rule.side))
    }

    /// Checks a text, or the text of a number or boolean.
    pub(super) fn rules_of_text(&mut self, text: &str, rules: &[RuleAt], at: &Place<'_>) {
        for rule in rules {
            if !self.applies(rule.side) {
                continue;
            }
            if !holds(&rule.rule, text) {
                self.report(id(&rule.rule), rule.severity, at, || {
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
            let holds = match rule.rule {
                Rule::MinItems(limit) => rules::min_items(count, limit),
                Rule::MaxItems(limit) => rules::max_items(count, limit),
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
                self.report(id(&rule.rule), rule.severity, at, || {
                    (expected(&rule.rule), phrases::actual_items(count))
                });
            }
        }
    }
}

/// Whether the text keeps the rule.
fn holds(rule: &Rule, text: &str) -> bool {
    match *rule {
        // These do not speak of texts.
        Rule::Required | Rule::MinItems(_) | Rule::MaxItems(_) => true,
        Rule::Const(value) => rules::constant(text, value),
        Rule::Values(values) => rules::one_of(text, values.iter().copied()),
        Rule::MinLength(limit) => rules::min_length(text, limit),
        Rule::MaxLength(limit) => rules::max_length(text, limit),
        Rule::Pattern(pattern) => rules::matches(pattern, text),
        Rule::Min(limit) => rules::at_least(text, limit),
        Rule::Max(limit) => rules::at_most(text, limit),
        Rule::Mcc => rules::mcc(text),
        Rule::Json => rules::json(text),
    }
}

/// Whether the rule is a limit in whole numbers, and the number keeps it.
fn is_within(number: i64, rule: &RuleAt) -> bool {
    match rule.rule {
        Rule::Min(limit) => limit.parse().is_ok_and(|limit| number >= limit),
        Rule::Max(limit) => limit.parse().is_ok_and(|limit| number <= limit),
        _ => false,
    }
}

fn id(rule: &Rule) -> RuleId {
    match rule {
        Rule::Required => RuleId::Required,
        Rule::Const(_) => RuleId::Const,
        Rule::Values(_) => RuleId::Values,
        Rule::MinLength(_) => RuleId::MinLength,
        Rule::MaxLength(_) => RuleId::MaxLength,
        Rule::Pattern(_) => RuleId::Pattern,
        Rule::Min(_) => RuleId::Min,
        Rule::Max(_) => RuleId::Max,
        Rule::MinItems(_) => RuleId::MinItems,
        Rule::MaxItems(_) => RuleId::MaxItems,
        Rule::Mcc | Rule::Json => RuleId::Format,
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
