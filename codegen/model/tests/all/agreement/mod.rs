//! The checker of the toolkit walks the model, generated validators walk static tables. Both must
//! report the same for every message, word for word and in the same order.
//!
//! The tables here are made from the model at run time, so that the test does not need generated Rust
//! code.

mod messages;
mod tables;

use payspec_model::check::Checker;
use payspec_model::model::{Model, Side};
use payspec_runtime::{Message, Severity};

use self::messages::Messages;
use self::tables::Table;
use crate::spec;

/// Messages that are compared for each side.
const MESSAGES: usize = 2_000;

fn compare<const REQUEST: usize, const RESPONSE: usize>(model: &Model, operation: &str) {
    let (api, operation) = model.operation(operation).expect("the operation");
    tables::fill(api, operation, [REQUEST, RESPONSE]);
    let mut messages = Messages::new(api);
    for side in [Side::Request, Side::Response] {
        let checker = Checker::new(api, operation, side).expect("a body");
        let mut broken = 0;
        for _ in 0..MESSAGES {
            let message = messages.next(checker.body());
            broken += match side {
                Side::Request => compare_one::<Table<REQUEST>>(&checker, &message),
                Side::Response => compare_one::<Table<RESPONSE>>(&checker, &message),
            };
        }
        assert!(
            broken > MESSAGES,
            "the messages must not be tame: {broken} violations"
        );
    }
}

/// Compares the reports about one message; returns the number of violations.
fn compare_one<T: Message>(checker: &Checker<'_>, message: &str) -> usize {
    let findings = checker.check(message.as_bytes()).expect("JSON");
    let violations = payspec_runtime::check::<T>(message.as_bytes()).expect("JSON");
    let found: Vec<_> = findings
        .iter()
        .map(|finding| finding.violation.clone())
        .collect();
    assert_eq!(found, violations.as_slice(), "{message}");
    assert_eq!(findings.is_valid(), !violations.has_errors(), "{message}");
    found
        .iter()
        .filter(|one| one.severity == Severity::Error)
        .count()
}

#[test]
fn on_the_real_spec() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = payspec_model::load(&here.join("../../spec"));
    compare::<0, 1>(&loaded.model.expect("the spec is sound"), "pay_entry_code");
}

#[test]
fn on_every_rule() {
    compare::<2, 3>(&spec::spec("strings", "forbidden"), "probe");
}

#[test]
fn on_every_rule_with_native_scalars() {
    compare::<4, 5>(&spec::spec("native", "allowed"), "probe");
}

#[test]
fn on_whole_bodies() {
    let files = [("demo/api.yaml", WHOLE_BODIES)];
    let model = spec::of(files);
    compare::<8, 9>(&model, "change");
    compare::<10, 11>(&model, "label");
}

const WHOLE_BODIES: &str = "
payspec: 2
id: demo
title: Demo
by: http_status
objects:
  Patch:
    fields:
      op: { type: Op, required: true }
      path: { type: string, required: true, max_length: 1 }
      value: { type: list, of: BothWays, sensitive: pii }
      inner: { type: Patch }
enums: { Op: { values: { add: {}, remove: {} } } }
unions: { BothWays: { one_of: [string, Patch] } }
operations:
  change:
    method: PATCH
    path: /orders/{id}
    request:
      body: { type: list, of: Patch, min_items: 2, max_items: 3, sensitive: pii }
      fields: { id: { type: integer, required: true, min: 7 } }
    responses:
      200: { body: { type: list, of: { type: Patch, nullable: true }, max_items: 1 } }
      4XX: { fields: { code: { type: string, required: true, max_length: 1 }, date: date } }
    result: { cases: { 200: { decide: done } } }
  label:
    method: POST
    path: /labels
    request: { body: { type: map, of: { type: BothWays }, keys: { max_length: 1 }, max_items: 1 } }
    response: { body: { type: map, of: { type: decimal, min: 3 }, max_items: 1 } }
    result: { cases: { 200: { decide: done } } }
";
