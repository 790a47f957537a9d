//! The words of violations: what was expected, what was found. The one home of both, for typed
//! messages and for JSON that is checked against a spec.

pub use crate::similar::closest;

use crate::Sensitive;
use core::fmt::Write;

/// Most characters of a text that [`actual_text`] shows.
const SHOWN: usize = 40;

/// For a field that must be present.
pub fn expected_present() -> String {
    "present".to_owned()
}

/// For a field that must be present because of another one.
pub fn expected_required_when(path: &[impl AsRef<str>], values: &[impl AsRef<str>]) -> String {
    format!("present, because {}", because(path, values))
}

/// For a field that must be absent because of another one.
pub fn expected_forbidden_when(path: &[impl AsRef<str>], values: &[impl AsRef<str>]) -> String {
    format!("absent, because {}", because(path, values))
}

/// Says when a condition is met: `/terminalType is one of ...`.
fn because(path: &[impl AsRef<str>], values: &[impl AsRef<str>]) -> String {
    let mut out = String::new();
    for name in path {
        out.push('/');
        out.push_str(name.as_ref());
    }
    out.push_str(" is ");
    match values {
        [] => out.push_str("present"),
        values => out.push_str(&expected_values(values)),
    }
    out
}

/// For an object in which one of several fields must be present.
pub fn expected_at_least_one_of(fields: &[impl AsRef<str>]) -> String {
    format!("at least one of {}", quoted(fields))
}

/// For a value that must be a text.
pub fn expected_text() -> String {
    "a JSON string".to_owned()
}

/// For a value that must be an object.
pub fn expected_object() -> String {
    "a JSON object".to_owned()
}

/// For a value that must be an array.
pub fn expected_list() -> String {
    "a JSON array".to_owned()
}

/// For a value that must be a native number, or a text of one.
pub fn expected_number() -> String {
    "a JSON number or string".to_owned()
}

/// For a value that must be a native boolean, or a text of one.
pub fn expected_boolean_type() -> String {
    "a JSON boolean or string".to_owned()
}

/// For an integer or decimal that the wire wants as a native number.
pub fn expected_native_number() -> String {
    "a JSON number".to_owned()
}

/// For a boolean that the wire wants as a native one.
pub fn expected_native_boolean() -> String {
    "a JSON boolean".to_owned()
}

/// For a text that must not be empty.
pub fn expected_not_empty() -> String {
    "no empty text: a field without a value is left out".to_owned()
}

/// For the text of an integer.
pub fn expected_integer() -> String {
    "an integer, such as 100".to_owned()
}

/// For the text of a decimal number.
pub fn expected_decimal() -> String {
    "a decimal number, such as 12.50".to_owned()
}

/// For the text of a boolean.
pub fn expected_boolean() -> String {
    "`true` or `false`".to_owned()
}

/// For a date and time.
pub fn expected_datetime() -> String {
    "an ISO 8601 date and time with offset, such as 2019-11-27T12:01:01+08:00".to_owned()
}

/// For a date.
pub fn expected_date() -> String {
    "an ISO 8601 date, such as 2019-11-27".to_owned()
}

/// For a URL.
pub fn expected_url() -> String {
    "an absolute URL, such as https://example.com/notify".to_owned()
}

/// For a country.
pub fn expected_country() -> String {
    "an ISO 3166-1 alpha-2 country code, such as US".to_owned()
}

/// For a currency.
pub fn expected_currency() -> String {
    "an ISO 4217 currency code, such as USD".to_owned()
}

/// For a merchant category code.
pub fn expected_mcc() -> String {
    "a merchant category code of four digits, such as 5411".to_owned()
}

/// For a text that holds JSON.
pub fn expected_json() -> String {
    "a text that is JSON".to_owned()
}

/// For a text that holds the JSON of an object.
pub fn expected_json_object() -> String {
    "a text that is a JSON object".to_owned()
}

/// For a field with one value only.
pub fn expected_const(value: &str) -> String {
    format!("`{value}`")
}

/// For a field with a set of values.
pub fn expected_values(values: &[impl AsRef<str>]) -> String {
    match values {
        [value] => expected_const(value.as_ref()),
        values => format!("one of {}", quoted(values)),
    }
}

