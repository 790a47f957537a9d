//! Checks that what a page says about a result status is held against the steps of the spec.

use super::*;
use crate::drift::draft::{Target, draft};

const PAGE: &str = "\
# settleBill

POST /v1/bills/settle

Settles a bill.

### Request parameters

#### billRequestId String REQUIRED

The id.

*   This field is an API idempotency field.

### Response parameters

#### result Result object REQUIRED

How it went.

### Result process logic

*   `S`: No further action is needed.
*   `F`: Fix the request and call again with a new billRequestId.
*   `U`: Inquire the result.

### Result/Error codes

| Code | Value | Message | Further action |
| --- | --- | --- | --- |
| SUCCESS | S | Done | No further action. |
| POOR | F | Poor | Contact support. |
| BUSY | U | Busy | Inquire the result. |
";

/// Returns the spec that is drafted from the page.
fn spec_of_page() -> Model {
    let page = read(PAGE);
    let copy = Copy {
        name: "page",
        page: &page,
    };
    let hints = Hints {
        operation: Some("settle_bill"),
        source: None,
    };
    let target = Target::Spec(Path::new("shop/operations/settle_bill.yaml"));
    let drafts = draft(&Model::default(), copy, hints, target).expect("a draft");
    let mut files = Memory::default();
    for file in drafts.files {
        let path = file.path.to_string_lossy().into_owned();
        files.files.insert(path, file.text.into_bytes());
    }
    let loaded = load_from(&files);
    let messages: Vec<_> = loaded.diagnostics.iter().map(|one| &one.message).collect();
    loaded.model.unwrap_or_else(|| panic!("{messages:?}"))
}

#[test]
fn a_step_that_the_decision_of_a_status_excludes_is_reported() {
    let model = spec_of_page();
    for (status, words, is_reported) in [
        (
            "F",
            "Fix the request and call again with a new billRequestId.",
            false,
        ),
        ("F", "Contact support.", false),
        ("F", "Inquire the result.", true),
        ("F", "Call the API again with the same billRequestId.", true),
        ("F", "No further action is needed.", true),
        ("U", "Inquire the result.", false),
        ("U", "Take another billRequestId and call once again.", true),
        ("U", "No further action is needed.", true),
        ("S", "No further action is needed.", false),
        ("S", "Inquire the result.", true),
    ] {
        let line = PAGE
            .lines()
            .find(|line| line.starts_with(&format!("*   `{status}`")));
        let page = PAGE.replace(line.expect("a status"), &format!("*   `{status}`: {words}"));
        let drift = drift(&model, &page);
        let subject = format!("logic/{status}");
        let found = drift.findings.iter().any(|one| one.subject == subject);
        assert_eq!(
            found, is_reported,
            "{status}: {words}: {:?}",
            drift.findings
        );
    }
}
