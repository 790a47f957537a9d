//! Reads lists of values in sentences.

use crate::text::is_constant;

/// The greatest number of values in a list, and of bytes in a remark about one.
const VALUES: usize = 200;
const REMARK: usize = 300;

/// Reads the list of values at a position of the original, and returns its end: words in backticks,
/// and words that are written like values. What a value means may stand behind it: `A` (one), `B` (two).
pub(super) fn values(original: &str, from: usize) -> (Vec<(usize, String)>, usize) {
    let mut values = Vec::new();
    let before = original.get(..from).unwrap_or_default();
    // The full stop behind `e.g` ends no sentence.
    let abbreviated = before.ends_with(".g");
    let stop = abbreviated
        && original
            .get(from..)
            .is_some_and(|rest| rest.starts_with('.'));
    let from = from + usize::from(stop);
    let mut at = from;
    let mut end = from;
    while values.len() < VALUES {
        let Some(rest) = original.get(at..) else {
            break;
        };
        let Some((skipped, value, length)) = next(rest, values.is_empty()) else {
            break;
        };
        at += skipped;
        values.push((at, value.to_owned()));
        at += length;
        end = at;
    }
    (values, end)
}

/// Returns the next value of a list, with the number of bytes before it.
fn next(text: &str, is_first: bool) -> Option<(usize, &str, usize)> {
    let rest = skip_separators(text);
    if let Some((value, length)) = value(rest) {
        return Some((text.len() - rest.len(), value, length));
    }
    let rest = text.get(remark(text).filter(|_| !is_first)?..)?;
    let next = skip_separators(rest);
    let (value, length) = value(next)?;
    // Without marks, a word in capitals may begin the next sentence.
    let is_listed = next.len() < rest.trim_start().len() || next.starts_with('`');
    is_listed.then_some((text.len() - next.len(), value, length))
}

/// Returns the end of the remark at the start of a text, which says what the value before means: one in brackets, or one
/// behind a dash or a colon up to the next value.
fn remark(text: &str) -> Option<usize> {
    let rest = text.trim_start();
    let space = text.len() - rest.len();
    let inner = rest.get(..rest.floor_char_boundary(REMARK))?;
    if inner.starts_with(['(', '（']) {
        let mut depth = 0_usize;
        for (at, char) in inner.char_indices() {
            match char {
                '(' | '（' => depth += 1,
                ')' | '）' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return Some(space + at + char.len_utf8());
            }
        }
        return None;
    }
    inner.strip_prefix(['-', '–', '—', ':', '：', '='])?;
    let mut ends = inner.char_indices().filter(|(at, char)| {
        let is_mark = matches!(char, ',' | '，' | '、' | ';' | '；');
        let is_word = || {
            inner
                .get(*at..)
                .is_some_and(|rest| JOINTS.iter().any(|word| rest.starts_with(word)))
        };
        is_mark || is_word()
    });
    let end = ends.find(|(at, _)| {
        let rest = inner.get(*at..).unwrap_or_default();
        let next = skip_separators(rest.strip_prefix([';', '；']).unwrap_or(rest));
        next.starts_with('`') && value(next).is_some()
    });
    end.map(|(at, _)| space + at)
}

/// Returns whether a list goes on behind its last value with something that is no value: `A`, or a date.
pub(crate) fn is_unfinished(behind: &str) -> bool {
    let rest = behind.trim_start_matches(['`', ' ']);
    let rest = match remark(rest) {
        Some(end) => rest.get(end..).unwrap_or_default(),
        None if rest.starts_with(['(', '（']) => return true,
        None => rest,
    };
    let next = rest.trim_start_matches(|c: char| c.is_whitespace() || ",，、".contains(c));
    // The list may go on in the next line.
    let ends_in_comma = next.is_empty() && rest.contains([',', '，', '、']);
    ends_in_comma || next.starts_with("or ") || next.starts_with('或')
}

/// The words between the last two values of a list.
const JOINTS: [&str; 5] = [" and `", " or `", "以及`", "和`", "或`"];

/// Skips the separators between two values.
fn skip_separators(text: &str) -> &str {
    const WORDS: [&str; 5] = ["and ", "or ", "以及", "和", "或"];
    let mut rest = text;
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    ',' | '，' | '、' | ';' | '；' | ':' | '：' | '"' | '“' | '”' | '/'
                )
        });
        for word in WORDS {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
        // The mark of a list whose first item is glued to the words above it.
        let item = rest.strip_prefix("- ");
        rest = item.filter(|item| item.starts_with('`')).unwrap_or(rest);
        if rest.len() == before {
            return rest;
        }
    }
}

/// Returns the value at the start of a text, and the number of bytes that it takes there.
pub(super) fn value(text: &str) -> Option<(&str, usize)> {
    if let Some(inner) = text.strip_prefix('`') {
        let end = inner.bytes().take(100).position(|byte| byte == b'`')?;
        let value = inner.get(..end)?.trim();
        return (!value.is_empty()).then_some((value, end + 2));
    }
    let length = text
        .bytes()
        .take(100)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        .count();
    let word = text.get(..length)?;
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    let camel = capitals >= 2 && word.starts_with(|c: char| c.is_ascii_uppercase());
    (is_constant(word) || camel || word == "true" || word == "false").then_some((word, length))
}
