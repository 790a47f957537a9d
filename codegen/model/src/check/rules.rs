//! Checks a value against the constraints of the spec.

use payspec_runtime::{Phrase, RuleId, phrases, rules};

use super::read::Reading;
use super::walk::{Slot, Walk};
use crate::model::{Constraint, FormatName, Rule};

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
                Reading::List(nodes) => broken_by_count(&constraint.rule, nodes.len()),
                Reading::Spent | Reading::Object(_) => None,
            };
            if let Some((rule, expected, actual)) = broken {
                let severity = constraint.strength.severity;
                self.report
                    .add(rule, severity, constraint.origin, || (expected, actual));
            }
        }
    }

    fn broken_by_text(&self, rule: &Rule, text: &str, slot: Slot<'_>) -> Option<Broken> {
        let shown = || phrases::actual_text(text, slot.sensitive);
        let length = || phrases::actual_length(text);
        match rule {
            Rule::Const(value) => (!rules::constant(text, value)).then(|| {
                (
                    RuleId::Const,
                    phrases::expected_const(value).to_phrase(),
                    shown(),
                )
            }),
            Rule::Values(values) => {
                (!rules::one_of(text, values.iter().map(String::as_str))).then(|| {
                    (
                        RuleId::Values,
                        phrases::expected_values(values).to_phrase(),
                        shown(),
                    )
                })
            }
            Rule::MinLength(limit) => (!rules::min_length(text, *limit)).then(|| {
                (
                    RuleId::MinLength,
                    phrases::expected_min_length(*limit),
                    length(),
                )
            }),
            Rule::MaxLength(limit) => (!rules::max_length(text, *limit)).then(|| {
                (
                    RuleId::MaxLength,
                    phrases::expected_max_length(*limit),
                    length(),
                )
            }),
            Rule::Pattern(pattern) => {
                let compiled = self.checker.pattern(pattern)?;
                (!rules::matches(compiled, text)).then(|| {
                    (
                        RuleId::Pattern,
                        phrases::expected_pattern(pattern).to_phrase(),
                        shown(),
                    )
                })
            }
            Rule::Min(limit) => (!rules::at_least(text, limit)).then(|| {
                (
                    RuleId::Min,
                    phrases::expected_min(limit).to_phrase(),
                    shown(),
                )
            }),
            Rule::Max(limit) => (!rules::at_most(text, limit)).then(|| {
                (
                    RuleId::Max,
                    phrases::expected_max(limit).to_phrase(),
                    shown(),
                )
            }),
            Rule::Format(FormatName::Mcc) => {
                (!rules::mcc(text)).then(|| (RuleId::Format, phrases::expected_mcc(), shown()))
            }
            Rule::Format(FormatName::Json) => {
                (!rules::json(text)).then(|| (RuleId::Format, phrases::expected_json(), shown()))
            }
            Rule::Required | Rule::MinItems(_) | Rule::MaxItems(_) => None,
        }
    }
}

fn broken_by_absence(rule: &Rule) -> Option<Broken> {
    (*rule == Rule::Required).then(|| {
        (
            RuleId::Required,
            phrases::expected_present(),
            phrases::actual_absent(),
        )
    })
}

fn broken_by_count(rule: &Rule, count: usize) -> Option<Broken> {
    let found = || phrases::actual_items(count);
    match rule {
        Rule::MinItems(limit) => (count < *limit as usize).then(|| {
            (
                RuleId::MinItems,
                phrases::expected_min_items(*limit),
                found(),
            )
        }),
        Rule::MaxItems(limit) => (count > *limit as usize).then(|| {
            (
                RuleId::MaxItems,
                phrases::expected_max_items(*limit),
                found(),
            )
        }),
        Rule::Required
        | Rule::Const(_)
        | Rule::Values(_)
        | Rule::MinLength(_)
        | Rule::MaxLength(_)
        | Rule::Pattern(_)
        | Rule::Min(_)
        | Rule::Max(_)
        | Rule::Format(_) => None,
    }
}
