//! Writes the facts that lines state into a parameter.

use crate::annotations::Annotations;
use crate::clause::{Clause, Says};
use crate::facts::{
    Aspect, Condition, ConditionKind, Confidence, Format, Guess, Parameter, Prose, Range, Stated,
    Subject, Test, TypeKind, Value, Values, ValuesKind,
};
use crate::item::Item;
use crate::lexicon::Limit;

/// Writes the facts of lines into a parameter.
pub(super) struct FactWriter<'a> {
    pub(super) items: &'a [Item],
    pub(super) subject: Subject,
}

impl FactWriter<'_> {
    fn span(&self, clause: &Clause) -> (u32, u32) {
        let mut lines = clause
            .items()
            .filter_map(|item| self.items.get(item))
            .map(|item| item.line);
        let first = lines.next().unwrap_or(0);
        (first, lines.last().unwrap_or(first))
    }

    pub(super) fn close(&self, parameter: &mut Parameter, clause: &Clause) {
        parameter.end_line = parameter.end_line.max(self.span(clause).1);
    }

    pub(super) fn prose(
        &self,
        into: &mut Option<Prose>,
        clause: &Clause,
        aspect: Aspect,
        annotations: &mut Annotations,
    ) {
        let (line, end_line) = self.span(clause);
        match into {
            Some(prose) => {
                prose.text.push('\n');
                prose.text.push_str(&clause.text);
                prose.end_line = end_line;
            }
            None => {
                *into = Some(Prose {
                    text: clause.text.clone(),
                    line,
                    end_line,
                });
            }
        }
        for item in clause.items() {
            annotations.fact(item, self.subject, aspect);
        }
    }

    /// Reads a value with its meaning: `VALUE: meaning`.
    pub(super) fn value(
        &self,
        parameter: &mut Parameter,
        clause: &Clause,
        annotations: &mut Annotations,
    ) -> bool {
        let text = clause.text.trim();
        let quoted = text
            .strip_prefix('`')
            .and_then(|inner| inner.split_once('`'));
        let (value, rest) = quoted.unwrap_or_else(|| {
            let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            text.split_at(text.find(|c| !word(c)).unwrap_or(text.len()))
        });
        let rest = rest.trim_start();
        let meaning = rest.trim_start_matches([':', '：', '-', '–', '—', ' ']);
        // A sentence that begins with a word is not a value.
        let is_value = !value.is_empty()
            && (quoted.is_some() || rest.is_empty() || meaning.len() < rest.len());
        if !is_value {
            return false;
        }
        let (line, _) = self.span(clause);
        let values = parameter.values.get_or_insert_with(|| Values {
            kind: ValuesKind::OneOf,
            items: Vec::new(),
            line,
        });
        values.items.push(Value {
            value: value.to_owned(),
            meaning: (!meaning.is_empty()).then(|| meaning.to_owned()),
            line,
        });
        for item in clause.items() {
            annotations.fact(item, self.subject, Aspect::Values);
        }
        true
    }

    pub(super) fn condition(
        &self,
        parameter: &mut Parameter,
        clause: &Clause,
        (kind, test): (ConditionKind, Test),
        annotations: &mut Annotations,
    ) {
        let (line, end_line) = self.span(clause);
        parameter.conditions.push(Condition {
            kind,
            text: clause.text.trim().to_owned(),
            test,
            line,
            end_line,
        });
        for item in clause.items() {
            annotations.fact(item, self.subject, Aspect::Conditions);
        }
    }

    /// Adds a statement; the first one about an aspect is kept. [`None`] if a later one differs, or
    /// if a limit cannot have its numbers.
    pub(super) fn state(
        &self,
        parameter: &mut Parameter,
        says: Says,
        line: u32,
        end_line: u32,
    ) -> Option<Aspect> {
        let prose = |text: &str| Prose {
            text: text.to_owned(),
            line,
            end_line,
        };
        let aspect = match says {
            Says::Limit(limit, min, max) => return limited(parameter, limit, min, max, line),
            Says::Format(format) => return formatted(parameter, format, line),
            Says::Values(kind, found) => {
                if let Some(first) = &parameter.values {
                    let is_known =
                        |value: &String| first.items.iter().any(|one| one.value == *value);
                    return found
                        .iter()
                        .all(|(_, value)| is_known(value))
                        .then_some(Aspect::Values);
                }
                let values = found.into_iter().map(|(item, value)| Value {
                    value,
                    meaning: None,
                    line: self.items.get(item).map_or(line, |item| item.line),
                });
                parameter.values = Some(Values {
                    kind,
                    items: values.collect(),
                    line,
                });
                Aspect::Values
            }
            Says::ValuesFollow => Aspect::Values,
            Says::Condition(kind, test, text) => {
                parameter.conditions.push(Condition {
                    kind,
                    text,
                    test,
                    line,
                    end_line,
                });
                Aspect::Conditions
            }
            Says::ConditionsFollow(..) => Aspect::Conditions,
            Says::UniqueItems => {
                let kind = parameter.ty.as_ref().map(|ty| ty.value.kind);
                if kind != Some(TypeKind::Array) {
                    return None;
                }
                let text = self.text(line);
                parameter.unique_items.get_or_insert_with(|| prose(&text));
                Aspect::UniqueItems
            }
            Says::Idempotency => {
                let text = self.text(line);
                parameter.idempotency.get_or_insert_with(|| prose(&text));
                Aspect::Idempotency
            }
            Says::Deprecated => {
                let text = self.text(line);
                parameter.deprecated.get_or_insert_with(|| prose(&text));
                Aspect::Deprecated
            }
        };
        Some(aspect)
    }

    fn text(&self, line: u32) -> String {
        let at = self.items.partition_point(|item| item.line < line);
        self.items
            .get(at)
            .map_or_else(String::new, |item| item.text.clone())
    }
}

