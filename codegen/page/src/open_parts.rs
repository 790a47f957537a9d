//! Finds the parts of a line that look like facts and that no rule understood: numbers, names of
//! fields, values, and the words that usually state a rule.

use std::collections::HashSet;
use std::ops::Range;

use super::lexicon::Lexicon;
use super::line_report::Span;
use super::text::{is_chinese, is_constant, is_wire_name};

/// A part of a line that a rule understood.
#[derive(Debug, Clone)]
pub(super) struct Understood {
    pub(super) range: Range<usize>,
    /// The names, values and numbers in it that were understood; [`None`] for all.
    pub(super) known: Option<Vec<String>>,
}

/// The kind of prose, which decides what counts as a fact in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProseKind {
    /// About a parameter.
    Parameter,
    /// About a result code: names and words explain it, numbers state facts.
    Code,
}

/// A part of a line that is prose.
#[derive(Debug, Clone)]
pub(super) struct Prose {
    pub(super) range: Range<usize>,
    pub(super) kind: ProseKind,
}

/// The names of fields on a page, and the one that a line is about.
pub(super) struct Names<'p> {
    pub(super) all: &'p HashSet<&'p str>,
    pub(super) own: &'p [&'p str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TokenKind {
    Number,
    /// A name or a value.
    Name,
    /// A word that usually states a rule.
    Word,
}

#[derive(Debug)]
struct Token {
    range: Range<usize>,
    kind: TokenKind,
}

/// Returns the parts of a text that look like facts and are not understood, in their order.
pub(super) fn open_parts(
    lexicon: &Lexicon,
    names: &Names<'_>,
    text: &str,
    prose: &[Prose],
    understood: &[Understood],
) -> Vec<Span> {
    let mut open: Vec<Span> = Vec::new();
    for Prose { range, kind } in prose {
        let Some(part) = text.get(range.clone()) else {
            continue;
        };
        let examples = examples(lexicon, part);
        for token in tokens(lexicon, names, part) {
            let is_fact = match kind {
                ProseKind::Parameter => true,
                ProseKind::Code => token.kind == TokenKind::Number,
            };
            // The examples do not overlap.
            let before = examples.partition_point(|example| example.start <= token.range.start);
            let example = before.checked_sub(1).and_then(|at| examples.get(at));
            let in_example = example.is_some_and(|example| contains(example, &token.range));
            if !is_fact || in_example {
                continue;
            }
            let at = range.start + token.range.start..range.start + token.range.end;
            if understood
                .iter()
                .any(|part| covers(part, &at, &token, text))
            {
                continue;
            }
            let (start, end) = (at.start, at.end);
            open.push(Span { start, end });
        }
    }
    open.sort_unstable();
    open.dedup();
    open
}

fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn covers(part: &Understood, at: &Range<usize>, token: &Token, text: &str) -> bool {
    let known = || match (&part.known, token.kind) {
        (None, _) | (Some(_), TokenKind::Word) => true,
        (Some(known), TokenKind::Number | TokenKind::Name) => {
            let word = text.get(at.clone()).unwrap_or_default();
            known.iter().any(|one| one == word)
        }
    };
    contains(&part.range, at) && known() || introduces(part, at, token, text)
}

/// The greatest number of bytes between a word and the statement that it belongs to.
const GAP: usize = 16;

/// Returns whether a word only introduces a statement that was understood: `must be a multiple of
/// 5`.
fn introduces(part: &Understood, at: &Range<usize>, token: &Token, text: &str) -> bool {
    let gap = text.get(at.end..part.range.start);
    let is_near =
        gap.is_some_and(|gap| gap.len() <= GAP && !gap.contains(['.', ';', ',', '。', '；', '，']));
    token.kind == TokenKind::Word && is_near
}

/// Returns the examples in a text: each from the words that begin it to the end of the sentence.
fn examples(lexicon: &Lexicon, text: &str) -> Vec<Range<usize>> {
    let starts = lexicon.example_starts.places(text).into_iter();
    let mut starts: Vec<(usize, usize)> = starts.map(|one| (one.start, one.end)).collect();
    starts.sort_unstable();
    let mut examples: Vec<Range<usize>> = Vec::new();
    for (at, after) in starts {
        // A sentence may announce its examples twice.
        if examples.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let end = text[after..].char_indices().find(|(end, char)| {
            let next = text[after + end + char.len_utf8()..].chars().next();
            match char {
                '。' | '；' | '！' => true,
                '.' | ';' | '!' => next.is_none_or(char::is_whitespace),
                _ => false,
            }
        });
        examples.push(at..end.map_or(text.len(), |(end, _)| after + end));
    }
    examples
}

