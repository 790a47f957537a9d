//! A message that proves what a change does: one spec takes it, the other refuses it.

use serde_json::Value as Json;

use super::change::{Change, Point};
use super::facet::Facet;
use super::fact::Value;
use super::place::Subject;
use crate::check::Checker;
use crate::model::{Model, Side};
use crate::sample;

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
    let near = bases.map(|base| messages(base, pointer, change));
    if look(near.concat()) && change.facet == Facet::Field {
        look(bases.map(|base| unasked(base, pointer)).concat());
    }
    found
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
fn messages(base: &Json, pointer: &str, change: &Change) -> Vec<Json> {
    let pointer = pointer.replace("/*", "/0");
    let mut messages = Vec::new();
    match change.facet {
        Facet::RequiredWhen | Facet::ForbiddenWhen => {
            conditions(base, &pointer, change, &mut messages);
        }
        Facet::AtLeastOneOf => groups(base, &pointer, change, &mut messages),
        Facet::AmountSteps => steps(base, &pointer, change, &mut messages),
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
    let points = || [&change.old, &change.new].into_iter().flatten();
    let texts: Vec<String> = points()
        .flat_map(|Point { value, .. }| value.texts())
        .collect();
    let limits: Vec<usize> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    // A limit beyond this is no message any more.
    let near = limits
        .iter()
        .flat_map(|limit| [limit.saturating_sub(1), *limit, limit.saturating_add(1)])
        .filter(|length| *length < 5_000);
    let mut values: Vec<Option<Json>> = vec![None, now.cloned()];
    let add_texts = |values: &mut Vec<Option<Json>>, texts: &[&str]| {
        values.extend(texts.iter().map(|&text| Some(Json::from(text))));
    };
    match change.facet {
        Facet::Field => {}
        Facet::MinLength | Facet::MaxLength => {
            for length in near {
                // A URL stays one, and digits are numbers too.
                let url = format!("https://{}", "x".repeat(length.saturating_sub(8)));
                values.extend([
                    Some("x".repeat(length).into()),
                    Some("1".repeat(length).into()),
                    Some(url.into()),
                ]);
            }
            values.push(Some("x".repeat(5_000).into()));
            values.push(Some(format!("https://{}", "x".repeat(5_000)).into()));
        }
        Facet::MinItems | Facet::MaxItems => {
            let element = now.and_then(|now| now.get(0)).cloned();
            for count in near.chain([0, 2_000]) {
                values.extend(
                    element
                        .clone()
                        .map(|one| Some(Json::Array(vec![one; count]))),
                );
            }
        }
        Facet::Min | Facet::Max => {
            let around = texts.iter().filter_map(|text| text.parse::<i128>().ok());
            for number in around.flat_map(|number| [number - 1, number, number + 1]) {
                values.push(Some(number.to_string().into()));
            }
            add_texts(
                &mut values,
                &[
                    "-9223372036854775807",
                    "0",
                    "1",
                    "0.5",
                    "9223372036854775807",
                ],
            );
            for text in &texts {
                values.push(Some(text.as_str().into()));
            }
        }
        _ => {
            for text in &texts {
                values.push(Some(text.as_str().into()));
            }
            add_texts(
                &mut values,
                &[
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
                ],
            );
            values.extend([
                Some(Json::Object(Default::default())),
                Some(Json::Array(Vec::new())),
            ]);
        }
    }
    values
}

/// Each deciding value, with and without the field; and with neither.
fn conditions(base: &Json, pointer: &str, change: &Change, messages: &mut Vec<Json>) {
    let points = [&change.old, &change.new].into_iter().flatten();
    let mut bases = vec![base.clone()];
    for text in points.flat_map(|point| point.value.texts()) {
        let (path, value) = text.split_once(" is ").unwrap_or((&text, ""));
        let at = path.replace("/*", "/0");
        for value in [Some(Json::from(value)), None] {
            let mut message = base.clone();
            if sample::set(&mut message, &at, value) {
                bases.push(message);
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
    let points = [&change.old, &change.new].into_iter().flatten();
    let groups: Vec<String> = points.flat_map(|point| point.value.texts()).collect();
    let mut names: Vec<&str> = groups.iter().flat_map(|group| group.split('|')).collect();
    names.sort_unstable();
    names.dedup();
    let keep = names.iter().map(|name| Some(*name)).chain([None]);
    for kept in keep {
        let mut message = base.clone();
        for name in names.iter().filter(|name| Some(**name) != kept) {
            sample::set(&mut message, &format!("{pointer}/{name}"), None);
        }
        messages.push(message);
    }
}

/// Currencies that are one, and each in turn another one.
fn currencies(base: &Json, pointer: &str, change: &Change, messages: &mut Vec<Json>) {
    let points = [&change.old, &change.new].into_iter().flatten();
    let groups: Vec<String> = points.flat_map(|point| point.value.texts()).collect();
    let paths: Vec<&str> = groups.iter().flat_map(|group| group.split('|')).collect();
    for other in paths.iter().map(|path| Some(*path)).chain([None]) {
        let mut message = base.clone();
        for path in &paths {
            let code = if Some(*path) == other { "EUR" } else { "USD" };
            sample::set(&mut message, &format!("{pointer}{path}"), Some(code.into()));
        }
        messages.push(message);
    }
}

/// Amounts on and between the steps.
fn steps(base: &Json, pointer: &str, change: &Change, messages: &mut Vec<Json>) {
    let points = [&change.old, &change.new].into_iter().flatten();
    for text in points.flat_map(|Point { value, .. }| Value::texts(value)) {
        let Some((currency, step)) = text.split_once(' ') else {
            continue;
        };
        for amount in [step, "1", "150"] {
            let mut message = base.clone();
            sample::set(
                &mut message,
                &format!("{pointer}/currency"),
                Some(currency.into()),
            );
            sample::set(
                &mut message,
                &format!("{pointer}/value"),
                Some(amount.into()),
            );
            messages.push(message);
        }
    }
}
