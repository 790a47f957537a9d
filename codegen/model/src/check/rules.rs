//! Checks a value against the constraints of the spec.

use std::borrow::Cow;

use payspec_runtime::json::Node;
use payspec_runtime::{Phrase, RuleId, rules, violation_text};

use super::read::Reading;
use super::walk::{Members, Slot, Walk};
use crate::model::{Api, Constraint, FormatName, Rule, Type};

/// A broken rule: its name, the expected and the actual value.
type Broken = (RuleId, Phrase, Phrase);

impl<'m> Walk<'_, 'm> {
    /// Checks a value against each constraint that applies in this direction.
    pub(super) fn constraints(
        &mut self,
        constraints: &'m [Constraint],
        reading: &Reading<'_>,
        slot: Slot<'_>,
    ) {
        for constraint in constraints {
            if !self.checker.holds(constraint.strength.direction) {
                continue;
            }
            let broken = match reading {
                Reading::Absent => broken_by_absence(&constraint.rule),
                Reading::Text(_) | Reading::Inner(..) => reading
                    .text()
                    .and_then(|text| self.broken_by_text(&constraint.rule, text, slot)),
                Reading::List(nodes) => {
                    broken_by_list(self.checker.api, &constraint.rule, nodes, slot)
                }
                Reading::Map(members) => self.broken_by_map(&constraint.rule, members, slot),
                Reading::Null | Reading::Spent | Reading::Object(_) | Reading::Tagged(..) => None,
            };
            if let Some((rule, expected, actual)) = broken {
                let severity = constraint.strength.severity;
                self.report
                    .add(rule, severity, constraint.origin, || (expected, actual));
            }
        }
    }

    fn broken_by_map(&self, rule: &Rule, members: &Members<'_>, slot: Slot<'_>) -> Option<Broken> {
        let Type::Map(map) = slot.ty else {
            return None;
        };
        let count = self.entries(&map.values, members).len();
        Some((rule.id(), rule.expected(), broken_by_count(rule, count)?))
    }

    fn broken_by_text(&self, rule: &Rule, text: &str, slot: Slot<'_>) -> Option<Broken> {
        let holds = match rule {
            Rule::Const(value) => rules::constant(text, value),
            Rule::Values(values) => rules::one_of(text, values.iter().map(String::as_str)),
            Rule::MinLength(limit) => rules::min_length(text, *limit),
            Rule::MaxLength(limit) => rules::max_length(text, *limit),
            Rule::Pattern(pattern) => rules::matches(self.checker.pattern(pattern)?, text),
            Rule::Min(limit) => rules::at_least(text, limit),
            Rule::Max(limit) => rules::at_most(text, limit),
            Rule::MultipleOf(step) => rules::multiple_of(text, step),
            Rule::Format(FormatName::Mcc) => rules::mcc(text),
            Rule::Format(FormatName::Json) => rules::json(text),
            Rule::Required | Rule::MinItems(_) | Rule::MaxItems(_) | Rule::UniqueItems => true,
        };
        let actual = || match matches!(rule, Rule::MinLength(_) | Rule::MaxLength(_)) {
            true => violation_text::actual_length(text),
            false => violation_text::actual_text(text, slot.sensitive),
        };
        (!holds).then(|| (rule.id(), rule.expected(), actual()))
    }
}

fn broken_by_absence(rule: &Rule) -> Option<Broken> {
    let broken = || (rule.id(), rule.expected(), violation_text::actual_absent());
    (*rule == Rule::Required).then(broken)
}

fn broken_by_list(api: &Api, rule: &Rule, nodes: &[Node<'_>], slot: Slot<'_>) -> Option<Broken> {
    let actual = match rule {
        Rule::UniqueItems => {
            let equal = first_duplicate(api, nodes, slot);
            equal.map(violation_text::actual_equal_items)
        }
        Rule::MinItems(_) | Rule::MaxItems(_) => broken_by_count(rule, nodes.len()),
        Rule::Required
        | Rule::Const(_)
        | Rule::Values(_)
        | Rule::MinLength(_)
        | Rule::MaxLength(_)
        | Rule::Pattern(_)
        | Rule::Min(_)
        | Rule::Max(_)
        | Rule::MultipleOf(_)
        | Rule::Format(_) => None,
    }?;
    Some((rule.id(), rule.expected(), actual))
}

/// Returns the number of elements of a list or map, if a rule forbids it.
fn broken_by_count(rule: &Rule, count: usize) -> Option<Phrase> {
    let holds = match rule {
        Rule::MinItems(limit) => rules::min_items(count, *limit),
        Rule::MaxItems(limit) => rules::max_items(count, *limit),
        Rule::Required
        | Rule::Const(_)
        | Rule::Values(_)
        | Rule::MinLength(_)
        | Rule::MaxLength(_)
        | Rule::Pattern(_)
        | Rule::Min(_)
        | Rule::Max(_)
        | Rule::MultipleOf(_)
        | Rule::UniqueItems
        | Rule::Format(_) => true,
    };
    (!holds).then(|| violation_text::actual_items(count))
}

/// Returns the indexes of the first two elements that are equal, by their texts or numbers.
fn first_duplicate(api: &Api, nodes: &[Node<'_>], slot: Slot<'_>) -> Option<(usize, usize)> {
    let element = slot.ty.element();
    let written_as = element.map(|element| api.written_as(&element.ty));
    let is_number = matches!(written_as, Some(Type::Integer | Type::Decimal));
    let may_be_null = element.is_some_and(|element| element.nullable);
    let values = nodes.iter().map(|node| {
        let text = match node {
            Node::Null if may_be_null => return Some(None),
            Node::String(text) => text,
            Node::Number(digits) => *digits,
            Node::Boolean(true) => "true",
            Node::Boolean(false) => "false",
            Node::Null | Node::Array(_) | Node::Object(_) | Node::Damaged(_) => return None,
        };
        Some(Some(if is_number {
            rules::plain(text)
        } else {
            Cow::Borrowed(text)
        }))
    });
    rules::first_duplicate(values)
}
