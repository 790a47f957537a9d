//! Splits the type of a parameter off the description behind it, on pages whose names are alone on their lines: a copy
//! joins `string` and `The name.` to `stringThe name.`

use super::{is_name, is_requirement, is_type};
use crate::item::{Item, Kind};
use crate::lexicon::Lexicon;
use crate::text::is_wire_name;

/// The greatest number of words of a type.
const WORDS: usize = 4;

/// Returns the start of a description on the line of a type: below a name, or behind the name on the same line.
pub(super) fn description_start(
    lexicon: &Lexicon,
    item: &Item,
    above: Option<&Item>,
) -> Option<usize> {
    if !lexicon.names_alone || item.kind != Kind::Text {
        return None;
    }
    let text = item.text.as_str();
    let above = above.map_or("", |above| above.text.trim_end());
    if names(lexicon, above) {
        return glued_description(lexicon, text);
    }
    // A line of prose goes on in the middle of a sentence.
    let ends = !above.ends_with(|c: char| c.is_alphanumeric() || c == ',');
    let begins = ends || lexicon.title(above).is_some();
    let (name, rest) = text.split_once(' ')?;
    let start = text.len() - rest.len();
    let is_name = begins && is_name(name) && !is_requirement(lexicon, name);
    let at = is_name.then(|| description(lexicon, rest))??;
    Some(start + at)
}

/// Returns whether a line is a name with its requirement, whose type is below: `weight *`.
fn names(lexicon: &Lexicon, line: &str) -> bool {
    let mut words = line.split_whitespace();
    let is_name = words.next().is_some_and(is_wire_name);
    let last = words.next().is_some_and(|word| {
        let mut marks = lexicon.requirement_marks.iter();
        is_requirement(lexicon, word) || marks.any(|(mark, _)| mark == word)
    });
    is_name && last && words.next().is_none()
}

/// Returns the start of a description behind the words of a type, or glued to them.
fn description(lexicon: &Lexicon, text: &str) -> Option<usize> {
    let ends = text.match_indices(' ').map(|(at, _)| at).take(WORDS);
    let apart = ends.filter(|end| {
        let (ty, rest) = text.split_at(*end);
        begins_sentence(rest.trim_start()) && is_type(lexicon, ty)
    });
    apart.last().or_else(|| glued_description(lexicon, text))
}

/// Returns the start of a description that is glued to the type before it: `stringThe name.`
fn glued_description(lexicon: &Lexicon, text: &str) -> Option<usize> {
    let mut ends = text.match_indices(' ').map(|(at, _)| at);
    let end = ends.nth(WORDS - 1).unwrap_or(text.len());
    let mut before = ' ';
    let starts = text.char_indices().filter(|(at, char)| {
        let is_start = before.is_ascii_lowercase() && char.is_ascii_uppercase();
        before = *char;
        is_start && *at < end
    });
    let mut starts = starts.map(|(at, _)| at);
    starts.find(|at| {
        let (ty, rest) = text.split_at(*at);
        let known = lexicon.types.contains_key(ty) || lexicon.object.iter().any(|one| one == ty);
        (known || ty.contains(' ') && is_type(lexicon, ty)) && begins_sentence(rest)
    })
}

/// Returns whether a text begins like a sentence: with a capital, and a word behind it.
fn begins_sentence(text: &str) -> bool {
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let capital = words
        .next()
        .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
    capital
        && words
            .next()
            .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '`'))
}
