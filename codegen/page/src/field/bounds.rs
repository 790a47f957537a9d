//! Reads limits beside a type: `string <= 64 characters`, `string [1..12]`, `integer >= 1`,
//! `Array of strings [ 1 .. 10 ] items`.

use super::Declared;
use crate::facts::{Range, TypeKind};
use crate::lexicon::{Lexicon, Unit, type_norm};

/// A least and a greatest number, both inclusive.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    min: Option<String>,
    max: Option<String>,
    unit: Option<Unit>,
}

/// Takes the limits out of a declaration, and returns the rest of it.
pub(super) fn take(lexicon: &Lexicon, text: &str) -> Option<(Bounds, String)> {
    let (start, end, mut bounds) = brackets(text).or_else(|| comparisons(text))?;
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    let after = after.trim_start();
    let word_end = after.find(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | ')' | '）'));
    let (word, rest) = after.split_at(word_end.unwrap_or(after.len()));
    bounds.unit = lexicon.units.get(&type_norm(word)).copied();
    let rest = if bounds.unit.is_some() { rest } else { after };
    Some((bounds, format!("{before} {rest}")))
}

/// Reads `[1..12]`, `[ 1 .. 64 ]`, `[..10]`, `[6-32]`.
fn brackets(text: &str) -> Option<(usize, usize, Bounds)> {
    let start = text.find('[')?;
    let inner = text.get(start + 1..)?;
    let length = inner.find(']')?;
    let inner = inner.get(..length)?;
    let (min, max) = ["...", "..", "…", "-", "–", "~", ","]
        .into_iter()
        .find_map(|mark| inner.split_once(mark))?;
    let (min, max) = (bound(min)?, bound(max)?);
    let bounds = Bounds {
        unit: None,
        min,
        max,
    };
    let is_bounded = bounds.min.is_some() || bounds.max.is_some();
    is_bounded.then_some((start, start + 1 + length + 1, bounds))
}

/// Reads a number; an absent one is unlimited.
fn bound(text: &str) -> Option<Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    is_number(text).then(|| Some(text.to_owned()))
}

fn is_number(text: &str) -> bool {
    let digits = text.split('.');
    digits.clone().count() <= 2
        && digits
            .into_iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Reads `<= 64`, `>= 1`, `= 3`, and two of them after each other.
fn comparisons(text: &str) -> Option<(usize, usize, Bounds)> {
    let mut bounds = Bounds::default();
    let (mut from, mut to) = (None, 0);
    while let Some((start, end)) = comparison(text, to, &mut bounds) {
        // Only what is next to each other is one statement.
        let between = text.get(to..start).unwrap_or_default();
        if from.is_some() && between.contains(char::is_alphanumeric) {
            break;
        }
        from.get_or_insert(start);
        to = end;
    }
    Some((from?, to, bounds))
}

fn comparison(text: &str, from: usize, bounds: &mut Bounds) -> Option<(usize, usize)> {
    const MARKS: [(&str, bool, bool); 6] = [
        ("<=", false, true),
        (">=", true, false),
        ("≤", false, true),
        ("≥", true, false),
        ("==", true, true),
        ("=", true, true),
    ];
    let rest = text.get(from..)?;
    let found = MARKS.iter().filter_map(|(mark, is_min, is_max)| {
        let at = rest.find(mark)?;
        Some((at, mark.len(), *is_min, *is_max))
    });
    let (at, length, is_min, is_max) =
        found.min_by_key(|(at, length, ..)| (*at, usize::MAX - length))?;
    let after = rest.get(at + length..)?;
    let number = after.trim_start();
    let spaces = after.len() - number.len();
    let digits = number.find(|c: char| !c.is_ascii_digit() && c != '.');
    let number = number.get(..digits.unwrap_or(number.len()))?;
    let number_length = number.len();
    let number = number.trim_end_matches('.');
    if !is_number(number) {
        return None;
    }
    if is_min {
        bounds.min = Some(number.to_owned());
    }
    if is_max {
        bounds.max = Some(number.to_owned());
    }
    let start = from + at;
    Some((start, start + length + spaces + number_length))
}

impl Bounds {
    /// Adds the limits to a declaration, by its type; returns whether it can have them.
    pub(super) fn put(self, declared: &mut Declared) -> bool {
        let Bounds { min, max, unit } = self;
        let Some(ty) = &declared.ty else {
            return false;
        };
        let count = |number: &Option<String>| match number {
            None => Ok(None),
            Some(number) => number.parse::<u32>().map(Some),
        };
        match (ty.kind, unit) {
            (TypeKind::Array, None | Some(Unit::Elements)) => {
                let (Ok(min), Ok(max)) = (count(&min), count(&max)) else {
                    return false;
                };
                declared.min_items = min;
                declared.max_items = max;
            }
            (TypeKind::Integer | TypeKind::Number, None) => {
                declared.range = Some(Range { min, max });
            }
            (
                TypeKind::Integer | TypeKind::Number | TypeKind::String | TypeKind::Url,
                Some(Unit::Characters),
            )
            | (TypeKind::String | TypeKind::Url, None) => {
                let (Ok(min), Ok(max)) = (count(&min), count(&max)) else {
                    return false;
                };
                declared.min_length = min;
                declared.max_length = max.or(declared.max_length);
            }
            (
                TypeKind::String
                | TypeKind::Integer
                | TypeKind::Number
                | TypeKind::Boolean
                | TypeKind::Datetime
                | TypeKind::Date
                | TypeKind::Url
                | TypeKind::Object
                | TypeKind::Array,
                _,
            ) => return false,
        }
        true
    }
}
