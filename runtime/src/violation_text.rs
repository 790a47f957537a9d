//! The texts of violations, expected and actual. Typed messages and JSON that is checked against a spec
//! share them.
//!
//! Functions that mention texts of a schema return [`Words`]; its documentation says how they become a
//! [`Phrase`].

use crate::similar::closest;

use crate::json::Damage;
use crate::phrase::{self, Bound, Form, Phrase, Unit, Words};
use crate::rules::DEFAULT_RESPONSE;
use crate::{Condition, JsonShape, JsonType, Met, Sensitive};

/// Number of characters of a text that [`actual_text`] shows.
const SHOWN: usize = 40;

/// For a field that must be present.
pub fn expected_present() -> Phrase {
    Phrase::fixed("present")
}

/// For a field that must be present in the answers of an HTTP status, of a class of them, or in all others.
pub fn expected_in_answer(status: &str) -> Phrase {
    match status {
        DEFAULT_RESPONSE => Phrase::fixed("present in answers with any other HTTP status"),
        status => format!("present in answers with HTTP status {status}").into(),
    }
}

/// For a field that must be present because of another one.
pub fn expected_required_when(path: &[impl AsRef<str>], met: Met<'_, impl AsRef<str>>) -> Phrase {
    because("present", path, met)
}

/// For a field that must be absent because of another one.
pub fn expected_forbidden_when(path: &[impl AsRef<str>], met: Met<'_, impl AsRef<str>>) -> Phrase {
    because("absent", path, met)
}

/// For a condition on another field, as documentation states it: `/channel is one of WEB, APP`.
pub fn condition(path: &[impl AsRef<str>], met: Met<'_, impl AsRef<str>>) -> Phrase {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = phrase::condition(&mut out, path, met);
    out.into()
}

fn because(what: &str, path: &[impl AsRef<str>], met: Met<'_, impl AsRef<str>>) -> Phrase {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = phrase::because(&mut out, what, path, met);
    out.into()
}

/// For a field that must be present because of a condition of its schema.
pub(crate) fn expected_by_condition(condition: &'static Condition) -> Words<'static> {
    Words(Form::RequiredWhen(condition))
}

/// For a field that must be absent because of a condition of its schema.
pub(crate) fn forbidden_by_condition(condition: &'static Condition) -> Words<'static> {
    Words(Form::ForbiddenWhen(condition))
}

/// For an object in which one of several fields must be present.
pub fn expected_at_least_one_of<S>(fields: &[S]) -> Words<'_, S> {
    Words(Form::AtLeastOneOf(fields))
}

/// For a currency that must equal that of another field; `path` leads from the body to that field.
pub fn expected_same_currency<S: AsRef<str>>(path: &[S], code: &str) -> Phrase {
    let mut text = format!("{code}, the currency at ");
    for name in path {
        // Writing to a String cannot fail.
        let _ = crate::pointer::write_name(&mut text, name.as_ref());
    }
    text.into()
}

/// For a value that must be a text.
pub fn expected_text() -> Phrase {
    Phrase::fixed("a JSON string")
}

/// For a text that must not contain a control character.
pub fn expected_no_control() -> Phrase {
    Phrase::fixed("a text without control characters")
}

/// For an address that the provider calls.
pub fn expected_callable_url() -> Phrase {
    Phrase::fixed("an `http` or `https` URL, which a server can call")
}

/// For an address that a payer may be sent to.
pub fn expected_opened_url() -> Phrase {
    Phrase::fixed("an `http` or `https` URL, or one of an app")
}

/// For a text with this control character.
pub fn actual_control(found: char) -> Phrase {
    format!("U+{:04X}", u32::from(found)).into()
}

/// For a URL of a scheme that does not fit.
pub fn actual_other_scheme() -> Phrase {
    Phrase::fixed("a URL of another scheme")
}

/// For a value that must be an object.
pub fn expected_object() -> Phrase {
    Phrase::fixed("a JSON object")
}

/// For a value that must be an array.
pub fn expected_list() -> Phrase {
    Phrase::fixed("a JSON array")
}

/// For a value that must have one of several JSON types.
pub fn expected_shapes(shapes: impl Iterator<Item = JsonShape>) -> Phrase {
    let names = shapes.map(|shape| match shape {
        JsonShape::String => "string",
        JsonShape::Number => "number",
        JsonShape::Boolean => "boolean",
        JsonShape::Object => "object",
        JsonShape::List => "array",
    });
    let names: Vec<&str> = names.collect();
    let names = match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => "value".to_owned(),
    };
    format!("a JSON {names}").into()
}

/// For a value that must be a native number, or a text of one.
pub fn expected_number() -> Phrase {
    Phrase::fixed("a JSON number or string")
}

/// For a value that must be a native boolean, or a text of one.
pub fn expected_boolean_type() -> Phrase {
    Phrase::fixed("a JSON boolean or string")
}

