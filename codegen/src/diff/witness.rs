//! A message that proves what a change does: one spec takes it, the other refuses it.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::change::{Change, Point};
use super::facet::Facet;
use super::place::Subject;
use crate::check::{self, Checker};
use crate::model::{Model, ObjectId, Side, Type};
use crate::sample;
use crate::value::{Condition, Value};

/// A message on which two specs disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The operation.
    pub operation: String,
    /// Which of its bodies the message is.
    pub side: Side,
    /// The message.
    pub message: Json,
    /// Whether it is the old spec that takes it, and the new one that refuses.
    pub lost: bool,
}

/// Messages that prove a change at a place of use: one that the new spec refuses, and one that the
/// old one refused. Either is missing where there is none, or none was found.
pub fn witnesses(old: &Model, new: &Model, change: &Change) -> Vec<Witness> {
    let (Some(operation), Subject::Field(side, pointer)) =
        (&change.place.operation, &change.place.subject)
    else {
        return Vec::new();
    };
    let sides = [old, new].map(|model| {
        let (api, operation) = model.operation(operation)?;
        Some((
            Checker::new(api, operation, *side)?,
            sample::full(api, operation.body(*side)?),
        ))
    });
    let [Some((by_old, full_old)), Some((by_new, full_new))] = sides else {
        return Vec::new();
    };
    let mut found: Vec<Witness> = Vec::new();
    let mut look = |messages: Vec<Json>| {
        for message in messages {
            let valid = |checker: &Checker<'_>| {
                let found = checker.check(message.to_string().as_bytes());
                found.is_ok_and(|found| found.is_valid())
            };
            let lost = match (valid(&by_old), valid(&by_new)) {
                (true, false) => true,
                (false, true) => false,
                (true, true) | (false, false) => continue,
            };
            if found.iter().all(|one| one.lost != lost) {
                found.push(Witness {
                    operation: operation.clone(),
                    side: *side,
                    message,
                    lost,
                });
            }
        }
        found.is_empty()
    };
    let bases = [&full_old, &full_new];
    let amounts: Vec<(String, String)> = [old, new]
        .into_iter()
        .filter_map(|model| amount_at(model, operation, *side, pointer))
        .collect();
    let near = bases.map(|base| messages(base, pointer, &amounts, change));
    if look(near.concat()) && change.facet == Facet::Field {
        look(bases.map(|base| unasked(base, pointer)).concat());
    }
    found
}

/// The fields of the amount at a place: those of its currency and its number.
fn amount_at(
    model: &Model,
    operation: &str,
    side: Side,
    pointer: &str,
) -> Option<(String, String)> {
    let (api, operation) = model.operation(operation)?;
    let mut holder = &operation.body(side)?.object;
    for name in check::names(pointer).iter().filter(|name| *name != "*") {
        let field = holder.field(name)?;
        holder = api.object(innermost(&field.ty)?);
    }
    let amount = holder.amount.as_ref()?;
    Some((amount.currency.clone(), amount.value.clone()))
}

/// The object that a value is, or is made of.
fn innermost(ty: &Type) -> Option<ObjectId> {
    match ty {
        Type::List(element) => innermost(element),
        one => one.object(),
    }
}

/// Without the field, and with a field beside it that is not there or is something else: what stands
/// there may be what asks for the field.
fn unasked(base: &Json, pointer: &str) -> Vec<Json> {
    let pointer = pointer.replace("/*", "/0");
    let (holder, own) = pointer.rsplit_once('/').unwrap_or_default();
    let Some(Json::Object(members)) = base.pointer(holder) else {
        return Vec::new();
    };
    let mut messages = Vec::new();
    for name in members.keys().filter(|name| *name != own) {
        for value in [None, Some(Json::from("other"))] {
            let mut message = base.clone();
            let beside = format!(
                "{holder}{}",
                crate::check::pointer(std::slice::from_ref(name))
            );
            if sample::set(&mut message, &pointer, None)
                && sample::set(&mut message, &beside, value)
            {
                messages.push(message);
            }
        }
    }
    messages
}

/// Messages near what changed.
fn messages(
    base: &Json,
    pointer: &str,
    amounts: &[(String, String)],
    change: &Change,
) -> Vec<Json> {
    let pointer = pointer.replace("/*", "/0");
    let mut messages = Vec::new();
    match change.facet {
        Facet::RequiredWhen | Facet::ForbiddenWhen => {
            conditions(base, &pointer, change, &mut messages);
        }
        Facet::AtLeastOneOf => groups(base, &pointer, change, &mut messages),
        Facet::AmountSteps => {
            for amount in amounts {
                steps(
                    base,
                    &pointer,
                    (&amount.0, &amount.1),
                    change,
                    &mut messages,
                );
            }
        }
        Facet::SameCurrency => currencies(base, &pointer, change, &mut messages),
        _ => {
            for value in candidates(base.pointer(&pointer), change) {
                let mut message = base.clone();
                if sample::set(&mut message, &pointer, value) {
                    messages.push(message);
                }
            }
        }
    }
    messages
}

/// Values near the bounds of what changed; [`None`] takes the field away.
fn candidates(now: Option<&Json>, change: &Change) -> Vec<Option<Json>> {
    let mut values: Vec<Option<Json>> = vec![None, now.cloned()];
    match change.facet {
        Facet::Field => {}
        Facet::MinLength | Facet::MaxLength => values.extend(lengths(change).into_iter().map(Some)),
        Facet::MinItems | Facet::MaxItems => {
            let element = now.and_then(|now| now.get(0)).cloned();
            for count in counts(change).chain([0, 2_000]) {
                let list = element.clone().map(|one| Json::Array(vec![one; count]));
                values.extend(list.map(Some));
            }
        }
        Facet::Min | Facet::Max => values.extend(numbers(change).into_iter().map(Some)),
        _ => values.extend(others(change).into_iter().map(Some)),
    }
    values
}

