//! Decisions of messages: the generated `outcome()` and the message checker read the same spec in ways
//! of their own, and must agree on every combination of what decides.

use std::collections::BTreeSet;

use payspec_model::model::{CaseValue, Direction, Operation, Side, StatusPlace};
use payspec_model::naming;
use payspec_model::sample;
use payspec_tests::agree::Validators;
use serde_json::Value;

use super::{outcomes, registry};

/// A field, and what is tried in it; [`None`] takes the field away.
struct Trial {
    path: Vec<String>,
    values: Vec<Option<String>>,
}

/// Returns the values to try in the fields that decide.
fn trials(operation: &Operation) -> Vec<Trial> {
    let result = operation.result.as_ref().expect("it is judged");
    let trial = |path: &[String], known: Vec<&str>| {
        let known = known.into_iter().chain(["NEW", ""]);
        let values = known.map(|value| Some(value.to_owned())).chain([None]);
        Trial {
            path: path.to_vec(),
            values: values.collect(),
        }
    };
    let statuses = result.statuses();
    let codes = statuses.iter().filter_map(|status| {
        let mut codes = result.codes.iter();
        Some(codes.find(|code| code.status == *status)?.name.as_str())
    });
    let mut trials = Vec::new();
    let codes = codes.collect();
    if let StatusPlace::Field(path) = &result.status {
        trials.push(trial(path, statuses));
    }
    if let [path] = result.code.as_slice() {
        trials.push(trial(path, codes));
    }
    for case in result.decisions.iter().flat_map(|it| &it.cases) {
        if trials.iter().all(|trial| trial.path != case.by) {
            let cases = result.decisions.iter().flat_map(|it| &it.cases);
            let same = cases.filter(|other| other.by == case.by);
            let values = same.filter_map(|case| match &case.value {
                CaseValue::Listed(value) => Some(value.as_str()),
                CaseValue::Other(_) => None,
            });
            trials.push(trial(&case.by, values.collect()));
        }
    }
    let needed = result
        .decisions
        .iter()
        .flat_map(|it| it.payload.iter().chain(&it.needs));
    for path in needed {
        if trials.iter().all(|trial| trial.path != *path) {
            trials.push(Trial {
                path: path.clone(),
                values: vec![None],
            });
        }
    }
    trials
}

/// The message with another value at a path, if it has one there.
fn changed(message: &Value, path: &[String], value: Option<&String>) -> Value {
    let mut message = message.clone();
    let [outer @ .., name] = path else {
        return message;
    };
    let holder = outer
        .iter()
        .try_fold(&mut message, |at, name| at.get_mut(name));
    if let Some(Value::Object(fields)) = holder {
        match value {
            Some(value) => drop(fields.insert(name.clone(), Value::from(value.as_str()))),
            None => drop(fields.remove(name)),
        }
    }
    message
}

#[test]
fn both_decide_the_same() {
    let validators = Validators::load();
    for id in validators.operation_ids() {
        let (api, operation) = validators.operation(id);
        let registered = registry::operation(id);
        let incoming = |side: &&Side| operation.direction(**side) == Direction::Incoming;
        let side = Side::ALL.iter().find(incoming);
        let (Some(side), Some(body), true) = (side, operation.judged(), operation.result.is_some())
        else {
            continue;
        };
        let mut messages = vec![sample::full(api, body)];
        for trial in trials(operation) {
            let vary = |message: &Value| -> Vec<Value> {
                let values = trial.values.iter();
                let others = values.map(|value| changed(message, &trial.path, value.as_ref()));
                others.chain([message.clone()]).collect()
            };
            messages = messages.iter().flat_map(vary).collect();
        }
        let decided = messages.iter().filter_map(|message| {
            let json = message.to_string();
            outcomes::of(&validators, &registered, *side, json.as_bytes())
        });
        let seen: BTreeSet<String> = decided.collect();
        let all = operation.outcomes();
        let all = all.iter().map(|one| naming::variant_name(one.name));
        let all: Result<BTreeSet<String>, _> = all.collect();
        assert_eq!(Ok(seen), all, "{id}: every outcome is met");
    }
}
