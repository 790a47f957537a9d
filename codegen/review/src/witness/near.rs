//! Makes messages near a change.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::neighbours::{CurrencyAt, Near};
use super::probe::{By, Probe};
use super::values::{candidates, others, points};
use crate::change::Change;
use payspec_model::model::without_steps;
use payspec_model::pointer;
use payspec_model::sample;
use payspec_model::value::{Condition, Value};

/// Returns messages without the field, each with another field next to it absent or changed, because
/// that field may be the one that requires it.
pub(super) fn unasked(base: &Json, pointer: &str) -> Vec<Json> {
    let pointer = pointer.replace("/*", "/0");
    let (holder, own) = pointer.rsplit_once('/').unwrap_or_default();
    let Some(Json::Object(members)) = base.pointer(holder) else {
        return Vec::new();
    };
    let mut messages = Vec::new();
    for name in members.keys().filter(|name| *name != own) {
        for value in [None, Some(Json::from("other"))] {
            let mut message = base.clone();
            let path = format!(
                "{holder}{}",
                payspec_model::pointer::pointer(std::slice::from_ref(name))
            );
            if sample::set(&mut message, &pointer, None) && sample::set(&mut message, &path, value)
            {
                messages.push(message);
            }
        }
    }
    messages
}

/// Returns messages with an item at its place in one of the specs.
pub(super) fn renamed(base: &Json, pointer: &str, change: &Change) -> Vec<Json> {
    let pointer = pointer.replace("/*", "/0");
    let values = others(change).into_iter().map(|value| {
        let mut message = base.clone();
        sample::set(&mut message, &pointer, Some(value));
        message
    });
    std::iter::once(base.clone()).chain(values).collect()
}

/// Returns messages near a change.
pub(super) fn messages(base: &Json, pointer: &str, near: &Near<'_>, change: &Change) -> Vec<Json> {
    let pointer = pointer.replace("/*", "/0");
    let mut messages = Vec::new();
    match Probe::of(change.property).by {
        By::Conditions => {
            conditions(base, &pointer, near.deciding, change, &mut messages);
        }
        By::Groups => groups(base, &pointer, change, &mut messages),
        By::Currencies => currencies(base, &pointer, change, &mut messages),
        By::Steps => {
            for currency in near.currencies {
                steps(base, (currency, &pointer), change, &mut messages);
            }
        }
        By::Value(values) => {
            for value in candidates(values, base.pointer(&pointer), change) {
                let mut message = base.clone();
                if sample::set(&mut message, &pointer, value) {
                    messages.push(message);
                }
            }
        }
    }
    messages
}

/// Adds messages with each deciding value and without one, each with and without the field.
fn conditions(
    base: &Json,
    pointer: &str,
    deciding: &[String],
    change: &Change,
    messages: &mut Vec<Json>,
) {
    let mut bases = vec![base.clone()];
    for value in points(change) {
        let Value::Conditions(conditions) = value else {
            continue;
        };
        for Condition { path, is } in conditions {
            let at = without_steps(&pointer::pointer(path)).replace("/*", "/0");
            let own = is.text().into_iter();
            let texts = own.chain(deciding.iter().map(String::as_str));
            let values = texts.map(|text| Some(Json::from(text)));
            for value in values.chain([None]) {
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
        for value in others(change) {
            let mut with = message.clone();
            if sample::set(&mut with, pointer, Some(value)) {
                messages.push(with);
            }
        }
        messages.push(message);
    }
}

/// Adds messages with none of the fields of any group, and with each field alone.
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
            let at = pointer::pointer(std::slice::from_ref(*name));
            sample::set(&mut message, &format!("{pointer}{at}"), None);
        }
        messages.push(message);
    }
}

/// Adds messages with amounts on and between the steps, at the places of their currency and their number.
fn steps(
    base: &Json,
    (currency_at, value_at): (&CurrencyAt, &str),
    change: &Change,
    messages: &mut Vec<Json>,
) {
    for value in points(change) {
        let Value::Steps(steps) = value else {
            continue;
        };
        for (currency, step) in steps {
            for number in [u64::from(*step), 1, 150, u64::from(*step) * 3 + 1] {
                let mut message = base.clone();
                let native = base.pointer(value_at).is_some_and(Json::is_number);
                let number = match native {
                    true => Json::from(number),
                    false => number.to_string().into(),
                };
                let code = currency_at.code(currency);
                let pointer = currency_at.pointer.replace("/*", "/0");
                sample::set(&mut message, &pointer, Some(code.into()));
                sample::set(&mut message, value_at, Some(number));
                messages.push(message);
            }
        }
    }
}

/// Adds messages with equal currencies, and with each of them changed in turn.
fn currencies(base: &Json, pointer: &str, change: &Change, messages: &mut Vec<Json>) {
    let mut paths: BTreeSet<String> = BTreeSet::new();
    for value in points(change) {
        if let Value::SameCurrency(groups) = value {
            paths.extend(groups.iter().flatten().map(|path| pointer::pointer(path)));
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
