//! A passage of prose about one parameter, and the phrases of the lexicon in it.

mod conditions;
mod defaults;
mod formats;
mod values;

use std::ops::Range;

use super::condition::{About, ListedUnder, Outright};
use super::facts::{ConditionKind, Format, Test, ValuesKind};
use super::lexicon::{FactKind, Lexicon, Limit, type_norm};
use super::template::{Found, Template};
use super::text::Norm;

/// Lines that are read as one text.
pub(super) struct Clause {
    pub(super) text: String,
    /// The start of each item's text.
    parts: Vec<(usize, usize)>,
}

/// A fact that a clause states, with the first and the last item that state it.
pub(super) struct Statement {
    pub(super) says: Says,
    pub(super) items: (usize, usize),
    /// The part of the clause that states it.
    pub(super) range: Range<usize>,
}

/// The facts that prose can state about a parameter.
pub(super) enum Says {
    /// A limit with its number or numbers.
    Limit(Limit, Option<String>, Option<String>),
    Format(Format),
    /// Values, each with the item that names it.
    Values(ValuesKind, Vec<(usize, String)>),
    /// Values that follow in the next lines.
    ValuesFollow(ValuesKind),
    /// The value that the receiver assumes, with the item that names it.
    Default(usize, String),
    /// A sentence with a condition.
    Condition(ConditionKind, Test, String),
    /// A sentence with the cases in which the parameter may be left out, as the condition of the others.
    Exemption(ConditionKind, Test, String),
    /// A sentence with a requirement in no stated case.
    Outright(Outright, String),
    /// Conditions that follow in the next lines; [`None`] if they are not understood.
    ConditionsFollow(ConditionKind, Option<ListedUnder>),
    UniqueItems,
    Idempotency,
    Deprecated,
}

impl Clause {
    pub(super) fn new<'t>(lines: impl IntoIterator<Item = (usize, &'t str)>) -> Self {
        let mut text = String::new();
        let mut parts = Vec::new();
        for (item, line) in lines {
            if !text.is_empty() {
                text.push(' ');
            }
            parts.push((text.len(), item));
            text.push_str(line);
        }
        Clause { text, parts }
    }

    /// Returns the items of the clause.
    pub(super) fn items(&self) -> impl Iterator<Item = usize> + '_ {
        self.parts.iter().map(|(_, item)| *item)
    }

    /// Returns the parts of a range that are in each item, as ranges of the item's part of the
    /// clause; the second part has the whole text of that part.
    pub(super) fn parts(
        &self,
        range: &Range<usize>,
    ) -> impl Iterator<Item = (usize, Range<usize>, &str)> + '_ {
        let range = range.clone();
        self.parts.iter().enumerate().filter_map(move |(at, part)| {
            let (start, item) = *part;
            let next = self.parts.get(at + 1);
            // A space joins the parts.
            let end = next.map_or(self.text.len(), |(next, _)| next.saturating_sub(1));
            let inner = range.start.max(start)..range.end.min(end);
            let text = self.text.get(start..end)?;
            let inside = inner.start < inner.end;
            inside.then(|| (item, inner.start - start..inner.end - start, text))
        })
    }

    fn item_at(&self, offset: usize) -> usize {
        let part = self.parts.partition_point(|(start, _)| *start <= offset);
        let part = part.saturating_sub(1);
        self.parts.get(part).map_or(0, |(_, item)| *item)
    }

    fn between(&self, start: usize, end: usize) -> (usize, usize) {
        let last = end.saturating_sub(1).max(start);
        (self.item_at(start), self.item_at(last))
    }

    /// Returns whether it ends with a colon, which announces a list.
    fn announces(&self) -> bool {
        self.text
            .trim_end_matches(['-', ' '])
            .ends_with([':', '：'])
    }

    /// Returns the limits that it states. Of phrases inside each other, the longest counts: `at most
    /// 10 items`, not `at most 10`.
    fn limits(&self, phrases: &[(FactKind, &Template)], norm: &Norm) -> Vec<(Limit, Found)> {
        // Each limit has a number, most sentences have none.
        if !norm.text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let limits = phrases.iter().filter_map(|(kind, template)| match kind {
            FactKind::Limit(limit) => Some((limit, template)),
            FactKind::Format(_)
            | FactKind::Values(_)
            | FactKind::Default
            | FactKind::UniqueItems
            | FactKind::Idempotency
            | FactKind::Deprecated => None,
        });
        // Two lengths in one sentence are those of two things.
        let mut doubtful = Vec::new();
        let found = limits.filter_map(|(limit, template)| {
            let found = template.find(norm, &self.text)?;
            if *limit == Limit::Length && self.names_two(template, norm, &found) {
                doubtful.push(sentence(&self.text, found.start));
            }
            let fits = !limit.lacks_a_unit() || self.ends_at(found.end);
            fits.then_some((*limit, found))
        });
        let mut found = outermost(found.collect());
        found.retain(|(limit, one)| {
            *limit != Limit::Length || !doubtful.contains(&sentence(&self.text, one.start))
        });
        found
    }

    /// Returns whether the sentence of a match has another one with other numbers.
    fn names_two(&self, template: &Template, norm: &Norm, found: &Found) -> bool {
        let next = template.find_after(norm, &self.text, found);
        next.is_some_and(|next| {
            let is_other = (&next.min, &next.max) != (&found.min, &found.max);
            is_other && sentence(&self.text, next.start) == sentence(&self.text, found.start)
        })
    }

    /// Returns whether it states a limit.
    pub(super) fn has_limits(&self, lexicon: &Lexicon) -> bool {
        let norm = Norm::of(&self.text);
        let phrases = lexicon.statements.candidates(&norm.text);
        !self.limits(&phrases, &norm).is_empty()
    }

    /// Returns whether nothing but punctuation follows, so that a number before has no unit.
    fn ends_at(&self, at: usize) -> bool {
        let rest = self.text.get(at..).unwrap_or_default();
        let next = rest.trim_start().chars().next();
        next.is_none_or(|c| matches!(c, '.' | ',' | ';' | ')' | '。' | '，' | '；' | '）'))
    }

    /// Returns whether the number before is one of a unit of time, and no value: `30 years`.
    fn is_time(&self, lexicon: &Lexicon, found: &Found) -> bool {
        let rest = self.text.get(found.end..).unwrap_or_default().trim_start();
        let end = rest.find(|c: char| !c.is_alphabetic());
        let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let word: String = word.chars().take(12).collect();
        lexicon.time_units.contains(&type_norm(&word))
    }

    /// Returns everything that the phrases of the lexicon find in it.
    /// The conditions are those of the parameter that it is about.
    pub(super) fn statements(&self, lexicon: &Lexicon, about: Option<About<'_>>) -> Vec<Statement> {
        let norm = Norm::of(&self.text);
        let phrases = lexicon.statements.candidates(&norm.text);
        let mut all = Vec::new();
        let statement = |says, start, end| Statement {
            says,
            items: self.between(start, end),
            range: start..end,
        };
        for (limit, found) in self.limits(&phrases, &norm) {
            let says = Says::Limit(limit, found.min, found.max);
            all.push(statement(says, found.start, found.end));
        }
        for (format, range) in self.formats(&phrases, &norm) {
            all.push(statement(Says::Format(format), range.start, range.end));
        }
        let values = self.values(lexicon, &phrases, &norm).into_iter();
        all.extend(values.map(|found| self.values_statement(found)));
        let defaults = of_kind(&phrases, FactKind::Default);
        let default = defaults.filter_map(|template| template.find(&norm, &self.text));
        let default = default.filter(|found| {
            !self.is_time(lexicon, found) && !self.is_default_of_a_case(lexicon, about, found)
        });
        if let Some(found) = default.max_by_key(|found| found.end - found.start)
            && let Some((at, value)) = found.values.first()
        {
            let says = Says::Default(self.item_at(*at), value.clone());
            all.push(statement(says, found.start, found.end));
        }
        let taken: Vec<Range<usize>> = all.iter().map(|one| one.range.clone()).collect();
        let conditions = about.map(|about| self.conditions(lexicon, about, &taken));
        for condition in conditions.into_iter().flatten() {
            all.push(statement(condition.says, condition.start, condition.end));
        }
        for (kind, says) in [
            (FactKind::Idempotency, Says::Idempotency),
            (FactKind::Deprecated, Says::Deprecated),
            (FactKind::UniqueItems, Says::UniqueItems),
        ] {
            let places = of_kind(&phrases, kind).filter_map(|phrase| phrase.find_words(&norm));
            if let Some((at, _)) = places.into_iter().next() {
                let (start, end) = sentence(&self.text, norm.origin(at));
                all.push(statement(says, start, end));
            }
        }
        all
    }
}

