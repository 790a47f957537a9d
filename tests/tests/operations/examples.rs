//! The examples of every operation, read and written again, and what they decide.

use payspec_model::model::{Direction, Operation, Side};
use payspec_model::sample;
use payspec_tests::agree::Validators;
use serde_json::Value;

use super::registry;

/// The tree of a message, with the trees of JSON texts in it: their fields have no order either.
fn parsed(json: &[u8]) -> Value {
    fn unfold(value: &mut Value) {
        if let Value::String(text) = value
            && let Ok(object) = serde_json::from_str::<serde_json::Map<_, _>>(text)
        {
            *value = object.into();
        }
        match value {
            Value::Object(fields) => fields.values_mut().for_each(unfold),
            Value::Array(items) => items.iter_mut().for_each(unfold),
            _ => {}
        }
    }
    let mut tree = serde_json::from_slice(json).expect("JSON");
    unfold(&mut tree);
    tree
}

#[test]
fn every_body_has_an_example() {
    let validators = Validators::load();
    for id in validators.operation_ids() {
        let (_, operation) = validators.operation(id);
        for side in [Side::Request, Side::Response] {
            let has = |operation: &Operation| operation.examples.iter().any(|one| one.side == side);
            let expected = operation.body(side).is_some();
            assert_eq!(has(operation), expected, "{id}: examples of the {side}");
        }
    }
}

#[test]
fn every_example_is_written_as_it_was_read() {
    let validators = Validators::load();
    for id in validators.operation_ids() {
        let generated = registry::operation(id);
        for example in &validators.operation(id).1.examples {
            let file = &example.file;
            let body = generated.body(example.side).expect("the example's body");
            let again = (body.again)(example.json.as_bytes());
            let again = again.unwrap_or_else(|error| panic!("{file}: {error}"));
            let written = again.written.expect("it can be written");
            assert_eq!(parsed(&written), parsed(example.json.as_bytes()), "{file}");
            assert!(
                !again.violations.has_errors(),
                "{file}: {}",
                again.violations
            );
        }
    }
}

/// The decision of every example of a judged message: of an answer to the merchant, or of what the
/// provider sends by itself.
#[test]
fn what_the_examples_decide() {
    let validators = Validators::load();
    let mut decided = String::new();
    for id in validators.operation_ids() {
        let generated = registry::operation(id);
        let (_, operation) = validators.operation(id);
        let Some(outcome) = generated.outcome else {
            assert!(
                operation.result.is_none(),
                "{id}: list its outcome in the table"
            );
            continue;
        };
        for example in &operation.examples {
            if operation.direction(example.side) == Direction::Incoming {
                let shown = outcome(example.json.as_bytes());
                let shown = shown.unwrap_or_else(|error| panic!("{}: {error}", example.file));
                decided.push_str(&format!("{id}, {}\n{shown}\n\n", example.name));
            }
        }
    }
    insta::assert_snapshot!(decided);
}

/// The message that is made from the model has every field that the generated type has, and breaks
/// nothing.
#[test]
fn every_full_message_is_sound() {
    let validators = Validators::load();
    for id in validators.operation_ids() {
        let (api, operation) = validators.operation(id);
        for side in [Side::Request, Side::Response] {
            let Some(described) = operation.body(side) else {
                continue;
            };
            let message = sample::full(api, described).to_string();
            let body = registry::operation(id).body(side).expect("a body");
            let found = (body.both)(&validators, id, side, message.as_bytes());
            assert_eq!(found, Some(Vec::new()), "{id}, {side}: {message}");
            let again = (body.again)(message.as_bytes()).expect("it can be read");
            let written = again.written.expect("it can be written");
            assert_eq!(parsed(&written), parsed(message.as_bytes()), "{id}, {side}");
        }
    }
}