/// For a number or boolean that travels in this JSON type.
pub fn expected_encoding(json_type: JsonType) -> Phrase {
    match json_type {
        JsonType::String => expected_text(),
        JsonType::Number => Phrase::fixed("a JSON number"),
        JsonType::Boolean => Phrase::fixed("a JSON boolean"),
    }
}

/// For a text that must not be empty.
pub fn expected_not_empty() -> Phrase {
    Phrase::fixed("no empty text: a field without a value is left out")
}

/// For the text of an integer.
pub fn expected_integer() -> Phrase {
    Phrase::fixed("an integer, such as 100")
}

/// For the text of a decimal number.
pub fn expected_decimal() -> Phrase {
    Phrase::fixed("a decimal number, such as 12.50")
}

/// For the text of a boolean.
pub fn expected_boolean() -> Phrase {
    Phrase::fixed("`true` or `false`")
}

/// For a date and time.
pub fn expected_datetime() -> Phrase {
    Phrase::fixed("an ISO 8601 date and time with offset, such as 2019-11-27T12:01:01+08:00")
}

/// For a date.
pub fn expected_date() -> Phrase {
    Phrase::fixed("an ISO 8601 date, such as 2019-11-27")
}

/// For a UUID.
pub fn expected_uuid() -> Phrase {
    Phrase::fixed("a UUID, such as f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
}

/// For bytes in base64.
pub fn expected_base64() -> Phrase {
    Phrase::fixed("bytes in base64 with padding, such as cGF5")
}

/// For a time in seconds.
pub fn expected_epoch_seconds() -> Phrase {
    Phrase::fixed("seconds since 1970-01-01T00:00:00Z, such as 1700000000")
}

/// For a time in milliseconds.
pub fn expected_epoch_millis() -> Phrase {
    Phrase::fixed("milliseconds since 1970-01-01T00:00:00Z, such as 1700000000000")
}

/// For a URL.
pub fn expected_url() -> Phrase {
    Phrase::fixed("an absolute URL, such as https://example.com/notify")
}

/// For a country.
pub fn expected_country() -> Phrase {
    Phrase::fixed("an ISO 3166-1 alpha-2 country code, such as US")
}

/// For a currency.
pub fn expected_currency() -> Phrase {
    Phrase::fixed("an ISO 4217 currency code, such as USD")
}

/// For a currency in small letters.
pub fn expected_lower_currency() -> Phrase {
    Phrase::fixed("an ISO 4217 currency code in small letters, such as usd")
}

/// For a merchant category code.
pub fn expected_mcc() -> Phrase {
    Phrase::fixed("a merchant category code of four digits, such as 5411")
}

/// For a value that is not JSON, where any JSON is allowed.
pub fn expected_any() -> Phrase {
    Phrase::fixed("a JSON value")
}

/// For a text that holds JSON.
pub fn expected_json() -> Phrase {
    Phrase::fixed("a text that is JSON")
}

/// For a text that holds the JSON of an object.
pub fn expected_json_object() -> Phrase {
    Phrase::fixed("a text that is a JSON object")
}

/// For a field with one value only.
pub fn expected_const(value: &str) -> Words<'_> {
    Words(Form::Const(value))
}

/// For a field with a set of values.
pub fn expected_values<S>(values: &[S]) -> Words<'_, S> {
    Words(Form::Values(values))
}

/// For a text that is too short.
pub fn expected_min_length(limit: u32) -> Phrase {
    Phrase::count(Bound::AtLeast, limit, Unit::Character)
}

/// For a text that is too long.
pub fn expected_max_length(limit: u32) -> Phrase {
    Phrase::count(Bound::AtMost, limit, Unit::Character)
}

/// For a text that does not match a regular expression.
pub fn expected_pattern(pattern: &str) -> Words<'_> {
    Words(Form::Pattern(pattern))
}

/// For the key of an entry that is too long.
pub fn expected_key_max_length(limit: u32) -> Phrase {
    Phrase::count(Bound::AtMost, limit, Unit::KeyCharacter)
}

/// For the key of an entry that does not match a regular expression.
pub fn expected_key_pattern(pattern: &str) -> Words<'_> {
    Words(Form::KeyPattern(pattern))
}

/// For a number that is too small.
pub fn expected_min(limit: &str) -> Words<'_> {
    Words(Form::AtLeast(limit))
}

/// For a number that is too large.
pub fn expected_max(limit: &str) -> Words<'_> {
    Words(Form::AtMost(limit))
}

/// For a list that is too short.
pub fn expected_min_items(limit: u32) -> Phrase {
    Phrase::count(Bound::AtLeast, limit, Unit::Element)
}

/// For a list that is too long.
pub fn expected_max_items(limit: u32) -> Phrase {
    Phrase::count(Bound::AtMost, limit, Unit::Element)
}

