//! Decisions of answers under every HTTP status: the generated types and the message checker agree.

use payspec_model::check::Checker;
use payspec_model::model::Side;
use payspec_tests::random::is_tried;
use serde_json::Value;

use super::mutations::mutants;
use super::{Decisions, Typed, providers};

/// Bodies that are no answers of the provider.
const FOREIGN: &[&str] = &[
    "",
    "null",
    "[]",
    "{}",
    "<html>",
    "{",
    r#"{"error":7}"#,
    r#"{"error":{}}"#,
    r#"{"status":"succeeded"}"#,
    r#"{"id":"1","status":"succeeded","status":"canceled"}"#,
];

/// The statuses that the provider documents, and others like them.
const USUAL: [u16; 11] = [200, 201, 202, 400, 401, 402, 404, 409, 424, 429, 500];

/// Returns the decisions about a body with the usual statuses.
fn usual(typed: &Typed, body: &[u8]) -> Decisions {
    (typed.outcome)(body, &mut USUAL.into_iter())
}

/// Returns the statuses to try with a body, and how both decide. Ten bodies meet all statuses.
pub(super) fn decided(typed: &Typed, number: usize, body: &[u8]) -> Decisions {
    let others = (0..1000).filter(|status| is_tried(number + usize::from(*status)));
    (typed.outcome)(body, &mut USUAL.into_iter().chain(others))
}

#[test]
fn both_decide_every_answer_alike() {
    for provider in providers() {
        let mut tried = 0;
        let mut bodies: Vec<Vec<u8>> = FOREIGN.iter().map(|body| body.as_bytes().into()).collect();
        for typed in provider.operations {
            let examples = provider.examples(typed.id);
            let answers = examples.filter(|(one, _)| one.side == Side::Response);
            bodies.extend(answers.map(|(_, json)| json.to_string().into_bytes()));
        }
        bodies.sort();
        bodies.dedup();
        for typed in provider.operations {
            let (api, operation) = provider.validators.operation(typed.id);
            let checker = Checker::new(api, operation, Side::Response).expect("a response");
            let own = provider.examples(typed.id);
            let own = own.filter(|(one, _)| one.side == Side::Response);
            let edited = own.flat_map(|(_, json)| mutants(&json));
            for (number, body) in bodies.iter().cloned().chain(edited).enumerate() {
                let decided = match number < bodies.len() {
                    true => decided(typed, number, &body),
                    // Edits are many.
                    false if is_tried(number) => usual(typed, &body),
                    false => continue,
                };
                for (status, by_types) in decided {
                    let assessed = checker.assess(&body, Some(status));
                    let by_model = match &assessed {
                        Ok((_, verdict)) => verdict.as_ref().expect("it is judged").outcome(),
                        Err(_) => "pending",
                    };
                    let shown = String::from_utf8_lossy(&body);
                    assert_eq!(by_types, by_model, "{} {status} {shown}", typed.id);
                    tried += 1;
                }
            }
        }
        assert!(tried > provider.expected.answers, "{tried}");
    }
}

/// Returns the text at a pointer.
pub(super) fn field<'j>(json: &'j Value, pointer: &str) -> Option<&'j str> {
    json.pointer(pointer)?.as_str()
}
