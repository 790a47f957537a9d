//! Each field of each example, removed, damaged or overlong: both validators say the same.

use std::collections::BTreeSet;

use payspec_model::model::Side;
use payspec_tests::edit;
use payspec_tests::random::is_tried;
use serde_json::{Value, json};

use super::providers;

/// The values that take the place of a value.
fn others(value: &Value) -> Vec<Value> {
    let mut others = vec![
        json!(null),
        json!(7),
        json!(-1),
        json!(true),
        json!(""),
        json!([]),
        json!({}),
        json!("OTHER"),
        json!("x".repeat(600)),
        json!(1.5),
        json!(["x", "x"]),
        json!({ "x": 1 }),
    ];
    match value {
        Value::Number(number) => others.push(json!(number.to_string())),
        Value::String(text) => {
            others.push(json!(text.to_uppercase()));
            others.push(json!(format!("{text}\n")));
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {}
    }
    others
}

/// Returns every message that one edit makes of an example.
pub(super) fn mutants(example: &Value) -> Vec<Vec<u8>> {
    let mut made = Vec::new();
    for pointer in edit::pointers(example) {
        if pointer.is_empty() {
            continue;
        }
        let value = example.pointer(&pointer).expect("a value");
        for other in others(value) {
            let mut message = example.clone();
            edit::set(&mut message, &pointer, other);
            made.push(message.to_string().into_bytes());
        }
        // A place in a list is not removed alone.
        let last = pointer.rsplit('/').next();
        let is_named = last.is_none_or(|last| last.parse::<u32>().is_err());
        if is_named {
            let mut message = example.clone();
            edit::remove(&mut message, &pointer);
            made.push(message.to_string().into_bytes());
        }
    }
    let text = example.to_string();
    made.push(text.as_bytes()[..text.len() - 1].to_vec());
    made.push(text.replacen('{', "{\"unheard_of\":1,", 1).into_bytes());
    made.push(
        text.replacen('{', "{\"id\":\"1\",\"id\":\"2\",", 1)
            .into_bytes(),
    );
    let names = example.as_object().into_iter().flat_map(|all| all.keys());
    made.extend(names.map(|name| {
        let twice = format!("{{{}:\"1\",", json!(name));
        text.replacen('{', &twice, 1).into_bytes()
    }));
    made
}

#[test]
fn both_validators_say_the_same_about_every_edit() {
    for provider in providers() {
        let mut rules = BTreeSet::new();
        let (mut tried, mut skipped, mut refused) = (0, 0, 0);
        for typed in provider.operations {
            for (example, json) in provider.examples(typed.id) {
                for (number, message) in mutants(&json).into_iter().enumerate() {
                    // Answers are many and alike.
                    if example.side == Side::Response && !is_tried(number) {
                        skipped += 1;
                        continue;
                    }
                    let found = (typed.check)(&provider.validators, example.side, &message);
                    tried += 1;
                    let found = found.unwrap_or_default();
                    refused += usize::from(!found.is_empty());
                    rules.extend(found.iter().map(|one| one.rule));
                }
            }
        }
        assert!(
            tried + skipped > provider.expected.edits,
            "{tried} and {skipped}"
        );
        assert!(refused > tried / 2, "{refused} of {tried}");
        for rule in provider.expected.rules {
            assert!(rules.contains(rule), "no edit breaks {rule:?}: {rules:?}");
        }
    }
}
