//! Nothing but an answer that the spec lists proves that money moved or was given up.

use payspec_model::model::Side;
use serde_json::Value;

use super::answers::{decided, field};
use super::mutations::mutants;
use super::providers;

#[test]
fn nothing_but_a_documented_answer_is_proved() {
    for provider in providers() {
        let mut proved = 0;
        for typed in provider.operations {
            for of in provider.operations {
                let examples = provider.examples(of.id);
                for (example, json) in examples.filter(|(one, _)| one.side == Side::Response) {
                    let mut bodies = vec![json.to_string().into_bytes()];
                    if typed.id == of.id && matches!(example.http_status, Some(200 | 201)) {
                        bodies.extend(mutants(&json).into_iter().step_by(7));
                    }
                    for (number, body) in bodies.into_iter().enumerate() {
                        let json: Value = serde_json::from_slice(&body).unwrap_or_default();
                        for (status, outcome) in decided(typed, number, &body) {
                            let proofs = provider.expected.proofs.iter();
                            let mut proofs = proofs.filter(|one| one.outcome == outcome).peekable();
                            if proofs.peek().is_none() {
                                continue;
                            }
                            proved += 1;
                            let proof = proofs.find(|one| one.http_status == status);
                            let proof =
                                proof.unwrap_or_else(|| panic!("{outcome} {status} {json}"));
                            if let Some((at, states)) = proof.state {
                                let state = field(&json, at).expect("a status");
                                assert!(states.contains(&state), "{outcome} {json}");
                            }
                            if let Some(at) = proof.id {
                                let id = field(&json, at);
                                assert!(id.is_some_and(|id| !id.is_empty()), "{outcome} {json}");
                            }
                        }
                    }
                }
            }
        }
        assert!(proved > provider.expected.proved, "{proved}");
    }
}
