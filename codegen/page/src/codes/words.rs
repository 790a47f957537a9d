//! The words in the cells of a table of codes.

use std::borrow::Cow;

use crate::text::{is_chinese, is_constant};

/// Removes backticks and spaces around a cell.
pub(super) fn bare(cell: &str) -> &str {
    cell.trim().trim_matches('`').trim()
}

/// Splits a cell into a code and the remark or the translation behind it in brackets.
pub(super) fn apart(cell: &str) -> (&str, &str) {
    let split = cell.trim_end().strip_suffix([')', '）']);
    let split = split.and_then(|cell| cell.split_once(['(', '（']));
    let split = split.map(|(code, remark)| (bare(code), remark.trim()));
    let names_no_other = |remark: &str| !remark.split(|c| !is_letter(c)).any(is_constant);
    match split {
        Some((code, remark)) if is_constant(code) && names_no_other(remark) => (code, remark),
        Some(_) | None => (cell, ""),
    }
}

fn is_letter(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_'
}

/// Joins a code that is broken over lines, or by a space beside an underscore.
pub(super) fn joined(cell: &str) -> Cow<'_, str> {
    let is_broken = |pair: &[&str]| pair[0].ends_with('_') || pair[1].starts_with('_');
    let words: Vec<&str> = cell.split_whitespace().map(bare).collect();
    let parts = if words.windows(2).all(is_broken) {
        words
    } else {
        cell.lines().map(bare).collect()
    };
    let is_code = |part: &&str| {
        part.bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    };
    if parts.len() > 1 && parts.iter().all(is_code) {
        Cow::Owned(parts.concat())
    } else {
        Cow::Borrowed(cell)
    }
}

/// Returns whether a word can be a code, in a column for codes.
pub(super) fn is_code(word: &str) -> bool {
    let is_code = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '-');
    (2..=64).contains(&word.len())
        && word.chars().all(is_code)
        && word.contains(|char: char| char.is_ascii_alphanumeric())
}

/// Returns whether a text can be the translated name of a code: a few Chinese words.
pub(super) fn is_translation(text: &str) -> bool {
    text.chars().any(is_chinese)
        && text.chars().count() <= LONGEST_NAME
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | ' ' | '-' | '\\'))
}

/// The number of characters of a translated name.
const LONGEST_NAME: usize = 24;

/// Returns whether a word looks like a status: `S`, `F`, `U`, or any other single capital.
pub(super) fn is_status(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}