/// For a number that is not a multiple of another one.
pub fn expected_multiple_of(step: &str) -> Words<'_> {
    Words(Form::MultipleOf(step))
}

/// For a list with two equal elements.
pub fn expected_unique_items() -> Phrase {
    Phrase::fixed("elements that all differ")
}

/// For an amount between two steps of its currency.
pub fn expected_amount_step(step: u32, currency: &str) -> Words<'_> {
    Words(Form::AmountStep(step, currency))
}

/// For an amount with more decimal places than its currency.
pub fn expected_decimals(places: u8, currency: &str) -> Words<'_> {
    Words(Form::Decimals(places, currency))
}

/// For a field that the object does not have. Suggests the most similar name.
pub fn expected_known_field<'a>(
    object: &str,
    name: &str,
    fields: impl IntoIterator<Item = &'a str>,
) -> Phrase {
    let known = format!("one of the fields of {object}");
    Phrase::from(match closest(name, fields) {
        Some(meant) => format!("{known}; did you mean `{meant}`?"),
        None => known,
    })
}

/// For a duplicate field.
pub fn expected_single_field() -> Phrase {
    Phrase::fixed("the field once")
}

/// For a value that is absent.
pub fn actual_absent() -> Phrase {
    Phrase::fixed("absent")
}

/// For any value that is present but must not be.
pub fn actual_present() -> Phrase {
    Phrase::fixed("present")
}

/// For a JSON `null`.
pub fn actual_null() -> Phrase {
    Phrase::fixed("null")
}

/// For a native boolean.
pub fn actual_boolean() -> Phrase {
    Phrase::fixed("a boolean")
}

/// For a native number.
pub fn actual_number() -> Phrase {
    Phrase::fixed("a number")
}

/// For a text.
pub fn actual_string() -> Phrase {
    Phrase::fixed("a string")
}

/// For an array.
pub fn actual_array() -> Phrase {
    Phrase::fixed("an array")
}

/// For a value of this JSON type, or `null`.
pub fn actual_of(shape: Option<JsonShape>) -> Phrase {
    match shape {
        None => actual_null(),
        Some(JsonShape::String) => actual_string(),
        Some(JsonShape::Number) => actual_number(),
        Some(JsonShape::Boolean) => actual_boolean(),
        Some(JsonShape::Object) => actual_object(),
        Some(JsonShape::List) => actual_array(),
    }
}

/// For a value that is not JSON.
pub fn actual_damage(damage: Damage) -> Phrase {
    Phrase::fixed(match damage {
        Damage::Text => "a damaged string",
        Damage::Word => "a value that is not JSON",
    })
}

/// For a list whose elements with these indexes are equal.
pub fn actual_equal_items((first, second): (usize, usize)) -> Phrase {
    Phrase::from(format!("equal elements {first} and {second}"))
}

/// For an object.
pub fn actual_object() -> Phrase {
    Phrase::fixed("an object")
}

/// For a duplicate field.
pub fn actual_again() -> Phrase {
    Phrase::fixed("the field again")
}

/// For an unknown field.
pub fn actual_unknown_field(name: &str) -> Phrase {
    quoted_cut(name).into()
}

/// For a text of the wrong length.
pub fn actual_length(text: &str) -> Phrase {
    count(text.chars().count(), Unit::Character)
}

/// For a list of the wrong length.
pub fn actual_items(length: usize) -> Phrase {
    count(length, Unit::Element)
}

/// For a text that is not one of the expected ones, and is not shown.
pub fn actual_other_text() -> Phrase {
    Phrase::fixed("another text")
}

fn count(count: usize, unit: Unit) -> Phrase {
    // A message never has four billion characters.
    Phrase::count(
        Bound::Exactly,
        u32::try_from(count).unwrap_or(u32::MAX),
        unit,
    )
}

/// For a wrong text: the text in quotes, cut to forty characters, with control characters escaped; a
/// mask if it is sensitive.
pub fn actual_text(text: &str, sensitive: Option<Sensitive>) -> Phrase {
    match sensitive {
        Some(sensitive) => Phrase::fixed(sensitive.mask()),
        None => quoted_cut(text).into(),
    }
}

fn quoted_cut(text: &str) -> String {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if text.len() <= SHOWN && text.bytes().all(is_plain) {
        let mut out = String::with_capacity(text.len() + 2);
        out.push('"');
        out.push_str(text);
        out.push('"');
        return out;
    }
    let mut out = String::with_capacity(text.len().min(4 * SHOWN) + 5);
    out.push('"');
    let mut chars = text.chars();
    for char in chars.by_ref().take(SHOWN) {
        // Besides control characters, also escape those that turn or hide text in a terminal.
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

/// Returns whether a character is a direction mark, a zero-width character or a line separator.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
