//! Writes the facts that lines state into a parameter.

use std::ops::Range as Part;

use super::limits;
use super::values::{after_default_mark, may_have};
use crate::annotations::Annotations;
use crate::clause::{Clause, Says, Statement};
use crate::condition::Outright;
use crate::facts::{
    Aspect, Condition, ConditionKind, Format, Met, Parameter, Prose, Requirement, Stated, Subject,
    Test, TypeKind, Value, Values, ValuesKind,
};
use crate::item::Item;
use crate::lexicon::Lexicon;
use crate::open_parts::{ProseKind, Understood};

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
        kind: ValuesKind,
        lexicon: &Lexicon,
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
        let whole = rest.trim_start();
        let default = after_default_mark(lexicon, whole);
        let rest = default.unwrap_or(whole).trim_start();
        let meaning = rest.trim_start_matches([':', '：', '-', '–', '—', ' ']);
        // A sentence that begins with a word is not a value.
        let is_value = !value.is_empty()
            && (quoted.is_some()
                || default.is_some()
                || rest.is_empty()
                || meaning.len() < rest.len()
                || rest.starts_with(['=', '(', '（']));
        if !is_value {
            return false;
        }
        let (line, _) = self.span(clause);
        let values = parameter.values.get_or_insert_with(|| Values {
            kind,
            items: Vec::new(),
            line,
        });
        // A list of all values replaces the examples before it.
        if values.kind == ValuesKind::Examples && kind != ValuesKind::Examples {
            values.kind = kind;
            values.items.clear();
        }
        // A list of several is no single one.
        if values.kind == ValuesKind::Fixed && !values.items.is_empty() {
            values.kind = ValuesKind::OneOf;
        }
        values.items.push(Value {
            value: value.to_owned(),
            meaning: (!meaning.is_empty()).then(|| meaning.to_owned()),
            line,
        });
        self.all_prose(clause, annotations);
        let end = clause.text.find(value).map_or(0, |at| at + value.len());
        let end = default.map_or(end, |rest| clause.text.trim_end().len() - rest.len());
        self.understood(clause, &(0..end), None, annotations);
        if default.is_some() {
            let value = value.to_owned();
            parameter.default.get_or_insert(Stated { value, line });
        }
        for item in clause.items() {
            annotations.fact(item, self.subject, Aspect::Values);
            if default.is_some() {
                annotations.fact(item, self.subject, Aspect::Default);
            }
        }
        true
    }

    /// Adds the default among what the meaning of a value says, and the conditions in the sentences behind it.
    pub(super) fn behind_value(
        &self,
        parameter: &mut Parameter,
        clause: &Clause,
        says: Vec<Statement>,
        annotations: &mut Annotations,
    ) {
        for one in says {
            let (item, _) = one.items;
            let line = self.items.get(item).map_or(0, |item| item.line);
            let is_own = match one.says {
                Says::Default(..) => true,
                Says::Condition(..) | Says::Exemption(..) => clause.items().next() != Some(item),
                Says::Limit(..)
                | Says::Format(_)
                | Says::Values(..)
                | Says::ValuesFollow(_)
                | Says::ConditionsFollow(..)
                | Says::Outright(..)
                | Says::UniqueItems
                | Says::Idempotency
                | Says::Deprecated => false,
            };
            let known = self.known(&one.says);
            if is_own && let Some(aspect) = self.state(parameter, one.says, line, line) {
                self.understood(clause, &one.range, known, annotations);
                annotations.fact(item, self.subject, aspect);
            }
        }
    }

    pub(super) fn condition(
        &self,
        parameter: &mut Parameter,
        clause: &Clause,
        (kind, test): (ConditionKind, Test),
        annotations: &mut Annotations,
    ) {
        let (line, end_line) = self.span(clause);
        self.all_prose(clause, annotations);
        self.understood(clause, &(0..clause.text.len()), tested(&test), annotations);
        parameter.conditions.push(Condition {
            kind,
            text: clause.text.trim().to_owned(),
            test,
            exempts: false,
            line,
            end_line,
        });
        for item in clause.items() {
            annotations.fact(item, self.subject, Aspect::Conditions);
        }
    }

    /// Marks the whole clause as prose, in which every fact has to be understood.
    pub(super) fn all_prose(&self, clause: &Clause, annotations: &mut Annotations) {
        for (item, part, text) in clause.parts(&(0..clause.text.len())) {
            let whole = self.items.get(item).map_or(0, |item| item.text.len());
            let range = self.placed(item, &part, text).unwrap_or(0..whole);
            annotations.prose(item, range, ProseKind::Parameter);
        }
    }

    /// Marks a part of the clause as understood; `known` are the names and numbers in it that were
    /// understood, [`None`] for all.
    pub(super) fn understood(
        &self,
        clause: &Clause,
        part: &Part<usize>,
        known: Option<Vec<String>>,
        annotations: &mut Annotations,
    ) {
        for (item, part, text) in clause.parts(part) {
            if let Some(range) = self.placed(item, &part, text) {
                let known = known.clone();
                annotations.understood(item, Understood { range, known });
            }
        }
    }

    /// Returns the place in an item of a part of `text`, which is all or a part of the item. [`None`]
    /// for a part of a line that is too long to be searched for each of them.
    fn placed(&self, item: usize, part: &Part<usize>, text: &str) -> Option<Part<usize>> {
        const LONGEST: usize = 16_000;
        let whole = &self.items.get(item)?.text;
        if whole.len() > LONGEST && whole.len() != text.len() {
            return None;
        }
        // Most texts are all of their item.
        let at = if whole.starts_with(text) {
            0
        } else {
            whole.find(text)?
        };
        Some(at + part.start..at + part.end)
    }

    /// Returns the names and values of a statement that were understood; [`None`] for all.
    pub(super) fn known(&self, says: &Says) -> Option<Vec<String>> {
        match says {
            Says::Condition(_, test, _) | Says::Exemption(_, test, _) => tested(test),
            Says::Limit(..)
            | Says::Format(_)
            | Says::Values(..)
            | Says::ValuesFollow(_)
            | Says::Default(..)
            | Says::ConditionsFollow(_, Some(_)) => None,
            // Their range is a whole sentence.
            Says::ConditionsFollow(_, None)
            | Says::Outright(..)
            | Says::UniqueItems
            | Says::Idempotency
            | Says::Deprecated => Some(Vec::new()),
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
            Says::Limit(limit, min, max) => {
                return limits::limited(parameter, limit, min.as_deref(), max.as_deref(), line);
            }
            Says::Format(format) => return formatted(parameter, format, line),
            Says::Values(kind, found) => {
                let closes = |first: &Values| {
                    first.kind == ValuesKind::Examples && kind != ValuesKind::Examples
                };
                if kind == ValuesKind::Examples && parameter.values.is_some() {
                    return Some(Aspect::Values);
                }
                let ty = parameter.ty.as_ref().map(|ty| ty.value.kind);
                if !found.iter().all(|(_, value)| may_have(ty, value)) {
                    return None;
                }
                if let Some(first) = parameter.values.as_ref().filter(|first| !closes(first)) {
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
            Says::ValuesFollow(_) => Aspect::Values,
            Says::Default(item, value) => {
                let line = self.items.get(item).map_or(line, |item| item.line);
                let first = parameter.default.get_or_insert_with(|| Stated {
                    value: value.clone(),
                    line,
                });
                return (first.value == value).then_some(Aspect::Default);
            }
            Says::Condition(kind, test, text) => {
                parameter.conditions.push(Condition {
                    kind,
                    text,
                    test,
                    exempts: false,
                    line,
                    end_line,
                });
                Aspect::Conditions
            }
            Says::Exemption(kind, test, text) => {
                parameter.conditions.push(Condition {
                    kind,
                    text,
                    test,
                    exempts: true,
                    line,
                    end_line,
                });
                Aspect::Conditions
            }
            Says::Outright(outright, text) => {
                let (value, kind) = match outright {
                    Outright::Required => (Requirement::Required, ConditionKind::RequiredWhen),
                    Outright::Optional => (Requirement::Optional, ConditionKind::OptionalWhen),
                };
                match (parameter.required.value, value) {
                    (Requirement::Unstated, value) => {
                        parameter.required = Stated { value, line };
                        Aspect::Required
                    }
                    (Requirement::Required, Requirement::Required)
                    | (Requirement::Optional | Requirement::Conditional, Requirement::Optional) => {
                        Aspect::Required
                    }
                    // The mark says the opposite: which one holds is unsure.
                    (
                        Requirement::Required | Requirement::Optional | Requirement::Conditional,
                        _,
                    ) => {
                        parameter.conditions.push(Condition {
                            kind,
                            text,
                            test: Test::Words,
                            exempts: false,
                            line,
                            end_line,
                        });
                        Aspect::Conditions
                    }
                }
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

/// Returns the names and values that a condition tests; [`None`] for all words of one that is kept
/// in the page's words.
fn tested(test: &Test) -> Option<Vec<String>> {
    let words = |name: &String| -> Vec<String> {
        let words = name.split(['.', '/', '[', ']']).map(str::to_owned);
        words.chain([name.clone()]).collect()
    };
    match test {
        Test::Field { field, met } => {
            let mut known = words(field);
            match met {
                Met::OneOf { values } => known.extend(values.iter().cloned()),
                Met::Present | Met::Absent => {}
            }
            Some(known)
        }
        Test::Group { fields } => Some(fields.iter().flat_map(words).collect()),
        Test::Words => None,
    }
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
