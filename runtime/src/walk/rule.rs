//! The rules of single values.

use super::Walk;
use super::path::Place;
use super::text::{Buffer, text_of};
use crate::schema::{Kind, Rule, RuleAt};
use crate::value::List;
use crate::{Phrase, RuleId, rules, violation_text};

impl Walk {
    /// Checks a text, or the text of a number or boolean.
    pub(super) fn rules_of_text(&mut self, text: &str, rules: &'static [RuleAt], at: &Place<'_>) {
        for rule in rules {
            if !self.here.applies(rule.direction) {
                continue;
            }
            if !holds(&rule.rule, text) {
                self.report(id(&rule.rule), rule.severity, at, || {
                    (expected(&rule.rule), actual(&rule.rule, text, at))
                });
            }
        }
    }

    /// Checks a list as a whole.
    pub(super) fn rules_of_list(
        &mut self,
        list: &dyn List,
        element: &Kind,
        rules: &'static [RuleAt],
        at: &Place<'_>,
    ) {
        let equal = || first_duplicate(list, element);
        self.rules_of_items(list.count(), equal, rules, at);
    }

    /// Checks the number of elements, and whether two of them are equal.
    pub(super) fn rules_of_items(
        &mut self,
        count: usize,
        first_duplicate: impl Fn() -> Option<(usize, usize)>,
        rules: &'static [RuleAt],
        at: &Place<'_>,
    ) {
        for rule in rules {
            if !self.here.applies(rule.direction) {
                continue;
            }
            let mut equal = None;
            let holds = match rule.rule {
                Rule::UniqueItems => {
                    equal = first_duplicate();
                    equal.is_none()
                }
                Rule::MinItems(limit) => rules::min_items(count, limit),
                Rule::MaxItems(limit) => rules::max_items(count, limit),
                // These rules apply to texts.
                Rule::Required
                | Rule::Const(_)
                | Rule::Values(_)
                | Rule::MinLength(_)
                | Rule::MaxLength(_)
                | Rule::Pattern(_)
                | Rule::Min(_)
                | Rule::Max(_)
                | Rule::MultipleOf(_)
                | Rule::Mcc
                | Rule::Json => continue,
            };
            if !holds {
                self.report(id(&rule.rule), rule.severity, at, || {
                    let actual = match equal {
                        Some(equal) => violation_text::actual_equal_items(equal),
                        None => violation_text::actual_items(count),
                    };
                    (expected(&rule.rule), actual)
                });
            }
        }
    }
}

/// Returns the indexes of the first two elements that are equal, by their texts or numbers.
fn first_duplicate(list: &dyn List, element: &Kind) -> Option<(usize, usize)> {
    let may_be_null = matches!(element, Kind::Nullable(_));
    let element = element.without_null();
    let is_number = matches!(element, Kind::Decimal) || element.is_whole();
    let values = (0..list.count()).map(|index| {
        let mut buffer = Buffer::new();
        let value = list.value_at(index);
        if may_be_null && value.is_null() {
            return Some(None);
        }
        let text = text_of(&value, &mut buffer)?;
        Some(Some(match is_number {
            true => rules::plain(text).into_owned(),
            false => text.to_owned(),
        }))
    });
    rules::first_duplicate(values)
}

/// Returns whether the text satisfies the rule.
pub(super) fn holds(rule: &Rule, text: &str) -> bool {
    match *rule {
        // These rules do not apply to texts.
        Rule::Required | Rule::MinItems(_) | Rule::MaxItems(_) | Rule::UniqueItems => true,
        Rule::Const(value) => rules::constant(text, value),
        Rule::Values(values) => rules::one_of(text, values.iter().copied()),
        Rule::MinLength(limit) => rules::min_length(text, limit),
        Rule::MaxLength(limit) => rules::max_length(text, limit),
        Rule::Pattern(pattern) => rules::matches(pattern, text),
        Rule::Min(limit) => rules::at_least(text, limit.as_str()),
        Rule::Max(limit) => rules::at_most(text, limit.as_str()),
        Rule::MultipleOf(step) => rules::multiple_of(text, step.as_str()),
        Rule::Mcc => rules::mcc(text),
        Rule::Json => rules::json(text),
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
        Rule::MultipleOf(_) => RuleId::MultipleOf,
        Rule::MinItems(_) => RuleId::MinItems,
        Rule::MaxItems(_) => RuleId::MaxItems,
        Rule::UniqueItems => RuleId::UniqueItems,
        Rule::Mcc | Rule::Json => RuleId::Format,
    }
}

/// Describes a text that violates the rule: by its length, if that is wrong.
fn actual(rule: &Rule, text: &str, at: &Place<'_>) -> Phrase {
    match rule {
        Rule::MinLength(_) | Rule::MaxLength(_) => violation_text::actual_length(text),
        Rule::Required
        | Rule::Const(_)
        | Rule::Values(_)
        | Rule::Pattern(_)
        | Rule::Min(_)
        | Rule::Max(_)
        | Rule::MultipleOf(_)
        | Rule::MinItems(_)
        | Rule::MaxItems(_)
        | Rule::UniqueItems
        | Rule::Mcc
        | Rule::Json => violation_text::actual_text(text, at.sensitive),
    }
}

fn expected(rule: &'static Rule) -> Phrase {
    match rule {
        Rule::Required => violation_text::expected_present(),
        Rule::Const(value) => violation_text::expected_const(value).into(),
        Rule::Values(values) => violation_text::expected_values(values).into(),
        Rule::MinLength(limit) => violation_text::expected_min_length(*limit),
        Rule::MaxLength(limit) => violation_text::expected_max_length(*limit),
        Rule::Pattern(pattern) => violation_text::expected_pattern(pattern.source()).into(),
        Rule::Min(limit) => violation_text::expected_min(limit.as_str()).into(),
        Rule::Max(limit) => violation_text::expected_max(limit.as_str()).into(),
        Rule::MultipleOf(step) => violation_text::expected_multiple_of(step.as_str()).into(),
        Rule::MinItems(limit) => violation_text::expected_min_items(*limit),
        Rule::MaxItems(limit) => violation_text::expected_max_items(*limit),
        Rule::UniqueItems => violation_text::expected_unique_items(),
        Rule::Mcc => violation_text::expected_mcc(),
        Rule::Json => violation_text::expected_json(),
    }
}