/// Returns the phrases that state this kind of fact.
fn of_kind<'l>(
    phrases: &[(FactKind, &'l Template)],
    kind: FactKind,
) -> impl Iterator<Item = &'l Template> {
    let own = phrases.iter().filter(move |(one, _)| *one == kind);
    own.map(|(_, template)| *template)
}

/// Drops what is found inside something else that is found, and what is found twice.
fn outermost<K: Copy>(all: Vec<(K, Found)>) -> Vec<(K, Found)> {
    let spans: Vec<(usize, usize)> = all.iter().map(|(_, one)| (one.start, one.end)).collect();
    let is_inner = |at: usize, (start, end): (usize, usize)| {
        let others = spans.iter().enumerate();
        others
            .filter(|(other, _)| *other != at)
            .any(|(other, one)| {
                let contains = one.0 <= start && end <= one.1;
                contains && (*one != (start, end) || other < at)
            })
    };
    let kept = all.into_iter().enumerate();
    let kept = kept.filter(|(at, (_, one))| !is_inner(*at, (one.start, one.end)));
    kept.map(|(_, one)| one).collect()
}

/// Returns the start and the end of the sentence around a place.
fn sentence(text: &str, at: usize) -> (usize, usize) {
    let ends = |start: usize, char: char| {
        let after = text[start + char.len_utf8()..].chars().next();
        match char {
            '。' | '；' | '！' => true,
            '.' | ';' | '!' => after.is_none_or(char::is_whitespace),
            _ => false,
        }
    };
    let mut before = text[..at].char_indices().rev();
    let start = before
        .find(|(start, char)| ends(*start, *char))
        .map_or(0, |(start, char)| start + char.len_utf8());
    let end = text[at..]
        .char_indices()
        .find(|(start, char)| ends(at + start, *char))
        .map_or(text.len(), |(start, char)| at + start + char.len_utf8());
    (start, end)
}
