//! Reads the limits in and beside a type: `string[1,32]`, `string(32)`, `string <= 64 characters`,
//! `array[1,10]`.

#[cfg(test)]
mod tests;

use super::declared::Declared;
use super::facts::{Range, TypeKind};
use super::lexicon::{Lexicon, Unit, type_norm};

/// The bounds that a page prints, as decimal texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) min: Option<String>,
    pub(super) max: Option<String>,
    /// True if it is a comparison, such as `<= 64`, and not only a size, such as `(64)`.
    compared: bool,
    unit: Option<Unit>,
}

impl Bounds {
    fn of(min: Option<&str>, max: Option<&str>, compared: bool) -> Self {
        let owned = |text: &str| text.to_owned();
        Bounds {
            min: min.map(owned),
            max: max.map(owned),
            compared,
            unit: None,
        }
    }

    fn are_reversed(&self) -> bool {
        let number = |text: &Option<String>| text.as_deref()?.parse::<u32>().ok();
        let (min, max) = (number(&self.min), number(&self.max));
        min.zip(max).is_some_and(|(min, max)| min > max)
    }
}

const OPENING: [char; 6] = ['[', '(', '（', '{', '【', '〔'];
const CLOSING: [char; 6] = [']', ')', '）', '}', '】', '〕'];

/// The value that a comparison bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Min,
    Max,
    Exactly,
}

/// The words for a comparison, a longer one before its parts.
const COMPARISONS: [(&str, Bound); 14] = [
    ("<=", Bound::Max),
    ("=<", Bound::Max),
    ("≤", Bound::Max),
    ("⩽", Bound::Max),
    ("<", Bound::Max),
    ("maximum ", Bound::Max),
    ("max. ", Bound::Max),
    ("max ", Bound::Max),
    (">=", Bound::Min),
    ("≥", Bound::Min),
    ("minimum ", Bound::Min),
    ("min ", Bound::Min),
    ("==", Bound::Exactly),
    ("=", Bound::Exactly),
];

/// Splits the limits off a declaration, and returns the rest.
pub(super) fn split(lexicon: &Lexicon, text: &str) -> (String, Vec<Bounds>) {
    if !text.contains(|char: char| char.is_ascii_digit()) {
        return (text.to_owned(), Vec::new());
    }
    let mut rest = String::with_capacity(text.len());
    let mut found = Vec::new();
    let mut left = text;
    while let Some(at) = left.find(OPENING) {
        let (before, from) = left.split_at(at);
        let mut chars = from.chars();
        chars.next();
        let inner = chars.as_str();
        let end = inner.find(CLOSING).unwrap_or(inner.len());
        rest.push_str(before);
        match inner.get(..end).and_then(|inner| bounds(lexicon, inner)) {
            Some(bounds) if end < inner.len() => {
                found.push(bounds);
                rest.push(' ');
                let mut after = inner.get(end..).unwrap_or_default().chars();
                after.next();
                left = after.as_str();
                let (length, unit) = unit(lexicon, left);
                left = left.get(length..).unwrap_or_default();
                if let Some(last) = found.last_mut() {
                    last.unit = last.unit.or(unit);
                }
            }
            Some(_) | None => {
                rest.push_str(from.strip_suffix(inner).unwrap_or_default());
                left = inner;
            }
        }
    }
    rest.push_str(left);
    compared(lexicon, &mut rest, &mut found);
    (rest, found)
}

/// Cuts the comparisons out of a text.
fn compared(lexicon: &Lexicon, text: &mut String, found: &mut Vec<Bounds>) {
    let mut lower = text.to_ascii_lowercase();
    for (word, bound) in COMPARISONS {
        let Some(at) = lower.find(word) else { continue };
        let after = text.get(at + word.len()..).unwrap_or_default();
        let spaces = after.len() - after.trim_start().len();
        let number = number(after.trim_start());
        if number.is_empty() {
            continue;
        }
        let (min, max) = match bound {
            Bound::Min => (Some(number), None),
            Bound::Max => (None, Some(number)),
            Bound::Exactly => (Some(number), Some(number)),
        };
        let mut bounds = Bounds::of(min, max, true);
        let mut end = at + word.len() + spaces + number.len();
        let length;
        (length, bounds.unit) = unit(lexicon, text.get(end..).unwrap_or_default());
        end += length;
        text.replace_range(at..end, " ");
        lower.replace_range(at..end, " ");
        found.push(bounds);
    }
}

/// Returns the number at the start of a text.
fn number(text: &str) -> &str {
    let digits = |text: &str| {
        let end = text.find(|char: char| !char.is_ascii_digit());
        end.unwrap_or(text.len())
    };
    let whole = digits(text);
    let fraction = text.get(whole..).and_then(|rest| rest.strip_prefix('.'));
    let fraction = fraction.map_or(0, digits);
    let end = match (whole, fraction) {
        (0, _) => 0,
        (whole, 0) => whole,
        (whole, fraction) => whole + 1 + fraction,
    };
    // Longer numbers are no limits.
    text.get(..end).filter(|_| end <= 20).unwrap_or_default()
}