/// Adds a limit.
fn limited(
    parameter: &mut Parameter,
    limit: Limit,
    min: Option<String>,
    max: Option<String>,
    line: u32,
) -> Option<Aspect> {
    let number = min.as_deref().and_then(|number| number.parse::<u32>().ok());
    let (aspect, slot) = match limit {
        Limit::MaxLength => (Aspect::MaxLength, &mut parameter.max_length),
        Limit::MinLength => (Aspect::MinLength, &mut parameter.min_length),
        Limit::MaxItems => (Aspect::MaxItems, &mut parameter.max_items),
        Limit::MultipleOf => {
            let value = min?;
            let first = parameter.multiple_of.get_or_insert_with(|| Stated {
                value: value.clone(),
                line,
            });
            return (first.value == value).then_some(Aspect::MultipleOf);
        }
        Limit::Range => {
            let range = Range { min, max };
            let first = parameter.range.get_or_insert_with(|| Stated {
                value: range.clone(),
                line,
            });
            // `minimum` and `maximum` may be in two sentences.
            let old = &mut first.value;
            let same = |old: &Option<String>, new: &Option<String>| {
                old.is_none() || new.is_none() || old == new
            };
            if !same(&old.min, &range.min) || !same(&old.max, &range.max) {
                return None;
            }
            old.min = old.min.take().or(range.min);
            old.max = old.max.take().or(range.max);
            return Some(Aspect::Range);
        }
    };
    let value = number?;
    let first = slot.get_or_insert(Stated { value, line });
    if first.value != value {
        let why = format!(
            "line {} says {}, line {line} says {value}",
            first.line, first.value
        );
        parameter.guesses.push(Guess {
            aspect,
            confidence: Confidence::Low,
            why,
        });
        return None;
    }
    Some(aspect)
}

/// Adds a format; for a parameter of type date it is the date format.
fn formatted(parameter: &mut Parameter, format: Format, line: u32) -> Option<Aspect> {
    let is_date = parameter
        .ty
        .as_ref()
        .is_some_and(|ty| ty.value.kind == TypeKind::Date);
    let is_object = parameter
        .ty
        .as_ref()
        .is_some_and(|ty| ty.value.kind == TypeKind::Object);
    if is_object {
        return Some(Aspect::Format);
    }
    let value = match format {
        Format::Datetime if is_date => Format::Date,
        other => other,
    };
    let first = parameter.format.get_or_insert(Stated { value, line });
    (first.value == value).then_some(Aspect::Format)
}
