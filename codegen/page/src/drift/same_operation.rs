//! Checks that two pages describe the same operation.

use std::collections::BTreeSet;

use super::find::FindError;
use super::letters::letters;
use crate as page;
use payspec_model::model::Side;

/// The least percentage of parameters that two pages without a path have in common.
const ENOUGH: i64 = 40;

/// Checks that two pages describe the same operation.
pub(crate) fn same_operation(
    old: &page::Operation,
    new: &page::Operation,
) -> Result<(), FindError> {
    let titles = [old, new].map(|one| one.title.as_ref().map(|title| letters(&title.value)));
    let paths = [old, new].map(|one| one.path.as_ref().map(|path| last_parts(&path.value)));
    let differ = match (&titles, &paths) {
        ([Some(one), Some(other)], _) if one == other => false,
        (_, [Some(one), Some(other)]) => one != other || name_two(old, new, one),
        ([Some(_), Some(_)], _) => name_two(old, new, "") || likeness(old, new) < ENOUGH,
        ([None, _] | [_, None], _) => false,
    };
    if !differ {
        return Ok(());
    }
    let name = |one: &page::Operation| {
        let title = one.title.as_ref().map(|title| title.value.clone());
        let path = one.path.as_ref().map(|path| path.value.clone());
        match (title, path) {
            (Some(title), Some(path)) => format!("{title}, {path}"),
            (Some(name), None) | (None, Some(name)) => name,
            (None, None) => String::new(),
        }
    };
    Err(FindError::Different {
        old: name(old),
        new: name(new),
    })
}

/// Returns whether the titles of two pages name two operations: each has words that neither the other title
/// nor the path has. `cancel` and `Cancellation` are one. Words without a translation say nothing about a title in English.
fn name_two(old: &page::Operation, new: &page::Operation, path: &str) -> bool {
    let is_untranslated = [old, new].iter().any(|one| one.english_words().is_none());
    if is_untranslated && old.has_chinese_title() != new.has_chinese_title() {
        return false;
    }
    let (Some(old), Some(new)) = (&old.words, &new.words) else {
        return false;
    };
    let path = letters(path);
    let is_in = |word: &str, others: &[String]| others.iter().any(|one| same_word(word, one));
    let [gone, added] = [(old, new), (new, old)].map(|(own, other)| {
        let own = own.iter().filter(|word| word.len() >= STEM);
        own.filter(|word| !is_in(word, other)).collect::<Vec<_>>()
    });
    // A title that shares no word with another one may be none.
    let shares = old
        .iter()
        .any(|word| word.len() >= STEM && is_in(word, new));
    let is_told_by_path = |words: &[&String]| words.iter().all(|word| path.contains(word.as_str()));
    (shares || path.is_empty()) && !is_told_by_path(&gone) && !is_told_by_path(&added)
}

/// The least number of bytes that two forms of a word have in common: three letters, or a character in Chinese.
const STEM: usize = 3;

/// Returns whether two words are forms of one, such as `ask` and `asking`.
fn same_word(one: &str, other: &str) -> bool {
    one.starts_with(other) && other.len() >= STEM || other.starts_with(one) && one.len() >= STEM
}

/// Returns the end of a path, which names the operation whatever the version and the prefix.
fn last_parts(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let from = parts.len().saturating_sub(2);
    parts[from..].join("/")
}

/// Returns the percentage of parameters that two pages have in common.
fn likeness(old: &page::Operation, new: &page::Operation) -> i64 {
    let names = |one: &page::Operation| -> BTreeSet<(Side, String)> {
        let sides = Side::ALL.iter().copied();
        sides
            .flat_map(|side| {
                let parameters = one.parameters(side).iter();
                parameters.map(move |one| (side, one.path.clone()))
            })
            .collect()
    };
    let (old, new) = (names(old), names(new));
    let same = old.intersection(&new).count();
    let all = old.union(&new).count();
    i64::try_from(same * 100 / all.max(1)).unwrap_or_default()
}
