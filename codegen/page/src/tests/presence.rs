//! Checks when parameters are read as required, by their marks and their sentences.

use crate::{ConditionKind, Met, Test};

/// Returns the conditions of the field `x` on a page, with the words of its heading.
fn conditions_of(heading: &str, sentence: &str) -> Vec<(ConditionKind, Test)> {
    let page = format!(
        "# makeNote\n\nPOST /v1/notes/make\n\n## Request parameters\n\n#### x String{heading}\n\n{sentence}\n\n#### y String\n\nThe other one.\n"
    );
    let page = crate::read(&page).expect("a page");
    let [operation] = page.operations.as_slice() else {
        panic!("one operation");
    };
    let conditions = operation.request[0].conditions.iter();
    conditions.map(|one| (one.kind, one.test.clone())).collect()
}

#[test]
fn what_may_be_left_out_of_an_optional_field_is_no_requirement() {
    let absent = Test::Field {
        field: "y".to_owned(),
        met: Met::Absent,
    };
    for sentence in [
        "May be omitted if y is given.",
        "Not needed when y is present.",
        "如果已传入y，则可不传此字段。",
        "传了y时，此字段不需要传。",
    ] {
        let optional = [(ConditionKind::OptionalWhen, Test::Words)];
        assert_eq!(conditions_of("", sentence), optional, "{sentence}");
        let found = conditions_of(" REQUIRED", sentence);
        let required = [(ConditionKind::RequiredWhen, absent.clone())];
        if found != required {
            assert_eq!(found, optional, "{sentence}");
        }
    }
    let found = conditions_of(" REQUIRED", "May be omitted if y is given.");
    assert_eq!(found, [(ConditionKind::RequiredWhen, absent)]);
    let needed = "This field is optional unless y is given.";
    let present = Test::Field {
        field: "y".to_owned(),
        met: Met::Present,
    };
    assert_eq!(
        conditions_of("", needed),
        [(ConditionKind::RequiredWhen, present)]
    );
}
