//! What nobody but Stripe's own answers prove, and what its amounts are.

use payspec_model::model::Side;
use payspec_runtime::RuleId;
use serde_json::{Value, json};

use super::answers::{decided, field};
use super::mutations::mutants;
use super::{Provider, providers};

/// The outcomes that move money or give it up for good, with the operations and the status that each needs.
const PROOFS: &[(&str, &str)] = &[
    ("paid", "succeeded"),
    ("refunded", "succeeded"),
    ("refund_failed", "failed, canceled"),
    ("cancelled", "canceled"),
    ("authorized", "requires_capture"),
];

fn stripe() -> Provider {
    providers().next().expect("a provider")
}

#[test]
fn nothing_but_a_documented_answer_is_proved() {
    let provider = stripe();
    let mut proved = 0;
    for typed in provider.operations {
        for of in provider.operations {
            let examples = provider.examples(of.id);
            for (example, json) in examples.filter(|(one, _)| one.side == Side::Response) {
                let mut bodies = vec![json.to_string().into_bytes()];
                if typed.id == of.id && example.http_status == Some(200) {
                    bodies.extend(mutants(&json).into_iter().step_by(31));
                }
                for (number, body) in bodies.into_iter().enumerate() {
                    let json: Value = serde_json::from_slice(&body).unwrap_or_default();
                    for (status, outcome) in decided(typed, number, &body) {
                        let proof = PROOFS.iter().find(|(name, _)| *name == outcome);
                        let Some((_, needed)) = proof else { continue };
                        proved += 1;
                        assert_eq!(status, 200, "{outcome} {json}");
                        let state = field(&json, "status").expect("a status");
                        assert!(needed.contains(state), "{outcome} {json}");
                        let id = field(&json, "id");
                        let is_named = id.is_some_and(|id| !id.is_empty());
                        let may_lack_id =
                            ["cancelled", "refund_failed"].contains(&outcome.as_str());
                        assert!(is_named || may_lack_id, "{outcome} {json}");
                    }
                }
            }
        }
    }
    assert!(proved > 100, "{proved}");
}

#[test]
fn a_refusal_is_final_only_as_documented() {
    let provider = stripe();
    for typed in provider.operations {
        for (example, json) in provider.examples(typed.id) {
            if example.side == Side::Request {
                continue;
            }
            let body = json.to_string();
            for (status, outcome) in decided(typed, 0, body.as_bytes()) {
                let is_final = ["declined", "failed", "not_found"].contains(&outcome.as_str());
                let pending = [401, 403, 408, 409, 424, 425, 429];
                let may_be = (400..500).contains(&status) && !pending.contains(&status);
                assert!(!is_final || may_be, "{} {status} {outcome}", typed.id);
                assert!(
                    outcome != "declined" || status == 402,
                    "{} {status}",
                    typed.id
                );
            }
        }
    }
}

#[test]
fn amounts_are_those_of_the_provider() {
    let provider = stripe();
    let create = provider
        .operations
        .iter()
        .find(|one| one.id == "create_payment");
    let create = create.expect("an operation");
    let broken = |amount: i64, currency: &str| {
        let request = json!({
            "Stripe-Version": "2026-10-28.endive", "Idempotency-Key": "1", "amount": amount, "currency": currency,
        });
        let bytes = request.to_string();
        let found = (create.check)(&provider.validators, Side::Request, bytes.as_bytes());
        let found = found.expect("JSON");
        found.into_iter().map(|one| one.rule).collect::<Vec<_>>()
    };
    for (amount, currency) in [
        (1099, "usd"),
        (500, "jpy"),
        (5, "mga"),
        (500, "isk"),
        (500, "ugx"),
    ] {
        assert_eq!(broken(amount, currency), [], "{amount} {currency}");
    }
    for (amount, currency) in [(501, "isk"), (5, "ugx")] {
        assert_eq!(
            broken(amount, currency),
            [RuleId::AmountStep],
            "{amount} {currency}"
        );
    }
    assert_eq!(broken(0, "usd"), [RuleId::Min]);
    assert_eq!(broken(1099, "USD"), [RuleId::Format]);
    let decimals = &provider.validators.model().apis[0].wire.decimals;
    let shown: Vec<String> = decimals.iter().map(|one| format!("{one:?}")).collect();
    assert_eq!(shown.len(), 3, "{shown:?}");
}
