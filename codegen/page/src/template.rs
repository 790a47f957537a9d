//! Matches sentences with placeholders: `maximum length: {n} characters`.

mod value_list;

use super::text::{Norm, norm};
use value_list::{value, values};

pub(super) use value_list::is_unfinished;

/// A sentence with placeholders, in its normal form.
#[derive(Debug)]
pub(super) struct Template {
    /// The words before the first placeholder.
    start: String,
    /// Each placeholder, and the words after it.
    rest: Vec<(Hole, String)>,
}

/// The kinds of placeholders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hole {
    /// A number: the least one or the only one.
    Min,
    /// The greatest number.
    Max,
    /// A list of values.
    Values,
    /// A single value, which may be a number or in quotation marks.
    Value,
}

/// A match of a sentence.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The start and the end in the original.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The number in `{n}` or `{min}`.
    pub(super) min: Option<String>,
    /// The number in `{max}`.
    pub(super) max: Option<String>,
    /// The values, each with its position in the original.
    pub(super) values: Vec<(usize, String)>,
}

/// The greatest number of digits that a placeholder takes.
const DIGITS: usize = 20;

impl Template {
    pub(super) fn of(text: &str) -> Self {
        let (start, mut rest_of_text) = text.split_once('{').unwrap_or((text, ""));
        let mut template = Template {
            start: norm(start),
            rest: Vec::new(),
        };
        while let Some((hole, after)) = rest_of_text.split_once('}') {
            let (words, next) = after.split_once('{').unwrap_or((after, ""));
            let hole = match hole {
                "values" => Hole::Values,
                "value" => Hole::Value,
                "max" => Hole::Max,
                _ => Hole::Min,
            };
            template.rest.push((hole, norm(words)));
            rest_of_text = next;
        }
        template
    }

    /// Returns words of which each match has some, normalised: those at the start, because units
    /// such as `characters` are the same in many sentences, or the longest.
    pub(super) fn anchor(&self) -> &str {
        const SHORTEST: usize = 4;
        if self.start.len() >= SHORTEST {
            return &self.start;
        }
        let rest = self.rest.iter().map(|(_, words)| words);
        let words = std::iter::once(&self.start).chain(rest);
        words
            .max_by_key(|words| words.len())
            .map_or("", String::as_str)
    }

    /// Returns the first place of its words, which may be inside a word: the start in the normal
    /// form, and the end.
    pub(super) fn find_words(&self, norm: &Norm) -> Option<(usize, usize)> {
        let start = norm.text.find(self.start.as_str())?;
        Some((start, start + self.start.len()))
    }

    /// Returns the places where the sentence may start: those of its first words, or of a number.
    fn places<'n>(&'n self, norm: &'n Norm) -> Box<dyn Iterator<Item = usize> + 'n> {
        let start = self.start.as_str();
        if !start.is_empty() {
            return Box::new(norm.text.match_indices(start).map(|(at, _)| at));
        }
        let bytes = norm.text.as_bytes();
        let is_number = |byte: u8| byte.is_ascii_digit() || byte == b'.';
        let begins = move |at: usize| {
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            before.is_none_or(|byte| !is_number(*byte))
        };
        let digits = bytes.iter().enumerate();
        let digits = digits.filter(|(_, byte)| byte.is_ascii_digit());
        Box::new(digits.map(|(at, _)| at).filter(move |at| begins(*at)))
    }

    /// Returns whether a place is inside a word: only the normal form has no spaces.
    fn inside_a_word(&self, norm: &Norm, original: &str, at: usize) -> bool {
        let origin = norm.origin(at);
        let first = original.get(origin..).and_then(|rest| rest.chars().next());
        let before = original.get(..origin);
        let before = before.and_then(|before| before.chars().next_back());
        match (before, first) {
            // Glued sentences are two words: `charactersMaximum length`.
            (Some(before), Some(first)) if before.is_ascii_alphabetic() => {
                first.is_ascii_lowercase()
                    || first.is_ascii_uppercase() && before.is_ascii_uppercase()
            }
            (Some(_) | None, _) => false,
        }
    }