/// For a text that is too short.
pub fn expected_min_length(limit: u32) -> String {
    format!("at least {}", characters(limit as usize))
}

/// For a text that is too long.
pub fn expected_max_length(limit: u32) -> String {
    format!("at most {}", characters(limit as usize))
}

/// For a text that does not match a regular expression.
pub fn expected_pattern(pattern: &str) -> String {
    format!("a text that matches `{pattern}`")
}

/// For a number that is too small.
pub fn expected_min(limit: &str) -> String {
    format!("at least {limit}")
}

/// For a number that is too large.
pub fn expected_max(limit: &str) -> String {
    format!("at most {limit}")
}

/// For a list that is too short.
pub fn expected_min_items(limit: u32) -> String {
    format!("at least {}", elements(limit as usize))
}

/// For a list that is too long.
pub fn expected_max_items(limit: u32) -> String {
    format!("at most {}", elements(limit as usize))
}

/// For an amount between two steps of its currency.
pub fn expected_multiple_of(step: u32, currency: &str) -> String {
    format!("a multiple of {step}, because the currency is {currency}")
}

/// For a field that the object does not have. Looks for the name that was meant.
pub fn expected_known_field<'a>(
    object: &str,
    name: &str,
    fields: impl IntoIterator<Item = &'a str>,
) -> String {
    match closest(name, fields) {
        Some(meant) => format!("one of the fields of {object}; did you mean `{meant}`?"),
        None => format!("one of the fields of {object}"),
    }
}

/// For a field that comes more than once.
pub fn expected_single_field() -> String {
    "the field once".to_owned()
}

/// What is found where nothing is.
pub fn actual_absent() -> String {
    "absent".to_owned()
}

/// What is found where nothing should be, whatever the value.
pub fn actual_present() -> String {
    "present".to_owned()
}

/// What is found where a JSON `null` is.
pub fn actual_null() -> String {
    "null".to_owned()
}

/// What is found where a native boolean is.
pub fn actual_boolean() -> String {
    "a boolean".to_owned()
}

/// What is found where a native number is.
pub fn actual_number() -> String {
    "a number".to_owned()
}

/// What is found where a text is.
pub fn actual_string() -> String {
    "a string".to_owned()
}

/// What is found where an array is.
pub fn actual_array() -> String {
    "an array".to_owned()
}

/// What is found where an object is.
pub fn actual_object() -> String {
    "an object".to_owned()
}

/// What is found where a field comes again.
pub fn actual_again() -> String {
    "the field again".to_owned()
}

/// What is found where a field is unknown.
pub fn actual_unknown_field(name: &str) -> String {
    quoted_cut(name)
}

/// What is found where the text is of the wrong length.
pub fn actual_length(text: &str) -> String {
    characters(text.chars().count())
}

/// What is found where the list is of the wrong length.
pub fn actual_items(count: usize) -> String {
    elements(count)
}

/// What is found where a text is wrong: the text in quotes, cut to forty characters, control
/// characters escaped; a mask when it is sensitive.
pub fn actual_text(text: &str, sensitive: Option<Sensitive>) -> String {
    match sensitive {
        Some(sensitive) => sensitive.mask().to_owned(),
        None => quoted_cut(text),
    }
}

fn quoted_cut(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(4 * SHOWN) + 5);
    out.push('"');
    let mut chars = text.chars();
    for char in chars.by_ref().take(SHOWN) {
        // Besides control characters also what turns or hides text in a terminal.
        match char {
            '"' | '\\' => out.extend(['\\', char]),
            char if char.is_control() || is_invisible(char) => out.extend(char.escape_unicode()),
            char => out.push(char),
        }
    }
    if chars.next().is_some() {
        out.push('…');
    }
    out.push('"');
    out
}

/// Marks of direction, zero-width characters and line separators.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn characters(count: usize) -> String {
    format!(
        "{count} {}",
        if count == 1 {
            "character"
        } else {
            "characters"
        }
    )
}

fn elements(count: usize) -> String {
    format!(
        "{count} {}",
        if count == 1 { "element" } else { "elements" }
    )
}

fn quoted(words: &[impl AsRef<str>]) -> String {
    let mut out = String::new();
    for (index, word) in words.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        // Writing to a String cannot fail.
        let _ = write!(out, "{comma}`{}`", word.as_ref());
    }
    out
}
