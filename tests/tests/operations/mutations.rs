//! Single edits of an example, the violations that each must cause, and the two validators that must
//! both find exactly these: the generated one, and the message checker.

use std::collections::BTreeMap;

use payspec_model::model::Side;
use payspec_runtime::Violation;
use payspec_tests::agree::Validators;

use super::registry;
use super::table::{self, Case, Edited};

/// A violation as the tables write it.
fn line(violation: &Violation) -> String {
    let Violation {
        path,
        rule,
        severity,
        actual,
        ..
    } = violation;
    // The message as a whole has an empty pointer.
    format!("{path} {rule} {severity} {actual}")
        .trim_start()
        .to_owned()
}

/// Returns the violations that both validators find.
pub(crate) fn found(validators: &Validators, edited: &Edited) -> Vec<String> {
    let Edited {
        operation,
        side,
        json,
        ..
    } = edited;
    let body = registry::operation(operation)
        .body(*side)
        .expect("a body of this side");
    let found = (body.both)(validators, operation, *side, json.as_bytes());
    let found = found.expect("the edited messages are JSON");
    found.iter().map(line).collect()
}

#[test]
fn every_edit_has_its_violations_in_both_validators() {
    let validators = Validators::load();
    let mut wrong = Vec::new();
    for edited in table::edited(&validators) {
        let (mut found, mut expected) = (found(&validators, &edited), edited.expect.clone());
        found.sort();
        expected.sort();
        if found != expected {
            let Edited {
                operation, name, ..
            } = edited;
            wrong.push(format!(
                "{operation}, {name}\n  expected {expected:?}\n  found    {found:?}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// A case that edits nothing, or that stands twice, would only look like one.
#[test]
fn every_case_is_one_of_its_own() {
    for (file, table) in table::tables() {
        let mut names: Vec<&str> = table.cases.iter().map(|case| case.name.as_str()).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{file}: a name stands twice");
        for case in &table.cases {
            let Case { name, strange, .. } = case;
            assert!(strange.is_empty(), "{file}: {name} has {strange:?}");
            assert!(
                !case.edits.is_empty(),
                "{file}: {} edits nothing",
                case.name
            );
        }
    }
}

/// The request has twenty, whoever sends it; an answer has a few, which show how it is read.
#[test]
fn every_body_has_its_tables() {
    let mut cases: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for (_, table) in table::tables() {
        let side = table.side().as_str();
        *cases.entry((table.operation, side)).or_default() += table.cases.len();
    }
    for operation in registry::operations() {
        for (side, least) in [(Side::Request, 20), (Side::Response, 5)] {
            if operation.body(side).is_some() {
                let key = (operation.id.to_owned(), side.as_str());
                let count = cases.get(&key).copied().unwrap_or_default();
                assert!(count >= least, "{}, {side}: {count} cases", operation.id);
            }
        }
    }
}
