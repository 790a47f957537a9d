//! Checks that a copy that ends early is reported as one wherever it ends, and that nothing behind its end
//! is listed as missing.

use super::*;
use crate::drift::rules::Level;

/// A page of an operation whose fields the spec has in another order.
const PAGE: &str = "\
# pay (Entry Code Payment)

2023-07-27 09:58

POST /v1/payments/pay

Starts a payment.

### Request parameters

#### productCode String REQUIRED

The product.

#### paymentRequestId String REQUIRED

The id of the request.

#### paymentAmount Amount object REQUIRED

How much is paid.

#### paymentExpiryTime Datetime

When the payment is closed.

#### paymentRedirectUrl URL

Where the payer goes on.

#### settlementStr";

/// Returns the rules of the findings that list something as missing or as new.
fn listed_as_missing(drift: &Drift) -> Vec<String> {
    let is_listed = |rule: &str| {
        let rules = ["field-gone", "field-new", "code-gone", "code-new"];
        rules.contains(&rule)
    };
    let found = drift.findings.iter().filter(|one| is_listed(one.rule));
    found
        .map(|one| format!("{} {}", one.rule, one.subject))
        .collect()
}

#[test]
fn the_order_of_the_spec_does_not_decide_what_is_behind_the_end() {
    let model = model();
    let mut ends: Vec<usize> = PAGE.match_indices("\n#### ").map(|(at, _)| at).collect();
    ends.push(PAGE.len());
    for end in ends.into_iter().skip(1) {
        let drift = drift(&model, &PAGE[..end]);
        assert_eq!(drift.operation, "pay_entry_code");
        assert_eq!(listed_as_missing(&drift), [""; 0], "{}", &PAGE[..end]);
        let words = drift.compared.words();
        assert!(
            words.ends_with(": the copy ends inside the request"),
            "{words}"
        );
        assert!(drift.is_drift());
    }
}

#[test]
fn a_name_that_ends_early_is_no_new_field() {
    let model = model();
    let page = fixture("c-zh-mt-pay-entry-code.md");
    for half in ["#### paymentNoti", "#### settlementSt"] {
        let head = page.find(half).expect("the page has the field");
        let drift = drift(&model, &page[..head + half.len()]);
        assert_eq!(listed_as_missing(&drift), [""; 0], "{half}");
        let words = drift.compared.words();
        assert!(
            words.ends_with(": the copy ends inside the request"),
            "{words}"
        );
    }
}

#[test]
fn a_response_without_its_end_and_without_codes_is_cut() {
    let model = model();
    for title in ["inquiryPayment", "cancel"] {
        let page = format!(
            "# {title}\n\nPOST /v1/payments/{title}\n\n### Request parameters\n\n#### paymentId String\n\nOne of paymentId and paymentRequestId must be given.\n\n\
             * Maximum length: 64 characters\n\n#### paymentRequestId String\n\nThe id.\n\n* Maximum length: 64 characters\n\n\
             ### Response parameters\n\n#### result Result object REQUIRED\n\nHow it went.\n"
        );
        let drift = drift(&model, &page);
        let words = drift.compared.words();
        assert!(
            words.ends_with(": the copy ends inside the response"),
            "{words}"
        );
        assert_eq!(listed_as_missing(&drift), [""; 0], "{title}");
        assert!(drift.is_drift());
    }
}

#[test]
fn a_table_of_codes_that_ends_in_a_code_or_a_row_is_cut() {
    let model = model();
    let page = fixture("c-zh-mt-pay-entry-code.md");
    let row = page.find("| INVALID").expect("a code");
    let rows: Vec<usize> = page[row..]
        .match_indices("\n| ")
        .map(|(at, _)| row + at)
        .collect();
    let last = rows.last().expect("rows") + 1;
    let first_cell = page[last + 2..].find(' ').expect("a cell") + last + 2;
    for end in [
        // Inside the name, behind the name, and inside the last cell of the last row.
        row + "| INVALID".len(),
        first_cell + 3,
        first_cell + 7,
    ] {
        let text = &page[..end];
        let drift = drift(&model, text);
        let words = drift.compared.words();
        let tail = text.lines().last().unwrap_or_default();
        assert!(
            words.ends_with(": the copy ends inside the result codes"),
            "{tail:?}: {words}"
        );
        assert_eq!(listed_as_missing(&drift), [""; 0], "{tail}");
    }
}