fn tokens(lexicon: &Lexicon, names: &Names<'_>, text: &str) -> Vec<Token> {
    let mut tokens = marked(text);
    let mut taken = vec![false; text.len()];
    for token in &tokens {
        taken[token.range.clone()].fill(true);
    }
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let Some(start) = rest.find(is_word) else {
            break;
        };
        let start = at + start;
        let length = text[start..].find(|c| !is_word(c));
        let mut end = length.map_or(text.len(), |length| start + length);
        let word = &text[start..end];
        let kind = if word.bytes().all(|byte| byte.is_ascii_digit()) {
            end = number_end(text, end);
            Some(TokenKind::Number)
        } else {
            is_name(names, word).then_some(TokenKind::Name)
        };
        let range = match kind {
            Some(TokenKind::Name) => {
                let inner = word.trim_start_matches('_');
                let start = end - inner.len();
                start..start + inner.trim_end_matches('_').len()
            }
            Some(TokenKind::Number | TokenKind::Word) | None => start..end,
        };
        if let Some(kind) = kind
            && !taken[range.start]
        {
            tokens.push(Token { range, kind });
        }
        at = end;
    }
    tokens.extend(words(lexicon, text));
    tokens
}

/// Returns the end of a number with groups and decimals.
fn number_end(text: &str, mut end: usize) -> usize {
    while let Some(rest) = text.get(end..) {
        let mut chars = rest.chars();
        let joins = matches!(chars.next(), Some('.' | ','));
        let digits: usize = chars.take_while(char::is_ascii_digit).count();
        if !joins || digits == 0 {
            break;
        }
        end += 1 + digits;
    }
    end
}

/// Returns the texts between backticks.
fn marked(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut opened = None;
    for (at, _) in text.match_indices('`') {
        match opened.take() {
            None => opened = Some(at + 1),
            Some(start) if text[start..at].trim().is_empty() => {}
            Some(start) => tokens.push(Token {
                range: start..at,
                kind: TokenKind::Name,
            }),
        }
    }
    tokens
}

/// Returns whether an unmarked word is the name of another field, or a value.
fn is_name(names: &Names<'_>, word: &str) -> bool {
    let word = word.trim_matches('_');
    if names.own.contains(&word) {
        return false;
    }
    let joined = word.contains('_');
    let camel = is_wire_name(word)
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().skip(2).any(|byte| byte.is_ascii_uppercase());
    let known = (joined || camel) && names.all.contains(word);
    // Names of products such as `eWallet` have a capital after their first letter.
    let looks = camel && !word[1..].starts_with(|c: char| c.is_ascii_uppercase());
    known || looks || joined && is_constant(word)
}

/// Returns the words that usually state a rule.
fn words(lexicon: &Lexicon, text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    // Longer words come first: `only` in `can only` is not a second one.
    let places = lexicon.fact_words.places(text);
    let mut taken = vec![false; if places.is_empty() { 0 } else { text.len() }];
    for place in places {
        let range = place.start..place.end;
        let is_latin = !lexicon.fact_words.word(place.word).chars().any(is_chinese);
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        let is_part = is_latin && (letter(before) || letter(after));
        if !is_part && !taken[range.start] {
            taken[range.clone()].fill(true);
            tokens.push(Token {
                range,
                kind: TokenKind::Word,
            });
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Base, Profile};

    fn open(text: &str, understood: &[Understood]) -> Vec<String> {
        let all = HashSet::from(["billId", "order_no", "order"]);
        let own = ["tillId"];
        let names = Names {
            all: &all,
            own: &own,
        };
        let prose = [Prose {
            range: 0..text.len(),
            kind: ProseKind::Parameter,
        }];
        let open = open_parts(
            Profile::shipped(Base::BuiltIn).lexicon(),
            &names,
            text,
            &prose,
            understood,
        );
        open.iter().map(|span| span.of(text).to_owned()).collect()
    }

    #[test]
    fn each_part_that_looks_like_a_fact_is_found() {
        for (text, expected) in [
            ("The id of the order.", &[][..]),
            ("The tillId of the shop.", &[]),
            ("Kept for 30 days.", &["30"]),
            ("Costs 1,000.50 a year.", &["1,000.50"]),
            ("Either `A` or the billId.", &["A", "billId"]),
            ("See _billId_ and order_no.", &["billId", "order_no"]),
            ("It must not be null.", &["must", "null"]),
            ("The mustard is invalid.", &[]),
            ("One of IN_STORE and ONLINE.", &["IN_STORE"]),
            (
                "Any text, for example `A1` or 64. At most 5.",
                &["5", "At most"],
            ),
            ("必须填写, 最多5次", &["必须", "最多", "5"]),
            ("SHA256 and v2 with eWallet", &[]),
        ] {
            let mut expected = expected.to_vec();
            expected.sort_by_key(|part| text.find(part));
            assert_eq!(open(text, &[]), expected, "{text}");
        }
    }

    #[test]
    fn a_part_that_was_understood_is_not_open() {
        let text = "Required when billId is `A`, after 3 days.";
        let known = ["billId", "A"].map(str::to_owned).to_vec();
        let all = Understood {
            range: 0..text.len(),
            known: None,
        };
        let some = Understood {
            known: Some(known),
            ..all.clone()
        };
        assert_eq!(open(text, &[all]), Vec::<String>::new());
        assert_eq!(open(text, &[some]), ["3"]);
    }
}
