//! The sections of the report beside its findings.

use serde_json::{Value, json};

use crate::diff::starter;
use crate::support::{folder, with};

/// A file of the starter, the old text and the new text.
type Edit = (&'static str, &'static str, &'static str);

const RESULTS: &str = "results.yaml";
const FLOW: &str = "flows/order_payment.yaml";

/// Returns the report on edits of the starter, the exit code and the output on stderr.
fn report(edits: &[Edit]) -> (Value, Option<i32>, String) {
    let (folder, _) = folder();
    let old = starter(&folder.path().join("old"), &[]);
    let new = starter(&folder.path().join("new"), edits);
    let run = with(&["diff", &old, &new, "--format", "json", "--fail-on", "never"]);
    let report = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
    (report, run.code, run.stderr)
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// Returns kind, mark and proof of each hazard.
fn hazards(section: &Value) -> Vec<[&str; 3]> {
    let hazards = list(section, "hazards").iter();
    hazards
        .map(|one| ["kind", "mark", "proof"].map(|key| one[key].as_str().unwrap_or("")))
        .collect()
}

#[test]
fn a_code_that_leaves_the_outcome_open_and_starts_anew() {
    let edit: Edit = (
        RESULTS,
        "next_step: resend_same",
        "next_step: new_request_id",
    );
    let (report, code, stderr) = report(&[edit]);
    // The new spec contradicts itself, which fails the run in any case.
    assert_eq!(code, Some(1));
    assert!(stderr.contains("leaves the outcome open"), "{stderr}");
    let table = |operation: &str| {
        let mut tables = list(&report, "outcomes").iter();
        tables.find(|table| table["operation"] == operation)
    };
    let pays = table("place_order").expect("the table of the paying operation");
    assert_eq!(hazards(pays), [["pays_twice", "added", ""]]);
    let changed: Vec<_> = list(pays, "rows")
        .iter()
        .filter(|row| row["mark"] != "same")
        .map(|row| {
            (
                &row["code"],
                &row["old"]["next_step"],
                &row["new"]["next_step"],
            )
        })
        .collect();
    assert_eq!(
        changed,
        [(
            &json!("UNKNOWN_EXCEPTION"),
            &json!("resend_same"),
            &json!("new_request_id")
        )]
    );
    // A repeated inquiry moves no money.
    let asks = table("find_order").expect("the table of the inquiry");
    assert_eq!(hazards(asks), Vec::<[&str; 3]>::new());
    // The life contains operations that are judged differently.
    let life = &list(&report, "lives")[0];
    assert_eq!(life["mark"], "same");
    assert!(list(life, "operations").contains(&json!("place_order")));
}

#[test]
fn a_life_that_pays_twice_and_one_that_gives_up() {
    let edits: &[Edit] = &[
        (
            FLOW,
            "place_order.failed: asking  #",
            "place_order.failed: unpaid  #",
        ),
        (FLOW, "exhausted: asking", "exhausted: escalated"),
        (FLOW, "after_s: [2, 3, 5]", "after_s: [2, 3]"),
    ];
    let (report, code, stderr) = report(edits);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("E135"), "{stderr}");
    let life = &list(&report, "lives")[0];
    assert_eq!(
        hazards(life),
        [
            ["misread", "added", "E135"],
            // Both ways to `asking` are gone, so no event enters it.
            ["dead_end", "added", "E131"],
            ["dead_end", "added", ""]
        ]
    );
    let states: Vec<_> = list(life, "states")
        .iter()
        .map(|state| (state["name"].as_str(), state["mark"].as_str()))
        .filter(|(_, mark)| *mark != Some("same"))
        .collect();
    let changed = Some("changed");
    assert_eq!(
        states,
        [(Some("repeating"), changed), (Some("asking"), changed)]
    );
    let events: Vec<_> = list(&life["states"][1], "events")
        .iter()
        .filter(|event| event["mark"] != "same")
        .map(|event| json!([event["event"], event["old"], event["new"]]))
        .collect();
    assert_eq!(
        events,
        [
            json!(["place_order.failed", "asking", "unpaid"]),
            json!(["exhausted", "asking", "escalated"]),
        ]
    );
}

#[test]
fn what_is_gone_is_no_hazard_any_more() {
    let edit: Edit = (FLOW, "exhausted: escalated", "exhausted: unpaid");
    let (report, ..) = report(&[edit]);
    let life = &list(&report, "lives")[0];
    assert_eq!(
        hazards(life),
        [
            ["misread", "added", "E135"],
            ["dead_end", "added", "E131"],
            ["dead_end", "removed", ""]
        ]
    );
}

#[test]
fn words_alone_change_no_table() {
    let (report, code, _) = report(&[(FLOW, "The order is sent for", "The order goes out for")]);
    assert_eq!(code, Some(0));
    assert_eq!(
        (&report["outcomes"], &report["lives"]),
        (&json!([]), &json!([]))
    );
}

#[test]
fn words_are_proved_to_be_words_by_equal_code() {
    let (report, code, _) = report(&[(FLOW, "The order is sent for", "The order goes out for")]);
    assert_eq!(code, Some(0));
    let generated = json!({ "level": "none", "items": [], "words": { "verdict": "proved" } });
    assert_eq!(report["generated"], generated);
}

#[test]
fn the_lines_of_rust_to_touch_with_the_findings_that_they_come_from() {
    let edit: Edit = ("operations/find_order.yaml", "requestId:", "requestNumber:");
    let (report, ..) = report(&[edit]);
    let generated = &report["generated"];
    assert_eq!(generated["words"], json!({ "verdict": "not_only" }));
    assert_eq!(generated["level"], report["summary"]["rust"]);
    let known: Vec<&Value> = list(&report, "findings")
        .iter()
        .map(|finding| &finding["fingerprint"])
        .collect();
    for item in list(generated, "items") {
        let from = list(item, "findings");
        assert!(!from.is_empty(), "{item}");
        assert!(from.iter().all(|one| known.contains(&one)), "{item}");
    }
    let items = list(generated, "items").iter();
    let items: Vec<String> = items
        .map(|item| {
            let word = |key: &str| item[key].as_str().unwrap_or("").to_owned();
            format!("{}: {} -> {}", word("path"), word("old"), word("new"))
        })
        .collect();
    insta::assert_snapshot!(items.join("\n"));
}
