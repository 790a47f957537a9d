//! A passage of prose about one parameter, and the phrases of the lexicon in it.

use super::condition::{self, About, ListedUnder, Reading};
use super::facts::{ConditionKind, Format, Test, ValuesKind};
use super::lexicon::{Lexicon, Limit};
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
    Condition(ConditionKind, Test, String),
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
    /// The conditions are those of the parameter that it is about.
    pub(super) fn statements(&self, lexicon: &Lexicon, about: Option<About<'_>>) -> Vec<Statement> {
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
        let conditions = about.map(|about| self.conditions(lexicon, about));
        for condition in conditions.into_iter().flatten() {
            add(condition.says, condition.start, condition.end);
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

/// A condition, and its place in the text.
struct Sentence {
    says: Says,
    start: usize,
    end: usize,
}

impl Clause {
    /// Reads each sentence as a condition.
    fn conditions(&self, lexicon: &Lexicon, about: About<'_>) -> Vec<Sentence> {
        let mut all: Vec<Sentence> = Vec::new();
        let mut start = 0;
        // True if the sentence before is the last condition.
        let mut adjoins = false;
        while start < self.text.len() {
            let (_, end) = sentence(&self.text, start);
            let end = self.line_end(start, end);
            let text = self.text[start..end].trim();
            let announces = self.announces() && end == self.text.len();
            let says = match condition::read(&lexicon.conditions, text, about, announces) {
                Some(Reading::Condition(kind, test)) => {
                    Some(Says::Condition(kind, test, text.to_owned()))
                }
                Some(Reading::Follows(kind, under)) => Some(Says::ConditionsFollow(kind, under)),
                None => None,
            };
            if says.is_none()
                && adjoins
                && condition::qualifies(&lexicon.conditions, text)
                && let Some(last) = all.last_mut()
                && let Says::Condition(_, test, text) = &mut last.says
            {
                *test = Test::Words;
                *text = self.text[last.start..end].trim().to_owned();
                last.end = end;
            }
            adjoins = says.is_some();
            all.extend(says.map(|says| Sentence { says, start, end }));
            start = end;
        }
        all
    }

    /// Returns the end of a sentence that ends with its line, without a full stop.
    fn line_end(&self, start: usize, end: usize) -> usize {
        let lines = self.parts.iter().map(|(at, _)| *at);
        let mut inside = lines.filter(|at| (start + 1..end).contains(at));
        let begins = |at: &usize| {
            let mut chars = self.text[*at..].chars();
            let capital = chars.next().is_some_and(char::is_uppercase);
            let word = chars.next().is_some_and(char::is_lowercase);
            let before = self.text[..*at].trim_end();
            capital && word && !before.ends_with([',', '，'])
        };
        inside.find(begins).unwrap_or(end)
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
