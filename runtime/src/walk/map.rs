//! Maps: their number of entries, then each entry: its key, then its value.

use super::nodes::{Fields, Members};
use super::path::Place;
use super::{Holder, Walk};
use crate::json::{Damage, is_damaged_name};
use crate::schema::{Inside, Kind, Rule, RuleAt};
use crate::value::Entries;
use crate::{Direction, RuleId, Severity, rules, violation_text};

impl Walk {
    /// Checks a map of a JSON tree, and what only a tree can show: keys that cannot be read or occur twice.
    pub(super) fn map_of_tree(
        &mut self,
        fields: &Fields<'_>,
        kind: &'static Kind,
        rules: &'static [RuleAt],
        inside: Option<&'static Inside>,
        holder: Holder,
        at: &Place<'_>,
    ) {
        self.map(
            &Members::new(fields, self.here.direction),
            kind,
            rules,
            inside,
            holder,
            at,
        );
        if self.here.direction == Direction::Incoming {
            for (name, _) in fields.iter().filter(|(name, _)| is_damaged_name(name)) {
                self.lose(RuleId::Type, Severity::Error, &at.entry(name), || {
                    (
                        violation_text::expected_text(),
                        violation_text::actual_damage(Damage::Text),
                    )
                });
            }
        }
        for index in rules::repeated(fields.iter().map(|(name, _)| &**name)) {
            let Some((name, _)) = fields.get(index) else {
                continue;
            };
            if self.here.direction == Direction::Incoming && is_damaged_name(name) {
                continue;
            }
            self.lose(
                RuleId::DuplicateField,
                Severity::Error,
                &at.entry(name),
                || {
                    (
                        violation_text::expected_single_field(),
                        violation_text::actual_again(),
                    )
                },
            );
        }
    }

    /// Checks a map.
    pub(super) fn map(
        &mut self,
        map: &dyn Entries,
        kind: &'static Kind,
        rules: &'static [RuleAt],
        inside: Option<&'static Inside>,
        holder: Holder,
        at: &Place<'_>,
    ) {
        self.rules_of_map(map, kind, rules, at);
        let keys = Inside::keys(inside);
        let holder = holder.inside(inside);
        let (rules, inside) = Inside::values(inside);
        for index in 0..map.count() {
            let Some((key, value)) = map.entry_at(index) else {
                continue;
            };
            if self.here.has_value(kind, &value) {
                let at = &at.entry(key);
                self.rules_of_key(key, keys, at);
                self.value(&value, kind, rules, inside, holder, at);
            }
        }
    }

    /// Checks the number of the entries that have a value.
    pub(super) fn rules_of_map(
        &mut self,
        map: &dyn Entries,
        kind: &Kind,
        rules: &'static [RuleAt],
        at: &Place<'_>,
    ) {
        if rules.is_empty() {
            return;
        }
        let entries = (0..map.count()).filter_map(|index| map.entry_at(index));
        let count = entries.filter(|(_, value)| self.here.has_value(kind, value));
        self.rules_of_items(count.count(), || None, rules, at);
    }

    fn rules_of_key(&mut self, key: &str, rules: &'static [RuleAt], at: &Place<'_>) {
        for rule in rules {
            if !self.here.applies(rule.direction) || super::rule::holds(&rule.rule, key) {
                continue;
            }
            match &rule.rule {
                Rule::MaxLength(limit) => {
                    self.report(RuleId::KeyMaxLength, rule.severity, at, || {
                        (
                            violation_text::expected_key_max_length(*limit),
                            violation_text::actual_length(key),
                        )
                    });
                }
                Rule::Pattern(pattern) => {
                    self.report(RuleId::KeyPattern, rule.severity, at, || {
                        (
                            violation_text::expected_key_pattern(pattern.source()).into(),
                            violation_text::actual_text(key, at.sensitive),
                        )
                    });
                }
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
                | Rule::Mcc
                | Rule::Json => {}
            }
        }
    }
}