fn points(change: &Change) -> impl Iterator<Item = &Value> {
    let points = [&change.old, &change.new].into_iter().flatten();
    points.map(|Point { value, .. }| value)
}

/// Numbers of characters or elements at the limits. A limit beyond these is no message any more.
fn counts(change: &Change) -> impl Iterator<Item = usize> {
    let limits = points(change).filter_map(|value| match value {
        Value::Count(_, limit) => usize::try_from(*limit).ok(),
        _ => None,
    });
    let near = limits.flat_map(|limit| [limit.saturating_sub(1), limit, limit.saturating_add(1)]);
    near.filter(|length| *length < 5_000)
}

fn lengths(change: &Change) -> Vec<Json> {
    let mut values = Vec::new();
    for length in counts(change) {
        // A URL stays one, and digits are numbers too.
        let url = format!("https://{}", "x".repeat(length.saturating_sub(8)));
        values.extend(["x".repeat(length), "1".repeat(length), url].map(Json::from));
    }
    values.push("x".repeat(5_000).into());
    values.push(format!("https://{}", "x".repeat(5_000)).into());
    values
}

/// Numbers at the limits, beside them by one of their last digit, and far away.
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

/// A decimal number, and the ones before and after it with as many digits.
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

/// The digits of a number one greater or smaller in the last place; [`None`] below zero.
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

/// What a value lists, and texts of all forms.
fn others(change: &Change) -> Vec<Json> {
    let listed = points(change).flat_map(|value| match value {
        Value::Texts(texts) => texts.iter().cloned().collect(),
        Value::Name(text) => vec![text.clone()],
        _ => Vec::new(),
    });
    let texts = [
        "other",
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
    values.extend([10.into(), true.into()]);
    values.extend([Json::Object(Default::default()), Json::Array(Vec::new())]);
    values
}

/// Each deciding value, with and without the field; and with neither.
fn conditions(base: &Json, pointer: &str, change: &Change, messages: &mut Vec<Json>) {
    let mut bases = vec![base.clone()];
    for value in points(change) {
        let Value::Conditions(conditions) = value else {
            continue;
        };
        for Condition { path, is } in conditions {
            let at = check::pointer(path).replace("/*", "/0");
            let text = is.as_deref().unwrap_or("other");
            for value in [Some(Json::from(text)), None] {
                let mut message = base.clone();
                if sample::set(&mut message, &at, value) {
                    bases.push(message);
                }
            }
        }
    }
    for message in bases {
        let mut without = message.clone();
        if sample::set(&mut without, pointer, None) {
            messages.push(without);
        }
        messages.push(message);
    }
}

/// None of the fields of any group, and each field alone.
fn groups(base: &Json, pointer: &str, change: &Change, messages: &mut Vec<Json>) {
    let mut names: BTreeSet<&String> = BTreeSet::new();
    for value in points(change) {
        if let Value::Groups(groups) = value {
            names.extend(groups.iter().flatten());
        }
    }
    let keep = names.iter().map(|name| Some(*name)).chain([None]);
    for kept in keep {
        let mut message = base.clone();
        for name in names.iter().filter(|name| Some(**name) != kept) {
            let at = check::pointer(std::slice::from_ref(*name));
            sample::set(&mut message, &format!("{pointer}{at}"), None);
        }
        messages.push(message);
    }
}

/// Currencies that are one, and each in turn another one.
fn currencies(base: &Json, pointer: &str, change: &Change, messages: &mut Vec<Json>) {
    let mut paths: BTreeSet<String> = BTreeSet::new();
    for value in points(change) {
        if let Value::SameCurrency(groups) = value {
            paths.extend(groups.iter().flatten().map(|path| check::pointer(path)));
        }
    }
    for other in paths.iter().map(Some).chain([None]) {
        let mut message = base.clone();
        for path in &paths {
            let code = if Some(path) == other { "EUR" } else { "USD" };
            sample::set(&mut message, &format!("{pointer}{path}"), Some(code.into()));
        }
        messages.push(message);
    }
}

/// Amounts on and between the steps. The fields are those that the object says, whatever their names.
fn steps(
    base: &Json,
    pointer: &str,
    amount: (&str, &str),
    change: &Change,
    messages: &mut Vec<Json>,
) {
    let (currency_field, value_field) = amount;
    let at = |name: &str| format!("{pointer}{}", check::pointer(&[name.to_owned()]));
    for value in points(change) {
        let Value::Steps(steps) = value else {
            continue;
        };
        for (currency, step) in steps {
            for number in [u64::from(*step), 1, 150, u64::from(*step) * 3 + 1] {
                let mut message = base.clone();
                let native = base.pointer(&at(value_field)).is_some_and(Json::is_number);
                let number = match native {
                    true => Json::from(number),
                    false => number.to_string().into(),
                };
                sample::set(
                    &mut message,
                    &at(currency_field),
                    Some(currency.as_str().into()),
                );
                sample::set(&mut message, &at(value_field), Some(number));
                messages.push(message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_beside_a_limit() {
        assert_eq!(near("0.2"), ["0.2", "0.3", "0.1"]);
        assert_eq!(near("100"), ["100", "101", "99"]);
        assert_eq!(near("-1"), ["-1", "-0", "-2"]);
        assert_eq!(near("0"), ["0", "1"]);
        assert_eq!(near("9.9"), ["9.9", "10.0", "9.8"]);
    }
}
