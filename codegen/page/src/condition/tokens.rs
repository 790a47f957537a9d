//! Splits a sentence into words: a run of letters and digits, one Chinese character, or a mark that
//! separates.

use std::borrow::Cow;

use super::vocabulary::Known;
use crate::text::is_chinese;

/// A word of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    /// As printed, without marks around it.
    pub(super) raw: Cow<'t, str>,
    /// In lower case, for comparison with phrases; [`None`] if it is the same.
    lower: Option<String>,
    pub(super) kind: Kind,
    /// The word of phrases that it is.
    pub(super) known: Known,
    /// True if it is a part of a name: `the returned amount`.
    pub(super) names: bool,
}

/// The kinds of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word that phrases may contain.
    Word,
    /// A text in backticks, which is a name or a value and never part of a phrase.
    Code,
    /// The end of a clause.
    Break,
    /// A mark that separates list items, and also ends a clause.
    Comma,
}

impl<'t> Token<'t> {
    pub(super) fn new(raw: impl Into<Cow<'t, str>>, kind: Kind) -> Self {
        let raw = raw.into();
        let is_lower = |c: char| is_chinese(c) || c.is_ascii_lowercase() || !c.is_alphabetic();
        let lower = (!raw.chars().all(is_lower)).then(|| raw.to_lowercase());
        Token {
            lower: lower.filter(|lower| *lower != raw),
            raw,
            kind,
            known: Known::default(),
            names: false,
        }
    }

    pub(super) fn lower(&self) -> &str {
        self.lower.as_deref().unwrap_or(&self.raw)
    }

    pub(super) fn ends_clause(&self) -> bool {
        matches!(self.kind, Kind::Break | Kind::Comma)
    }

    /// Returns whether it is this word or mark of a pattern.
    pub(super) fn fits(&self, word: &str) -> bool {
        match self.kind {
            Kind::Word => self.lower() == word,
            Kind::Break | Kind::Comma => self.raw == word,
            Kind::Code => false,
        }
    }
}

/// The greatest number of words that are read; a sentence with more is never understood.
pub(super) const LONGEST: usize = 240;

/// Splits a sentence, and leaves out the marks around it.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = split(text);
    while tokens.last().is_some_and(Token::ends_clause) {
        tokens.pop();
    }
    let marks = tokens.iter().take_while(|token| token.ends_clause());
    let marks = marks.count();
    tokens.drain(..marks);
    tokens
}

/// Splits a part of a sentence, with its marks.
pub(super) fn split(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if tokens.len() > LONGEST {
            break;
        }
        let before = text[..text.len() - rest.len()].chars().next_back();
        let length = next(rest, (before, first), &mut tokens);
        rest = rest.get(length.max(1)..).unwrap_or_default();
    }
    tokens
}

/// Adds the word at the start of a text; returns the number of its bytes.
fn next<'t>(
    rest: &'t str,
    (before, first): (Option<char>, char),
    tokens: &mut Vec<Token<'t>>,
) -> usize {
    if first == '`'
        && let Some((inner, _)) = rest[1..].split_once('`')
        && inner.len() <= 100
    {
        let name = inner.trim().trim_matches(['"', '\'', '“', '”']);
        match name.split_once('=') {
            Some((field, value)) if is_name(field) => {
                let (field, mark) = match field.strip_suffix('!') {
                    Some(field) => (field, ["!", "="].as_slice()),
                    None => (field, ["="].as_slice()),
                };
                tokens.push(Token::new(field.trim(), Kind::Code));
                tokens.extend(mark.iter().map(|mark| Token::new(*mark, Kind::Word)));
                let value = value
                    .trim_start_matches('=')
                    .trim()
                    .trim_matches(['"', '\'']);
                tokens.push(Token::new(value, Kind::Code));
            }
            Some(_) | None if !name.is_empty() => tokens.push(Token::new(name, Kind::Code)),
            Some(_) | None => {}
        }
        return inner.len() + 2;
    }
    if is_chinese(first) {
        tokens.push(Token::new(&rest[..first.len_utf8()], Kind::Word));
        return first.len_utf8();
    }
    // A slash behind a word separates two names.
    let is_apart = !before.is_some_and(|before| is_part(before) || before == '`');
    if is_part(first) || first == '/' && is_apart && starts_path(rest) {
        let length = word_length(rest);
        let word = &rest[..length];
        let word = match word.contains('’') {
            true => Cow::Owned(bare(&word.replace('’', "'")).to_owned()),
            false => emphasized(word).map_or_else(|| Cow::Borrowed(bare(word)), Cow::Owned),
        };
        if !word.is_empty() {
            tokens.push(Token::new(word, Kind::Word));
        }
        return length;
    }
    let length = first.len_utf8();
    // Marks of both widths are the same.
    let mark = match first {
        '，' => ",",
        '：' => ":",
        '（' => "(",
        '）' => ")",
        '；' => ";",
        '？' => "?",
        _ => &rest[..length],
    };
    match first {
        ',' | '，' | '、' | '/' => tokens.push(Token::new(mark, Kind::Comma)),
        '.' | '。' | ';' | '；' | ':' | '：' | '(' | ')' | '（' | '）' | '—' | '–' | '|' | '?'
        | '？' | '…' => tokens.push(Token::new(mark, Kind::Break)),
        // A hyphen between spaces; one inside a word is part of it.
        '-' => tokens.push(Token::new(mark, Kind::Break)),
        '=' | '!' | '！' | '≠' | '<' | '>' | '≤' | '≥' | '+' | '&' => {
            tokens.push(Token::new(mark, Kind::Word));
        }
        _ => {}
    }
    length
}

