//! The exported JSON Schemas accept the messages in which the message checker finds no error. A message that only the
//! checker refuses breaks a rule that the schema lists as not said.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jsonschema::Validator;
use payspec_model::check::{Checker, Finding};
use payspec_model::model::Side;
use payspec_openapi::{MessageSchema, Unsaid, Why, message_schema};
use payspec_runtime::{RuleId, Severity};
use payspec_tests::agree::Validators;
use serde_json::Value;

use super::agreement::{apply, every_body, run};
use super::table;

/// A schema, the checker of the same messages, and counts of what they said.
struct Pair<'m> {
    name: String,
    validator: Validator,
    unsaid: Vec<Unsaid>,
    checker: Checker<'m>,
    counts: RefCell<Counts>,
}

#[derive(Default)]
struct Counts {
    messages: usize,
    valid: usize,
    /// The messages that only the checker refuses, by the first rule that is not said.
    only_checker: BTreeMap<&'static str, usize>,
}

impl<'m> Pair<'m> {
    fn new(validators: &'m Validators, id: &str, side: Side) -> Self {
        let (api, operation) = validators.operation(id);
        let MessageSchema { schema, unsaid } =
            message_schema(api, operation, side).expect("a body of this side");
        let schema = serde_json::to_value(schema).expect("JSON");
        Pair {
            name: format!("{id} {side}"),
            validator: jsonschema::draft202012::new(&schema).expect("a schema"),
            unsaid,
            checker: Checker::new(api, operation, side).expect("a body of this side"),
            counts: RefCell::default(),
        }
    }

    /// Compares the two verdicts on a text, if both readers take it for JSON.
    fn compare(&self, json: &str) {
        let Ok(message) = serde_json::from_str::<Value>(json) else {
            return;
        };
        let Ok(findings) = self.checker.check(json.as_bytes()) else {
            return;
        };
        let mut counts = self.counts.borrow_mut();
        counts.messages += 1;
        match (findings.is_valid(), self.validator.is_valid(&message)) {
            (true, true) => counts.valid += 1,
            (false, false) => {}
            (true, false) => {
                let errors = self.validator.iter_errors(&message);
                let errors: Vec<String> = errors
                    .map(|error| format!("{}: {error}", error.instance_path()))
                    .collect();
                panic!("{}: only the schema refuses {json}\n{errors:#?}", self.name);
            }
            (false, true) => {
                // Which of two members counts, a schema cannot know.
                let is_duplicate = |one: &Finding| one.violation.rule == RuleId::DuplicateField;
                if findings.iter().any(is_duplicate) {
                    *counts.only_checker.entry("duplicate member").or_default() += 1;
                    return;
                }
                let errors = findings
                    .iter()
                    .filter(|one| one.violation.severity == Severity::Error);
                for finding in errors {
                    let why = self.why_unsaid(finding, &message).unwrap_or_else(|| {
                        panic!(
                            "{}: the schema does not refuse {json}\n{finding:?}",
                            self.name
                        )
                    });
                    *counts.only_checker.entry(why).or_default() += 1;
                }
            }
        }
    }

    /// Returns why the schema does not assert the rule of a finding; [`None`] if it should.
    fn why_unsaid(&self, finding: &Finding, message: &Value) -> Option<&'static str> {
        let path = finding.violation.path.to_string();
        let mut ends = path.match_indices('/').map(|(end, _)| end).skip(1);
        let is_text = |end: usize| message.pointer(&path[..end]).is_some_and(Value::is_string);
        if ends.any(is_text) {
            let is_listed = self.unsaid.iter().any(|one| one.why == Why::InsideText);
            return is_listed.then_some("inside a text");
        }
        let value = message.pointer(&path);
        let text = value.and_then(Value::as_str).unwrap_or_default();
        let is_number = value.is_some_and(Value::is_number);
        let listed = self.unsaid.iter().filter(|one| {
            one.origin == finding.origin
                && one.rule.is_none_or(|rule| rule == finding.violation.rule)
        });
        let mut reasons = listed.filter_map(|one| match one.why {
            Why::InsideText => (finding.violation.rule == RuleId::Format && !text.is_empty())
                .then_some("the text is not a JSON object"),
            Why::NativeNumber => is_number.then_some("spelling of a native number"),
            Why::Exponent => (is_number || text.contains(['e', 'E'])).then_some("exponent"),
            Why::HostAddress => text.contains('[').then_some("IPv6 address"),
            Why::JsonText => Some("the text is not JSON"),
            Why::Pattern => Some("pattern"),
            Why::Multiples => Some("multiple of a step"),
            Why::EqualNumbers => Some("equal numbers"),
            Why::TwoValues => Some("two values compared"),
            Why::DecimalPlaces => Some("decimal places of a currency"),
            Why::AbsentEntries => Some("null entries"),
            Why::ConditionInsideText => Some("condition inside a text"),
        });
        reasons.next()
    }

    fn report(self) -> Counts {
        let counts = self.counts.into_inner();
        println!(
            "{}: {} messages, {} valid; only payspec refuses: {:?}",
            self.name, counts.messages, counts.valid, counts.only_checker
        );
        counts
    }
}

#[test]
fn on_all_mutations() {
    let validators = Validators::load();
    let mut pairs: BTreeMap<(String, &str), Pair<'_>> = BTreeMap::new();
    for edited in table::edited(&validators) {
        let key = (edited.operation.clone(), edited.side.as_str());
        let pair = pairs
            .entry(key)
            .or_insert_with(|| Pair::new(&validators, &edited.operation, edited.side));
        pair.compare(&edited.json);
    }
    let counts: Vec<Counts> = pairs.into_values().map(Pair::report).collect();
    let compared: usize = counts.iter().map(|one| one.messages).sum();
    let valid: usize = counts.iter().map(|one| one.valid).sum();
    assert!(
        compared > 500 && valid > 100,
        "{valid} of {compared} messages are valid"
    );
}

/// Ten thousand messages of each operation: of its only body, or of both.
#[test]
fn on_ten_thousand_messages_of_each_operation() {
    every_body(|validators, id, side, message, words| {
        let pair = Pair::new(validators, id, side);
        let has_both = validators.operation(id).1.response.is_some();
        let cases = if has_both { 5_000 } else { 10_000 };
        run(cases, &words.changes(), |changes| {
            pair.compare(&apply(message.clone(), changes).to_string());
        });
        let counts = pair.report();
        assert!(counts.valid > 0 && counts.valid < counts.messages);
    });
}

#[test]
fn what_is_not_said_is_a_comment() {
    let validators = Validators::load();
    every_body(|_, id, side, _, _| {
        let (api, operation) = validators.operation(id);
        let MessageSchema { schema, unsaid } =
            message_schema(api, operation, side).expect("a body of this side");
        let schema = serde_json::to_string(&schema).expect("JSON");
        assert!(schema.contains("two members of one name"), "{id} {side}");
        let is_said = schema.contains("payspec also checks: ");
        assert_eq!(is_said, !unsaid.is_empty(), "{id} {side}");
    });
}
