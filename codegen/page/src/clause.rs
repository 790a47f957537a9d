//! A passage of prose about one parameter, and the phrases of the lexicon in it.

use std::ops::Range;

use super::facts::{ConditionKind, Format, ValuesKind};
use super::lexicon::{Lexicon, Limit};
use super::template::Found;
use super::text::{Norm, is_constant, is_wire_name, norm};

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
    Condition(ConditionKind, String),
    /// Conditions that follow in the next lines.
    ConditionsFollow(ConditionKind),
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
    fn limits(&self, lexicon: &Lexicon, norm: &Norm) -> Vec<(Limit, Found)> {
        // Each limit has a number, most sentences have none.
        if !norm.text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let templates = lexicon.limits.iter();
        let found = templates.filter_map(|(limit, template)| {
            let found = template.find(norm, &self.text)?;
            let fits = !limit.lacks_a_unit() || self.ends_at(found.end);
            fits.then_some((*limit, found))
        });
        outermost(found.collect())
    }

    /// Returns whether nothing but punctuation follows, so that a number before has no unit.
    fn ends_at(&self, at: usize) -> bool {
        let rest = self.text.get(at..).unwrap_or_default();
        let next = rest.trim_start().chars().next();
        next.is_none_or(|c| matches!(c, '.' | ',' | ';' | ')' | '。' | '，' | '；' | '）'))
    }

    /// Returns the values that it names, or announces.
    fn values(&self, lexicon: &Lexicon, norm: &Norm) -> Vec<(ValuesKind, Found)> {
        let kinds = [
            (ValuesKind::Examples, &lexicon.examples),
            (ValuesKind::Fixed, &lexicon.fixed),
            (ValuesKind::OneOf, &lexicon.one_of),
        ];
        let found = kinds.into_iter().flat_map(|(kind, templates)| {
            let found = templates
                .iter()
                .filter_map(|one| one.find(norm, &self.text));
            found.map(move |found| (kind, found))
        });
        let found = found.filter_map(|(kind, found)| {
            let kind = match kind {
                _ if self.goes_on(lexicon, &found) => ValuesKind::Examples,
                ValuesKind::Fixed if found.values.len() > 1 => ValuesKind::OneOf,
                kind => kind,
            };
            let follows = kind != ValuesKind::Fixed && self.announces();
            (!found.values.is_empty() || follows).then_some((kind, found))
        });
        let mut found = outermost(found.collect());
        // A phrase without values adds nothing to one with values.
        if found.iter().any(|(_, one)| !one.values.is_empty()) {
            found.retain(|(_, one)| !one.values.is_empty());
        }
        found
    }

    /// Returns whether a list of values is not complete: `A, B, etc.`
    fn goes_on(&self, lexicon: &Lexicon, found: &Found) -> bool {
        let rest = self.text.get(found.end..).unwrap_or_default();
        let rest: String = rest.chars().take(40).collect();
        let rest = norm(&rest);
        let mut ends = lexicon.open_end.iter();
        !found.values.is_empty() && ends.any(|end| rest.starts_with(end.as_str()))
    }

    /// Returns everything that the phrases of the lexicon find in it.
    pub(super) fn statements(&self, lexicon: &Lexicon) -> Vec<Statement> {
        let norm = Norm::of(&self.text);
        let mut all = Vec::new();
        let mut add = |says, start, end| {
            let items = self.between(start, end);
            let range = start..end;
            all.push(Statement { says, items, range });
        };
        for (limit, found) in self.limits(lexicon, &norm) {
            let says = Says::Limit(limit, found.min, found.max);
            add(says, found.start, found.end);
        }
        for (format, phrase) in &lexicon.formats {
            if let Some(at) = norm.text.find(phrase.as_str()) {
                let end = norm.origin(at + phrase.len());
                add(Says::Format(*format), norm.origin(at), end);
            }
        }
        for (kind, found) in self.values(lexicon, &norm) {
            let placed = |(at, value): &(usize, String)| (self.item_at(*at), value.clone());
            if found.values.is_empty() {
                add(Says::ValuesFollow(kind), found.start, found.end);
            } else {
                let values = found.values.iter().map(placed).collect();
                add(Says::Values(kind, values), found.start, found.end);
            }
        }
        let defaults = lexicon.defaults.iter();
        let default = defaults.filter_map(|template| template.find(&norm, &self.text));
        if let Some(found) = default.max_by_key(|found| found.end - found.start)
            && let Some((at, value)) = found.values.first()
        {
            let says = Says::Default(self.item_at(*at), value.clone());
            add(says, found.start, found.end);
        }
        let mut sentences = Vec::new();
        for (kind, phrase) in &lexicon.conditions {
            let Some(at) = norm.text.find(phrase.as_str()) else {
                continue;
            };
            let (start, end) = sentence(&self.text, norm.origin(at));
            if sentences.contains(&start) {
                continue;
            }
            sentences.push(start);
            let text = self.text[start..end].trim();
            if self.announces() && end == self.text.len() {
                add(Says::ConditionsFollow(*kind), start, end);
            } else {
                add(Says::Condition(*kind, text.to_owned()), start, end);
            }
        }
        for (phrases, says) in [
            (&lexicon.idempotency, (|| Says::Idempotency) as fn() -> Says),
            (&lexicon.deprecated, || Says::Deprecated),
            (&lexicon.unique_items, || Says::UniqueItems),
        ] {
            let at = phrases
                .iter()
                .find_map(|phrase| norm.text.find(phrase.as_str()));
            if let Some(at) = at {
                let (start, end) = sentence(&self.text, norm.origin(at));
                add(says(), start, end);
            }
        }
        all
    }
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

/// Returns the parameter that a condition depends on, and the deciding values.
pub(super) fn operands(text: &str) -> (Option<String>, Vec<String>) {
    let mut field = None;
    let mut values = Vec::new();
    let marked = text.split('`').enumerate();
    let words = marked.flat_map(|(index, part)| {
        let quoted = index % 2 == 1;
        let separator = move |c: char| {
            !(c.is_ascii_alphanumeric() || c == '_' || (c == '.' && !c.is_whitespace()))
        };
        part.split(separator).map(move |word| (quoted, word))
    });
    for (quoted, word) in words {
        // Italics around `_name_` are not recognised next to a Chinese character, so the marks
        // remain.
        let word = word.trim_matches(['_', '.']);
        if word.is_empty() {
            continue;
        }
        let lower = word.starts_with(|c: char| c.is_ascii_lowercase());
        let camel = lower && word.contains(|c: char| c.is_ascii_uppercase());
        let is_path = word.split('.').all(is_wire_name);
        if field.is_none() && is_path && (camel || quoted && lower) {
            field = Some(word.to_owned());
        } else if field.is_some() && (quoted || is_value(word)) {
            values.push(word.to_owned());
        }
    }
    (field, values)
}

/// Returns whether an unmarked word is a value: in capitals, and not a common abbreviation.
fn is_value(word: &str) -> bool {
    const ABBREVIATIONS: [&str; 8] = ["API", "URL", "ID", "ISO", "JSON", "HTTP", "HTTPS", "UTC"];
    let short = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    (short || is_constant(word)) && !ABBREVIATIONS.contains(&word)
}