/// Returns a word without marks around it, and without its ending as a possessive.
fn bare(word: &str) -> &str {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let word = word.trim_matches(['_', '.', '-', '\'']);
    word.trim_end_matches("[]")
}

/// Returns a word without marks of emphasis of which the first one is a letter too late: `r_esult.status_`.
fn emphasized(word: &str) -> Option<String> {
    let inner = word.strip_suffix('_')?;
    let (first, rest) = inner.split_once('_')?;
    let is_late = first.len() == 1 && !rest.contains('_');
    is_late.then(|| format!("{first}{rest}"))
}

/// Returns whether a text before `=` is a name: `a`, `a !`, `a.b`.
fn is_name(text: &str) -> bool {
    let name = text.trim_end_matches('!').trim();
    let is_inside = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '/');
    !name.is_empty() && name.chars().all(is_inside)
}

fn is_part(char: char) -> bool {
    !is_chinese(char) && (char.is_alphanumeric() || char == '_')
}

/// Returns whether a text starts with a JSON Pointer, not with a slash between two words.
fn starts_path(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('/') && chars.next().is_some_and(|next| next.is_ascii_lowercase())
}

/// Returns the number of bytes of the word at the start of a text: a name may have dots, brackets
/// and, if it starts with a slash, slashes in it.
fn word_length(rest: &str) -> usize {
    let is_path = rest.starts_with('/');
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = |next: Option<char>| next.is_some_and(is_part);
        let fits = match char {
            '.' => joins(next) || next == Some('*'),
            '-' | '\'' | '’' => at > 0 && joins(next),
            '/' => is_path && (joins(next) || next == Some('*')),
            '[' => next == Some(']'),
            ']' => rest[..at].ends_with('['),
            '*' => rest[..at].ends_with(['.', '/']),
            char => is_part(char),
        };
        if !fits {
            break;
        }
        end = at + char.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raws(text: &str) -> Vec<String> {
        tokens(text)
            .into_iter()
            .map(|token| token.raw.into_owned())
            .collect()
    }

    #[test]
    fn names_and_values_stay_whole() {
        for (text, expected) in [
            (
                "Required if _billId_ is empty.",
                "Required|if|billId|is|empty",
            ),
            (
                "when order.env.type isn't `A B`",
                "when|order.env.type|isn't|A B",
            ),
            ("/result/status is S/F", "/result/status|is|S|/|F"),
            ("billId/ticketId, `a`/b", "billId|/|ticketId|,|a|/|b"),
            ("当_billId_的值为`A`时", "当|billId|的|值|为|A|时"),
            (
                "goods[].name's value, codes[]",
                "goods[].name|value|,|codes",
            ),
            ("a - non-empty one", "a|-|non-empty|one"),
            ("", ""),
        ] {
            assert_eq!(raws(text).join("|"), expected, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_cut() {
        assert!(tokens(&"word ".repeat(10_000)).len() <= LONGEST + 1);
    }
}
