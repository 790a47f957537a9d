//! The decision of a message: the generated `outcome()` and the checker over the model must say the same.

use payspec_model::check::Checker;
use payspec_model::model::{Direction, Side};
use payspec_model::naming;
use payspec_tests::agree::Validators;

use super::{registry, table};

/// Stands for the outcome of a message that has none, because generated types cannot read it.
const UNREADABLE: &str = "Unreadable";

/// The variant of the outcome on which both agree. [`None`] when nothing judges messages of this side,
/// or when generated types cannot read this one, which the checker must then know.
///
/// # Panics
///
/// When they disagree.
pub(crate) fn of(
    validators: &Validators,
    registered: &registry::Operation,
    side: Side,
    json: &[u8],
) -> Option<String> {
    let (api, operation) = validators.operation(registered.id);
    let variant_of = registered.variant?;
    if operation.direction(side) != Direction::Incoming {
        return None;
    }
    let shown = || String::from_utf8_lossy(json).into_owned();
    let generated = variant_of(json).ok();
    let checker = Checker::new(api, operation, side).expect("a body of this side");
    let Ok((findings, verdict)) = checker.assess(json, None) else {
        assert!(generated.is_none(), "judged, but no JSON: {}", shown());
        return None;
    };
    let verdict = verdict.expect("a verdict");
    let Some(generated) = generated else {
        assert!(
            !findings.is_readable(),
            "only the checker can read {}",
            shown()
        );
        return None;
    };
    let name = naming::variant_name(verdict.outcome()).expect("a name for a variant");
    assert_eq!(
        name,
        generated,
        "checker ({:?}, left), generated (right), of {}",
        verdict.because,
        shown()
    );
    Some(name)
}

#[test]
fn every_edit_comes_out_as_its_table_says() {
    let validators = Validators::load();
    let mut wrong = String::new();
    for edited in table::edited(&validators) {
        let operation = registry::operation(&edited.operation);
        // Where the table says nothing, both must agree all the same.
        let found = of(&validators, &operation, edited.side, edited.json.as_bytes());
        let Some(expected) = edited.outcome else {
            continue;
        };
        let found = found.unwrap_or_else(|| UNREADABLE.to_owned());
        if naming::variant_name(&expected).as_ref() != Ok(&found) {
            let (operation, name) = (edited.operation, edited.name);
            wrong.push_str(&format!("{operation}, {name}: {found}, not {expected}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_outcome_is_expected_of_some_edit() {
    let validators = Validators::load();
    let edited = table::edited(&validators);
    for id in validators.operation_ids() {
        let (_, operation) = validators.operation(id);
        for outcome in operation.outcomes() {
            let is_expected = edited.iter().any(|edited| {
                edited.operation == id && edited.outcome.as_deref() == Some(outcome.name)
            });
            assert!(
                is_expected,
                "{id}: no edit has the outcome {}",
                outcome.name
            );
        }
    }
}
