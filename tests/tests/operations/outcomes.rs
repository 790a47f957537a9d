//! What a message decides: the generated `outcome()` and the checker over the model must say the same.

use payspec_codegen::check::Checker;
use payspec_codegen::emit::naming;
use payspec_codegen::model::{Direction, Side};
use payspec_runtime::json::Node;
use payspec_tests::agree::Validators;

use super::{registry, table};

/// What stands for the outcome of a message that has none, because generated types cannot read it.
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
    let outcome = registered.outcome?;
    if operation.direction(side) != Direction::Incoming {
        return None;
    }
    let shown = || String::from_utf8_lossy(json).into_owned();
    let generated = outcome(json).ok();
    let Ok(node) = Node::from_slice(json) else {
        assert!(generated.is_none(), "judged, but no JSON: {}", shown());
        return None;
    };
    let checker = Checker::new(api, operation, side).expect("a body of this side");
    let findings = checker.check_node(&node);
    let verdict = checker.judge(&node, &findings).expect("a verdict");
    let Some(generated) = generated else {
        assert!(
            !findings.is_readable(),
            "only the checker can read {}",
            shown()
        );
        return None;
    };
    let name = naming::variant_name(verdict.outcome()).expect("a name for a variant");
    let variant = variant(&generated);
    assert_eq!(
        name,
        variant,
        "checker ({:?}, left), generated (right), of {}",
        verdict.because,
        shown()
    );
    Some(name)
}

/// The variant of a value that is written as Rust prints it.
fn variant(debug: &str) -> &str {
    let end = debug.find(|char: char| !char.is_alphanumeric());
    &debug[..end.unwrap_or(debug.len())]
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
