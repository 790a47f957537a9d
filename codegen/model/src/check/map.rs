//! Objects with free keys.

use payspec_runtime::json::{Damage, Node, is_damaged_name};
use payspec_runtime::{Phrase, RuleId, Severity, rules, violation_text};

use super::walk::{Members, Slot, Walk};
use crate::model::{Constraint, Element, Map, Rule, Type};

impl<'m> Walk<'_, 'm> {
    /// Walks a map. An incoming map loses an entry that cannot be read, and nothing else.
    pub(super) fn map(&mut self, map: &'m Map, slot: Slot<'_>, members: &Members<'_>) {
        for (key, node) in self.entries(&map.values, members) {
            self.at_key(key, slot, |walk| {
                walk.key(&map.keys, key, slot);
                walk.element(&map.values, slot.value(&map.values), node);
            });
        }
        for (key, _) in members {
            if self.is_damaged(key) {
                self.lose_entry(key, slot, RuleId::Type, || {
                    (
                        violation_text::expected_text(),
                        violation_text::actual_damage(Damage::Text),
                    )
                });
            }
        }
        for index in rules::repeated(members.iter().map(|(key, _)| &**key)) {
            let Some((key, _)) = members.get(index) else {
                continue;
            };
            if !self.is_damaged(key) {
                self.lose_entry(key, slot, RuleId::DuplicateField, || {
                    (
                        violation_text::expected_single_field(),
                        violation_text::actual_again(),
                    )
                });
            }
        }
    }

    /// Returns the entries that have a value: the first of each key.
    pub(super) fn entries<'n>(
        &self,
        values: &Element,
        members: &'n Members<'n>,
    ) -> Vec<(&'n str, &'n Node<'n>)> {
        let again = rules::repeated(members.iter().map(|(key, _)| &**key));
        let mut again = again.into_iter().peekable();
        let mut entries = Vec::with_capacity(members.len());
        for (index, (key, node)) in members.iter().enumerate() {
            if again.next_if_eq(&index).is_some() || self.is_damaged(key) {
                continue;
            }
            if !self.is_absent(values, node) {
                entries.push((&**key, node));
            }
        }
        entries
    }

    /// Returns whether a value stands for an absent one.
    fn is_absent(&self, value: &Element, node: &Node<'_>) -> bool {
        let ty = &value.ty;
        match node {
            Node::Null => !value.holds_null(),
            Node::String(text) => {
                let is_text = matches!(
                    ty,
                    Type::Object(_) | Type::List(_) | Type::Map(_) | Type::Union(_) | Type::Any
                );
                text.is_empty() && !is_text && self.counts_as_absent(ty, true)
            }
            Node::Boolean(_)
            | Node::Number(_)
            | Node::Array(_)
            | Node::Object(_)
            | Node::Damaged(_) => false,
        }
    }

    /// Returns whether a key is that of an entry whose key could not be read.
    fn is_damaged(&self, key: &str) -> bool {
        !self.checker.is_strict() && is_damaged_name(key)
    }

    /// Runs `visit` with a key added to the path. The keys of a sensitive map say as much as its values.
    pub(super) fn at_key<R>(
        &mut self,
        key: &str,
        slot: Slot<'_>,
        visit: impl FnOnce(&mut Self) -> R,
    ) -> R {
        match slot.sensitive {
            Some(sensitive) => self.at(sensitive.mask(), visit),
            None => self.at(key, visit),
        }
    }

    fn lose_entry(
        &mut self,
        key: &str,
        slot: Slot<'_>,
        rule: RuleId,
        texts: impl FnOnce() -> (Phrase, Phrase),
    ) {
        self.at_key(key, slot, |walk| {
            walk.report.lose();
            walk.report.add(rule, Severity::Error, slot.origin, texts);
        });
    }

    fn key(&mut self, constraints: &'m [Constraint], key: &str, slot: Slot<'_>) {
        for constraint in constraints {
            if !self.checker.holds(constraint.strength.direction) {
                continue;
            }
            let (holds, actual) = match &constraint.rule {
                Rule::MaxLength(limit) => (
                    rules::max_length(key, *limit),
                    violation_text::actual_length(key),
                ),
                Rule::Pattern(pattern) => (
                    self.checker
                        .pattern(pattern)
                        .is_none_or(|pattern| rules::matches(pattern, key)),
                    violation_text::actual_text(key, slot.sensitive),
                ),
                // These are not rules of keys.
                Rule::Required
                | Rule::Const(_)
                | Rule::Values(_)
                | Rule::MinLength(_)
                | Rule::Min(_)
                | Rule::Max(_)
                | Rule::MultipleOf(_)
                | Rule::MinItems(_)
                | Rule::MaxItems(_)
                | Rule::UniqueItems
                | Rule::Format(_) => continue,
            };
            let Some((rule, expected)) = constraint.rule.of_keys().filter(|_| !holds) else {
                continue;
            };
            let severity = constraint.strength.severity;
            self.report
                .add(rule, severity, constraint.origin, || (expected, actual));
        }
    }
}
