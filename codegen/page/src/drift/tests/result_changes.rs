//! Checks what is compared of result codes and statuses: between two copies, and with the spec.

use super::results::logic;
use super::*;

/// Returns the findings between two copies: rule, level and subject.
pub(super) fn changes(old: &str, new: &str) -> Vec<(&'static str, String, String)> {
    let [old, new] = [old, new].map(read);
    let copy = |page| Copy { name: "page", page };
    let changes = Changes::new(copy(&old), copy(&new)).expect("both describe something");
    let found = changes.changes.iter();
    found
        .map(|one| (one.rule, one.level.to_string(), one.subject.clone()))
        .collect()
}

#[test]
fn a_changed_step_of_a_status_is_an_error() {
    let old = logic("*   `U`: Ask again. Never settle twice.");
    for new in [
        "Settle once more at once.",
        "Call settleBill again.",
        "Ask again.",
    ] {
        let found = changes(&old, &logic(&format!("*   `U`: {new}")));
        let is_error = |one: &(&str, String, String)| one.1 == "error" && one.2 == "logic/U";
        assert!(found.iter().any(is_error), "{new}: {found:?}");
    }
    // Other words for the same step are words, and words that nobody understands are a warning.
    let same = changes(
        &logic("*   `U`: Inquire."),
        &logic("*   `U`: Please inquire."),
    );
    assert_eq!(same, [("wording", "note".to_owned(), "logic/U".to_owned())]);
    let unclear = changes(
        &logic("*   `U`: Pay again."),
        &logic("*   `U`: Pay again now."),
    );
    assert_eq!(
        unclear,
        [("advice-words", "warning".to_owned(), "logic/U".to_owned())]
    );
}

#[test]
fn the_result_logic_is_held_against_the_decisions() {
    let model = model();
    let before = fixture(TWINS[0]);
    let line = "result.resultStatus is U: call pay again.";
    assert!(before.contains(line));
    for (new, expected) in [
        (
            "result.resultStatus is U: do not call pay again.",
            Some("next-step"),
        ),
        (
            "result.resultStatus is U: start a new payment.",
            Some("next-step"),
        ),
        ("result.resultStatus is U: inquire.", None),
        ("result.resultStatus is U: call pay again at once.", None),
    ] {
        let text = before.replace(line, new);
        let found: Vec<_> = drift(&model, &text)
            .findings
            .iter()
            .map(|one| (one.rule, one.subject.clone()))
            .collect();
        let expected: Vec<_> = expected
            .map(|rule| (rule, "logic/U".to_owned()))
            .into_iter()
            .collect();
        assert_eq!(found, expected, "{new}");
        let coverage = coverage_of(&model, &text);
        let line = coverage
            .lines
            .iter()
            .find(|line| line.at == "logic/U")
            .expect("the line");
        assert_eq!(
            line.state == LineState::Captured,
            expected.is_empty(),
            "{new}"
        );
    }
    // What no rule understands is open, and no finding.
    let text = before.replace(
        line,
        "result.resultStatus is U: call pay again unless it rains.",
    );
    assert_eq!(drift(&model, &text).findings, []);
    let coverage = coverage_of(&model, &text);
    let line = coverage
        .lines
        .iter()
        .find(|line| line.at == "logic/U")
        .expect("the line");
    assert_eq!(line.state, LineState::Uncaptured);
}

#[test]
fn advice_that_is_not_understood_is_open_and_no_finding() {
    let model = model();
    let before = fixture(TWINS[0]);
    let action = "Tell the user that risk control said no.";
    let text = before.replace(action, "Ponder the matter.");
    assert_eq!(drift(&model, &text).findings, []);
    let coverage = coverage_of(&model, &text);
    let line = coverage
        .lines
        .iter()
        .find(|line| line.at == "codes/RISK_REJECT")
        .expect("the row");
    assert_eq!(line.state, LineState::Uncaptured);
}

#[test]
fn a_status_behind_the_end_of_a_copy_is_not_gone() {
    let whole = logic("*   `U`: Ask again.\n*   `S`: No further action.");
    let at = whole.find("### Response").expect("the page has a response");
    let cut = &whole[..at];
    for (old, new) in [(whole.as_str(), cut), (cut, whole.as_str())] {
        let found = changes(old, new);
        let rules: Vec<&str> = found.iter().map(|(rule, ..)| *rule).collect();
        assert!(rules.contains(&"copy-cut"), "{rules:?}");
        assert!(!rules.contains(&"result-logic"), "{rules:?}");
    }
}