/// Returns the unit at the start of a text, and its length with the space before it.
fn unit(lexicon: &Lexicon, text: &str) -> (usize, Option<Unit>) {
    let word = text.trim_start();
    let space = text.len() - word.len();
    let end = word.find(|char: char| !char.is_alphabetic());
    let word = word.get(..end.unwrap_or(word.len())).unwrap_or_default();
    match lexicon.units.get(&type_norm(word)) {
        Some(unit) => (space + word.len(), Some(*unit)),
        None => (0, None),
    }
}

/// Reads bounds: `32`, `1,32`, `1..32`, `1 - unlimited`, `<= 32`, `32 characters`.
pub(super) fn bounds(lexicon: &Lexicon, text: &str) -> Option<Bounds> {
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    let (mut rest, mut found) = (text.to_owned(), Vec::new());
    compared(lexicon, &mut rest, &mut found);
    let is_left = |rest: &str| rest.contains(char::is_alphanumeric);
    if let [first, more @ ..] = found.as_slice()
        && !is_left(&rest)
    {
        let mut all = first.clone();
        for one in more {
            all.min = all.min.or_else(|| one.min.clone());
            all.max = all.max.or_else(|| one.max.clone());
        }
        return Some(all);
    }
    let first = number(text);
    let after = text.get(first.len()..).unwrap_or_default();
    let (length, first_unit) = unit(lexicon, after);
    let after = after.get(length..).unwrap_or_default().trim();
    if after.is_empty() && !first.is_empty() {
        let mut size = Bounds::of(None, Some(first), false);
        size.unit = first_unit;
        return Some(size);
    }
    let separators = [
        "...", "..", "…", ",", "，", "、", "~", "～", "–", "—", "-", ":", "至", "to ",
    ];
    let second = separators.iter().find_map(|one| after.strip_prefix(one))?;
    let second = second.trim_start();
    let last = number(second);
    let end = second.get(last.len()..).unwrap_or_default();
    let (length, last_unit) = unit(lexicon, end);
    let end = end.get(length..).unwrap_or_default().trim();
    let some = |number| Some(number).filter(|number: &&str| !number.is_empty());
    let mut both = Bounds::of(some(first), some(last), last.is_empty());
    both.unit = last_unit.or(first_unit);
    let fits = match (some(first), some(last)) {
        // `..10`
        (None, Some(_)) => end.is_empty() && after.starts_with(['.', '…']),
        (None, None) => false,
        // `1 - unlimited`
        (Some(_), None) => {
            !end.contains(|char: char| char.is_ascii_digit() || char.is_whitespace())
        }
        (Some(_), Some(_)) => end.is_empty(),
    };
    fits.then_some(both)
}

/// States bounds; their meaning depends on the type. Returns false if the type cannot have them.
pub(super) fn apply(declared: &mut Declared, bounds: Bounds) -> bool {
    let count = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<u32>().ok());
    let (min, max) = (count(&bounds.min), count(&bounds.max));
    let are_counts = min.is_some() == bounds.min.is_some() && max.is_some() == bounds.max.is_some();
    // Nothing is shorter than nothing.
    let min = min.filter(|min| *min > 0);
    let is_size = bounds.min.is_none() && !bounds.compared;
    let is_length = is_size || bounds.unit == Some(Unit::Characters);
    match (declared.ty.as_ref().map(|ty| ty.kind), bounds.unit) {
        // The number of digits.
        (Some(TypeKind::Integer | TypeKind::Number), None | Some(Unit::Characters))
            if is_length && are_counts =>
        {
            declared.min_length = declared.min_length.or(min);
            declared.max_length = declared.max_length.or(max);
            true
        }
        // The number of digits and of decimals.
        (Some(TypeKind::Number), None) if bounds.are_reversed() => false,
        (Some(TypeKind::Integer | TypeKind::Number), None) => {
            let range = declared.range.get_or_insert(Range {
                min: None,
                max: None,
            });
            range.min = range.min.take().or(bounds.min);
            range.max = range.max.take().or(bounds.max);
            true
        }
        (Some(TypeKind::Array), None | Some(Unit::Elements)) if are_counts => {
            declared.min_items = declared.min_items.or(min);
            declared.max_items = declared.max_items.or(max);
            true
        }
        (
            Some(TypeKind::String | TypeKind::Datetime | TypeKind::Date | TypeKind::Url) | None,
            None | Some(Unit::Characters),
        ) if are_counts => {
            declared.min_length = declared.min_length.or(min);
            declared.max_length = declared.max_length.or(max);
            true
        }
        (
            Some(
                TypeKind::String
                | TypeKind::Integer
                | TypeKind::Number
                | TypeKind::Boolean
                | TypeKind::Datetime
                | TypeKind::Date
                | TypeKind::Url
                | TypeKind::Object
                | TypeKind::Array
                | TypeKind::Any,
            )
            | None,
            None | Some(Unit::Characters | Unit::Elements),
        ) => false,
    }
}
