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

#[test]
fn what_forbids_a_field_otherwise_is_kept_beside_its_requirement() {
    let required = Test::Field {
        field: "y".to_owned(),
        met: Met::OneOf {
            values: vec!["BUS".to_owned()],
        },
    };
    for sentence in [
        "Required when y is `BUS`; forbidden otherwise.",
        "Required when `y=BUS`; otherwise forbidden.",
        "Required when y is `BUS` and forbidden otherwise.",
        "Required when y is `BUS`; must be null otherwise.",
        "The stop. Required when `y` = `BUS`, otherwise forbidden.",
    ] {
        let expected = [
            (ConditionKind::RequiredWhen, required.clone()),
            (ConditionKind::AbsentWhen, Test::Words),
        ];
        assert_eq!(conditions_of("", sentence), expected, "{sentence}");
    }
}

#[test]
fn a_condition_behind_words_without_a_full_stop_is_read() {
    let returned = Test::Field {
        field: "y".to_owned(),
        met: Met::OneOf {
            values: vec!["BUS".to_owned()],
        },
    };
    for sentence in [
        "The number of the stop Returned only when y is `BUS`.",
        "One of these values:\n\n*   `NEAR`: close by.\n*   `FAR`: far off.\nThis field is returned when y is `BUS`.",
    ] {
        let expected = [(ConditionKind::PresentWhen, returned.clone())];
        assert_eq!(conditions_of("", sentence), expected, "{sentence}");
    }
}

#[test]
fn a_title_between_the_name_and_the_type_is_no_type() {
    let page = crate::read(
        "# x\n\nPOST /v1/x\n\n### 请求参数\n\n#### billId 账单编号 字符串 必需\n\n编号。\n\n#### stopName 站名 String\n\n站。\n",
    );
    let page = page.expect("a page");
    let request = page.operations[0].request.iter();
    let found: Vec<_> = request
        .map(|one| {
            let ty = one.ty.as_ref().map(|ty| ty.value.kind);
            (one.name.as_deref(), ty)
        })
        .collect();
    let text = Some(crate::TypeKind::String);
    assert_eq!(found, [(Some("billId"), text), (Some("stopName"), text)]);
}

#[test]
fn a_negation_before_words_with_a_capital_is_not_cut_off() {
    for sentence in [
        "Not Required when y is given.",
        "NOT REQUIRED if y is given.",
        "The stop, which is never Returned when y is given.",
    ] {
        let found = conditions_of(" REQUIRED", sentence);
        let reversed = |kind| {
            Test::Field {
                field: "y".to_owned(),
                met: Met::Present,
            } == kind
        };
        let is_reversed = found.into_iter().any(|(kind, test)| {
            matches!(
                kind,
                ConditionKind::RequiredWhen | ConditionKind::PresentWhen
            ) && reversed(test)
        });
        assert!(!is_reversed, "{sentence}");
    }
}
