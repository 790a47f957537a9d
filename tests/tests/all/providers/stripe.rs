//! Proofs that only Stripe's own answers give, and its amounts.

use std::fs;
use std::path::Path;

use payspec_model::model::Side;
use payspec_runtime::RuleId;
use serde_json::json;

use super::answers::decided;
use super::{Provider, folder, providers};

fn stripe() -> Provider {
    let found = providers().find(|one| one.expected.name == "stripe");
    found.expect("the provider")
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

/// Returns the diagnostics of the spec after an edit of one of its files, as code and message.
fn edited(file: &str, from: &str, to: &str) -> Vec<(&'static str, String)> {
    let copied = tempfile::tempdir().expect("a folder");
    let spec = copied.path().join("stripe");
    copy(&folder("stripe").join("spec"), &spec);
    let path = spec.join(file);
    let text = fs::read_to_string(&path).expect("a file of the spec");
    assert!(text.contains(from), "{file}: {from}");
    fs::write(&path, text.replacen(from, to, 1)).expect("writable");
    let loaded = payspec_model::load(copied.path());
    let found = loaded.diagnostics.iter();
    found
        .map(|one| (one.code.id, one.message.clone()))
        .collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        match path.is_dir() {
            true => copy(&path, &to.join(name)),
            false => drop(fs::copy(&path, to.join(name)).expect("a copy")),
        }
    }
}

/// The proofs of the flows need each of these rows.
#[test]
fn a_row_less_is_a_payment_less() {
    let life = "flows/payment_life.yaml";
    // The key may belong to a payment that was made. A decline has another status, so it cannot say so.
    let conflict = edited(
        life,
        "      create_payment.failed idempotency_error: lost\n",
        "",
    );
    let [("E135", message)] = conflict.as_slice() else {
        panic!("{conflict:?}");
    };
    assert!(message.contains("create_payment.failed"), "{message}");
    for (file, from, to, code) in [
        (
            life,
            "create_payment.declined: lost",
            "create_payment.declined: unpaid",
            "E135",
        ),
        (
            life,
            "retrieve_payment.paid: paid",
            "retrieve_payment.paid: again",
            "E136",
        ),
        (
            life,
            "create_payment.processing: asking",
            "create_payment.processing: unpaid",
            "E135",
        ),
        (
            "flows/refund_life.yaml",
            "create_refund.under_way: asking",
            "create_refund.under_way: refunded",
            "E135",
        ),
        (
            "results.yaml",
            "next_step: fix_credentials\n    resend: safe",
            "next_step: fix_credentials\n    resend: never",
            "E091",
        ),
        (
            "operations/payment.yaml",
            "requires_capture: { decide: waiting, as: authorized",
            "captured: { decide: waiting, as: authorized",
            "E105",
        ),
    ] {
        let found = edited(file, from, to);
        assert!(found.iter().any(|(id, _)| *id == code), "{to}: {found:?}");
    }
}
