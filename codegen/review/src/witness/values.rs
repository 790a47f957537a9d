//! Makes values near the bounds of a change.

use serde_json::Value as Json;

use super::probe::Values;
use crate::change::{Change, Point};
use payspec_model::value::{Beyond, Value, beyond};

/// Returns values near the bounds of a change; [`None`] removes the field.
pub(super) fn candidates(by: Values, now: Option<&Json>, change: &Change) -> Vec<Option<Json>> {
    let mut values: Vec<Option<Json>> = vec![now.cloned()];
    match by {
        Values::Absent => values.push(None),
        Values::Lengths => values.extend(lengths(change).into_iter().map(Some)),
        Values::Counts => {
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
        Values::KeyLengths => values.extend(with_keys(now, &lengths(change))),
        Values::Keys => values.extend(with_keys(now, &others(change))),
        Values::Repeated => {
            let element = now.and_then(|now| now.get(0)).cloned();
            let twice = element.map(|one| Json::Array(vec![one.clone(), one]));
            values.extend(twice.map(Some));
        }
        Values::Multiples => {
            values.extend(numbers(change).into_iter().map(Some));
            values.extend(multiples(change).into_iter().map(Some));
        }
        Values::Numbers => values.extend(numbers(change).into_iter().map(Some)),
        Values::Null => values.push(Some(Json::Null)),
        Values::Listed => values.extend(others(change).into_iter().map(Some)),
    }
    values
}

pub(super) fn points(change: &Change) -> impl Iterator<Item = &Value> {
    let points = [&change.old, &change.new].into_iter().flatten();
    points.map(|Point { value, .. }| value)
}

/// Returns maps with a single key each: one of these texts.
fn with_keys(now: Option<&Json>, texts: &[Json]) -> Vec<Option<Json>> {
    let value = now.and_then(|now| now.as_object()?.values().next());
    let map = |key: &str| {
        let entry = (key.to_owned(), value?.clone());
        Some(Json::Object([entry].into_iter().collect()))
    };
    texts.iter().filter_map(Json::as_str).map(map).collect()
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
        Value::Flag(_)
        | Value::Kind(_)
        | Value::Type(_)
        | Value::Limit(..)
        | Value::Multiples(_)
        | Value::Count(..)
        | Value::Patterns(_)
        | Value::Forms(_)
        | Value::Conditions(_)
        | Value::Groups(_)
        | Value::SameCurrency(_)
        | Value::Steps(_)
        | Value::Places(_)
        | Value::Amounts(_)
        | Value::Quote { .. }
        | Value::Path(_)
        | Value::Choice(_)
        | Value::Paths(_)
        | Value::Order(_)
        | Value::Address(_)
        | Value::Principal(..)
        | Value::Operations(_)
        | Value::Carried(_)
        | Value::Target(_)
        | Value::Role(_)
        | Value::Pauses(_)
        | Value::Decide(_)
        | Value::NextStep(_)
        | Value::Resend(_)
        | Value::StatusClass(_)
        | Value::Recipe(_)
        | Value::Word(_)
        | Value::WordSet(_)
        | Value::Names(_)
        | Value::Rules(_)
        | Value::Words(_) => Vec::new(),
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
