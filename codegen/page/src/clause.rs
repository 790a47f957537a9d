//! A passage of prose about one parameter, and the phrases of the lexicon in it.

use super::facts::{ConditionKind, Format, ValuesKind};
use super::lexicon::{Lexicon, Limit};
use super::text::{Norm, is_constant, is_wire_name};

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
}

/// The facts that prose can state about a parameter.
pub(super) enum Says {
    /// A limit with its number or numbers.
    Limit(Limit, Option<String>, Option<String>),
    Format(Format),
    /// Values, each with the item that names it.
    Values(ValuesKind, Vec<(usize, String)>),
    /// Values that follow in the next lines.
    ValuesFollow,
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

    /// Returns everything that the phrases of the lexicon find in it.
    pub(super) fn statements(&self, lexicon: &Lexicon) -> Vec<Statement> {
        let norm = Norm::of(&self.text);
        let mut all = Vec::new();
        let mut add = |says, start, end| {
            let items = self.between(start, end);
            all.push(Statement { says, items });
        };
        for (limit, template) in &lexicon.limits {
            if let Some(found) = template.find(&norm, &self.text) {
                let says = Says::Limit(*limit, found.min, found.max);
                add(says, found.start, found.end);
            }
        }
        for (format, phrase) in &lexicon.formats {
            if let Some(at) = norm.text.find(phrase.as_str()) {
                let end = norm.origin(at + phrase.len());
                add(Says::Format(*format), norm.origin(at), end);
            }
        }
        for (kind, templates) in [
            (ValuesKind::Fixed, &lexicon.fixed),
            (ValuesKind::OneOf, &lexicon.one_of),
        ] {
            let found = templates
                .iter()
                .find_map(|template| template.find(&norm, &self.text));
            let Some(found) = found else { continue };
            let placed = |(at, value): &(usize, String)| (self.item_at(*at), value.clone());
            if !found.values.is_empty() {
                let values = found.values.iter().map(placed).collect();
                add(Says::Values(kind, values), found.start, found.end);
            } else if kind == ValuesKind::OneOf && self.announces() {
                add(Says::ValuesFollow, found.start, found.end);
            }
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
