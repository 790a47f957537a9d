//! Makes values near the bounds of a change.

use serde_json::Value as Json;

use crate::change::{Change, Point};
use crate::property::Property;
use payspec_model::value::{Beyond, Value, beyond};

/// Returns values near the bounds of a change; [`None`] removes the field.
pub(super) fn candidates(now: Option<&Json>, change: &Change) -> Vec<Option<Json>> {
    let mut values: Vec<Option<Json>> = vec![now.cloned()];
    match change.property {
        Property::Field => values.push(None),
        Property::MinLength | Property::MaxLength => {
            values.extend(lengths(change).into_iter().map(Some))
        }
        Property::MinItems | Property::MaxItems => {
            let element = now.and_then(|now| now.get(0)).cloned();
            let value = now.and_then(|now| now.as_object()?.values().next().cloned());
            for count in counts(change).chain([0, 2_000]) {
                let list = element.clone().map(|one| Json::Array(vec![one; count]));
                values.extend(list.map(Some));
                let entry = |at: usize| Some((at.to_string(), value.clone()?));
                let map: Option<_> = (0..count).map(entry).collect();
                values.extend(map.map(|map| Some(Json::Object(map))));
            }
        }
        Property::KeyMaxLength | Property::KeyPattern => {
            let texts = match change.property {
                Property::KeyMaxLength => lengths(change),
                _ => others(change),
            };
            let keys = texts.iter().filter_map(Json::as_str);
            values.extend(keys.map(|key| with_key(now, key)));
        }
        Property::UniqueItems => {
            let element = now.and_then(|now| now.get(0)).cloned();
            let twice = element.map(|one| Json::Array(vec![one.clone(), one]));
            values.extend(twice.map(Some));
        }
        Property::MultipleOf => {
            values.extend(numbers(change).into_iter().map(Some));
            values.extend(multiples(change).into_iter().map(Some));
        }
        Property::Min | Property::Max => values.extend(numbers(change).into_iter().map(Some)),
        _ => values.extend(others(change).into_iter().map(Some)),
    }
    values
}

pub(super) fn points(change: &Change) -> impl Iterator<Item = &Value> {
    let points = [&change.old, &change.new].into_iter().flatten();
    points.map(|Point { value, .. }| value)
}

/// Returns a map with a single key.
fn with_key(now: Option<&Json>, key: &str) -> Option<Json> {
    let value = now?.as_object()?.values().next()?.clone();
    Some(Json::Object(
        [(key.to_owned(), value)].into_iter().collect(),
    ))
}

/// Returns numbers of characters or elements at the limits. Greater limits would make messages too
/// large.
fn counts(change: &Change) -> impl Iterator<Item = usize> {
    let limits = points(change).filter_map(|value| {
        let Value::Count(_, limit) = value else {
            return None;
        };
        usize::try_from(*limit).ok()
    });
    let near = limits.flat_map(|limit| [limit.saturating_sub(1), limit, limit.saturating_add(1)]);
    near.filter(|length| *length < 5_000)
}

pub(super) fn lengths(change: &Change) -> Vec<Json> {
    let mut values = Vec::new();
    for length in counts(change) {
        // A URL must stay a URL, and digits are also numbers.
        let url = format!("https://{}", "x".repeat(length.saturating_sub(8)));
        values.extend(["x".repeat(length), "1".repeat(length), url].map(Json::from));
    }
    values.push("x".repeat(5_000).into());
    values.push(format!("https://{}", "x".repeat(5_000)).into());
    values
}

/// Returns numbers at the limits, next to them by one in the last digit, and far away.
fn numbers(change: &Change) -> Vec<Json> {
    let mut values: Vec<Json> = Vec::new();
    for value in points(change) {
        if let Value::Limit(_, limit) = value {
            values.extend(near(limit.as_str()).into_iter().map(Json::from));
        }
    }
    let far = [
        "-9223372036854775807",
        "0",
        "1",
        "0.5",
        "9223372036854775807",
    ];
    values.extend(far.map(Json::from));
    values
}

/// Returns the numbers of which others must be multiples.
fn multiples(change: &Change) -> Vec<Json> {
    let steps = points(change).filter_map(|value| {
        let Value::Multiples(steps) = value else {
            return None;
        };
        Some(steps.iter().map(|step| Json::from(step.as_str())))
    });
    steps.flatten().collect()
}

/// Returns a decimal number and its two neighbours with as many digits.
fn near(number: &str) -> Vec<String> {
    let (negative, digits) = match number.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, number),
    };
    let mut near = vec![number.to_owned()];
    for up in [true, false] {
        // Away from zero the digits grow.
        let stepped = step(digits, up != negative);
        near.extend(stepped.map(|digits| match negative {
            true => format!("-{digits}"),
            false => digits,
        }));
    }
    near
}

/// Adds or subtracts one in the last place of a number's digits; [`None`] below zero.
fn step(digits: &str, up: bool) -> Option<String> {
    let mut text: Vec<u8> = digits.bytes().collect();
    for digit in text.iter_mut().rev().filter(|digit| **digit != b'.') {
        match (*digit, up) {
            (b'9', true) => *digit = b'0',
            (b'0', false) => *digit = b'9',
            (_, true) => {
                *digit += 1;
                return String::from_utf8(text).ok();
            }
            (_, false) => {
                *digit -= 1;
                let text = String::from_utf8(text).ok()?;
                let whole = text.trim_start_matches('0');
                let start = if whole.is_empty() || whole.starts_with('.') {
                    "0"
                } else {
                    ""
                };
                return Some(format!("{start}{whole}"));
            }
        }
    }
    up.then(|| format!("1{}", String::from_utf8_lossy(&text)))
}

/// Returns texts that match the patterns of one side alone.
fn matching(change: &Change) -> impl Iterator<Item = String> {
    let [old, new] = [&change.old, &change.new].map(|point| {
        let value = point.as_ref().map(|point| &point.value);
        match value {
            Some(Value::Patterns(patterns)) => patterns.clone(),
            Some(_) | None => Default::default(),
        }
    });
    let texts = match old == new {
        true => [Beyond::Nothing, Beyond::Nothing],
        false => [beyond(&old, &new), beyond(&new, &old)],
    };
    texts.into_iter().filter_map(|found| match found {
        Beyond::Text(text) => Some(text),
        Beyond::Nothing | Beyond::Unknown => None,
    })
}

/// Returns the values that a change lists, and texts of all forms.
pub(super) fn others(change: &Change) -> Vec<Json> {
    let listed = points(change).flat_map(|value| match value {
        Value::Texts(texts) => texts.iter().cloned().collect(),
        Value::Name(text) => vec![text.clone()],
        _ => Vec::new(),
    });
    let listed = listed.chain(matching(change));
    let texts = [
        "other",
        "a",
        "A",
        "Zz-9",
        "10",
        "10.5",
        "true",
        "2019-11-27T12:01:01+08:00",
        "2019-11-27",
        "https://shop.example/",
        "HK",
        "USD",
        "{}",
        "5411",
    ];
    let mut values: Vec<Json> = listed
        .map(Json::from)
        .chain(texts.map(Json::from))
        .collect();
    values.extend([Json::Object(Default::default()), Json::Array(Vec::new())]);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_next_to_a_limit() {
        assert_eq!(near("0.2"), ["0.2", "0.3", "0.1"]);
        assert_eq!(near("100"), ["100", "101", "99"]);
        assert_eq!(near("-1"), ["-1", "-0", "-2"]);
        assert_eq!(near("0"), ["0", "1"]);
        assert_eq!(near("9.9"), ["9.9", "10.0", "9.8"]);
    }
}