#[test]
fn a_row_that_is_gone_in_the_middle_is_no_early_end() {
    let model = model();
    let page = fixture("c-zh-mt-pay-entry-code.md");
    let is_gone = |line: &&str| line.starts_with("| PROCESS") || line.starts_with("| RISK");
    let less: Vec<&str> = page.lines().filter(|line| !is_gone(line)).collect();
    let drift = drift(&model, &less.join("\n"));
    let found = drift.findings.iter().filter(|one| one.rule == "code-gone");
    let found = found.map(|one| (one.level, one.subject.as_str()));
    let expected = ["codes/PROCESS_FAIL", "codes/RISK_REJECT"];
    assert_eq!(
        found.collect::<Vec<_>>(),
        expected.map(|code| (Level::Error, code))
    );
}

#[test]
fn a_page_that_ends_at_any_line_lists_nothing_as_missing() {
    let model = model();
    for name in [
        "c-zh-mt-pay-entry-code.md",
        "a-en-pay-entry-code.txt",
        "e-en-pay-entry-code.md",
    ] {
        let text = fixture(name);
        let whole = read(&text);
        let of_whole = listed_as_missing(&super::drift(&model, &text));
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        for end in ends.iter().step_by(5) {
            let cut = read(&text[..*end]);
            let copy = |page| Copy { name, page };
            let Ok(drift) = Drift::new(&model, copy(&cut), Hints::default()) else {
                continue;
            };
            assert_eq!(drift.operation, "pay_entry_code", "{name} {end}");
            let mut missing = listed_as_missing(&drift);
            missing.retain(|one| !of_whole.contains(one));
            assert!(missing.len() < 2, "{name} {end}: {missing:?}");
            let changes = Changes::new(copy(&whole), copy(&cut)).expect("the same operation");
            let gone = changes
                .changes
                .iter()
                .filter(|one| one.rule.ends_with("-gone"));
            assert!(gone.count() < 2, "{name} {end}");
        }
    }
}

/// Nothing of it is broken off: the page has no codes.
#[test]
fn a_whole_response_without_codes_is_not_cut() {
    let model = model();
    let page = "# cancel\n\nPOST /v1/payments/cancel\n\n### Request parameters\n\n#### paymentId String\n\nThe id.\n\n\
        #### paymentRequestId String\n\nThe id.\n\n### Response parameters\n\n#### result Result object REQUIRED\n\nHow it went.\n\n\
        #### paymentId String\n\nThe id.\n\n#### paymentRequestId String\n\nThe id.\n\n#### cancelTime Datetime\n\nWhen.\n";
    let whole = drift(&model, page);
    let words = whole.compared.words();
    assert!(!words.contains("the copy ends"), "{words}");
    assert_eq!(listed_as_missing(&whole), [""; 0]);
    let end = page.find("#### cancelTime").expect("the field");
    let words = drift(&model, &page[..end]).compared.words();
    assert!(
        words.ends_with(": the copy ends inside the response"),
        "{words}"
    );
    let codes = "\n## Result/Error codes\n\n| Code | Value | Message | Further action |\n| --- | --- | --- | --- |\n\
        | SUCCESS | S | Success | |\n| FAIL | F | Fail | |\n";
    let (old, new) = (read(&format!("{page}{codes}")), read(page));
    let copy = |page| Copy { name: "page", page };
    let changes = Changes::new(copy(&old), copy(&new)).expect("the same operation");
    let rules: Vec<&str> = changes.changes.iter().map(|one| one.rule).collect();
    assert!(
        rules.contains(&"table-gone") && !rules.contains(&"copy-cut"),
        "{rules:?}"
    );
}