    /// Finds the first place that matches the whole sentence.
    pub(super) fn find(&self, norm: &Norm, original: &str) -> Option<Found> {
        self.places(norm)
            .filter(|at| !self.inside_a_word(norm, original, *at))
            .find_map(|at| self.at(norm, original, at))
    }

    /// Finds the next place behind a match.
    pub(super) fn find_after(&self, norm: &Norm, original: &str, found: &Found) -> Option<Found> {
        let from = norm.after(found.end);
        self.places(norm)
            .filter(|at| *at >= from && !self.inside_a_word(norm, original, *at))
            .find_map(|at| self.at(norm, original, at))
    }

    fn at(&self, norm: &Norm, original: &str, start: usize) -> Option<Found> {
        let mut found = Found {
            start: norm.origin(start),
            ..Found::default()
        };
        let mut at = start + self.start.len();
        for (hole, words) in &self.rest {
            match hole {
                Hole::Min | Hole::Max => {
                    let number = number_at(norm, original, at)?;
                    at += number.len();
                    let slot = match hole {
                        Hole::Max => &mut found.max,
                        Hole::Min | Hole::Values | Hole::Value => &mut found.min,
                    };
                    *slot = Some(number.to_owned());
                }
                Hole::Values => {
                    let from = norm.origin_end(at, original);
                    let (values, end) = values(original, from);
                    if values.is_empty() && !words.is_empty() {
                        return None;
                    }
                    found.values = values;
                    at = norm.after(end).max(at);
                }
                Hole::Value => {
                    let from = norm.origin_end(at, original);
                    let (value, end) = single(original, from)?;
                    found.values = vec![value];
                    at = norm.after(end).max(at);
                }
            }
            if !norm.text.get(at..)?.starts_with(words.as_str()) {
                return None;
            }
            at += words.len();
        }
        found.end = norm.origin_end(at, original);
        Some(found)
    }
}

/// Returns the number at the start of a text.
fn number(text: &str) -> Option<&str> {
    let end = text
        .bytes()
        .take(DIGITS)
        .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
        .count();
    let number = text.get(..end)?.trim_end_matches('.');
    (!number.is_empty()).then_some(number)
}

/// Returns the number at a position of the normal form. It ends where the original has something between
/// two digits, other than a comma that groups three of them: `100 (1)` begins with 100.
fn number_at<'n>(norm: &'n Norm, original: &str, at: usize) -> Option<&'n str> {
    let text = number(norm.text.get(at..)?)?;
    let is_apart = |place: &usize| {
        let (before, here) = (norm.origin(at + place - 1), norm.origin(at + place));
        let between = original.get(before + 1..here).unwrap_or_default();
        let digits = text.get(*place..).unwrap_or_default().bytes();
        let groups = digits.take_while(u8::is_ascii_digit).count() % 3 == 0;
        !(between.is_empty() || groups && matches!(between, "," | "，"))
    };
    match (1..text.len()).find(is_apart) {
        Some(end) => number(text.get(..end)?),
        None => Some(text),
    }
}

/// Reads the value at a position of the original, with its position, and returns its end: one in
/// backticks or quotation marks, a number, or a word that is written like a value.
fn single(original: &str, from: usize) -> Option<((usize, String), usize)> {
    let rest = original.get(from..)?;
    let marks = |c: char| c.is_whitespace() || matches!(c, ':' | '：');
    let rest = rest.trim_start_matches(marks);
    let at = original.len() - rest.len();
    for (opens, closes) in [('"', '"'), ('“', '”'), ('\'', '\'')] {
        let Some(inner) = rest.strip_prefix(opens) else {
            continue;
        };
        let value = inner.get(..inner.find(closes)?)?;
        let start = at + opens.len_utf8();
        let end = start + value.len() + closes.len_utf8();
        return (!value.is_empty()).then(|| ((start, value.to_owned()), end));
    }
    if let Some((value, length)) = value(rest) {
        return Some(((at, value.to_owned()), at + length));
    }
    let number = number(rest)?;
    let after = rest.get(number.len()..)?.chars().next();
    let is_whole = after.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '%');
    is_whole.then(|| ((at, number.to_owned()), at + number.len()))
}
