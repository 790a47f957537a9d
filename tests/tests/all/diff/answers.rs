//! Random changes of the answers by HTTP status, held against messages: what the review does not report changes no
//! verdict on an answer, and what it reports of a required field an answer shows.

use std::collections::BTreeSet;

use payspec_model::check::Checker;
use payspec_model::model::{Model, Operation, Origin, Response, ResponseField, Side};
use payspec_model::pointer::pointer;
use payspec_review::{Change, Edit, Facts, Impact, Item, Property, diff, every_change, rule};

use super::mutation::Dice;
use crate::answers_by_status::{bodies, model};

/// The number of changes that are tried.
const CHANGES: usize = 60;

/// The statuses of the answers: of each that the case describes, of their classes, and of none.
const STATUSES: &[u16] = &[200, 201, 202, 302, 400, 402, 404, 409, 500, 503];

/// Changes the answers of one operation; returns false if there is nothing to change.
fn mutate(operation: &mut Operation, dice: &mut Dice) -> bool {
    let names: Vec<String> = operation
        .response
        .iter()
        .flat_map(|body| &body.object.fields)
        .map(|field| field.name.clone())
        .collect();
    let responses = &mut operation.responses;
    let at = dice.below(responses.len());
    match dice.below(5) {
        0 => drop(responses.remove(at)),
        1 => {
            let statuses = ["201", "404", "503", "default"];
            let status = statuses[dice.below(statuses.len())];
            if responses.iter().any(|one| one.status == status) {
                return false;
            }
            let copy = Response {
                status: status.to_owned(),
                ..responses[at].clone()
            };
            responses.push(copy);
        }
        2 => {
            let name = &names[dice.below(names.len())];
            if responses[at].field(name).is_some() {
                return false;
            }
            responses[at].fields.push(ResponseField {
                name: name.clone(),
                required: dice.below(2) == 0,
                origin: Origin::default(),
            });
        }
        which => {
            let fields = &mut responses[at].fields;
            if fields.is_empty() {
                return false;
            }
            let field = dice.below(fields.len());
            match which {
                3 => drop(fields.remove(field)),
                _ => fields[field].required = !fields[field].required,
            }
        }
    }
    true
}

/// Returns the outcome of an answer, and the paths of its violations.
fn verdict(model: &Model, id: &str, status: u16, body: &str) -> Option<(String, BTreeSet<String>)> {
    let (api, operation) = model.operation(id).expect("an operation");
    let checker = Checker::new(api, operation, Side::Response).expect("a response");
    let (findings, verdict) = checker.assess(body.as_bytes(), Some(status)).ok()?;
    let outcome = verdict.expect("it is judged").outcome().to_owned();
    let paths = findings.iter().map(|one| one.violation.path.to_string());
    Some((outcome, paths.collect()))
}

fn is_about_answers(change: &Change) -> bool {
    matches!(
        change.place.subject,
        Item::Responses | Item::Response(_) | Item::ResponseField(..)
    )
}

/// Returns whether a change is that of a field that an answer must have, or must no longer have.
fn is_of_requirement(change: &Change) -> bool {
    change.property == Property::ResponseField
        && matches!(change.edit, Edit::Narrowed | Edit::Widened)
}

#[test]
fn verdicts_on_answers_hold_for_messages() {
    let mut dice = Dice(11);
    let bodies: Vec<String> = bodies().into_iter().step_by(5).collect();
    let (mut shown, mut decided) = (0, 0);
    for number in 0..CHANGES {
        let old = model();
        let mut new = old.clone();
        let operation = &mut new.apis[0].operations[number % 2];
        let id = operation.id.clone();
        if !mutate(operation, &mut dice) {
            continue;
        }
        assert_eq!(
            Facts::of(&old).patched(&every_change(&old, &new)),
            Facts::of(&new)
        );
        let changes = diff(&old, &new);
        assert!(
            !changes.is_empty() && changes.iter().all(is_about_answers),
            "{changes:?}"
        );
        let mut lacking = BTreeSet::new();
        for status in STATUSES {
            for body in &bodies {
                let [before, after] = [&old, &new].map(|model| verdict(model, &id, *status, body));
                let (Some((outcome, paths)), Some((other, more))) = (before, after) else {
                    continue;
                };
                if outcome != other {
                    let worst = |change: &Change| {
                        let rule = rule(change).expect("a rule");
                        rule.class(change).worst() >= Impact::Risky
                    };
                    assert!(changes.iter().any(worst), "{status} {body}: {changes:?}");
                    decided += 1;
                }
                lacking.extend(paths.symmetric_difference(&more).cloned());
            }
        }
        for change in changes.iter().filter(|change| is_of_requirement(change)) {
            let Item::ResponseField(_, name) = &change.place.subject else {
                continue;
            };
            let path = pointer(std::slice::from_ref(name));
            assert!(lacking.contains(&path), "{change:?}");
            shown += 1;
        }
    }
    assert!(shown >= 5 && decided >= 100, "{shown} {decided}");
}
