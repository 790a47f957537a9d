use std::collections::BTreeSet;

use super::equivalents::EQUIVALENTS;
use super::{MONEY, RUST, markdown};
use crate::rules::{Rule, rules};

/// Rules for which the format, or the base of the examples, which is signed, has no example.
const WITHOUT_EXAMPLE: &[&str] = &["lengths-changed"];

#[test]
fn every_rule_has_words_for_what_decides() {
    for rule in rules() {
        let known = |table: &[(&str, &str)], name| table.iter().any(|(known, _)| *known == name);
        assert!(known(RUST, rule.rust_by), "{} in `RUST`", rule.rust_by);
        assert!(known(MONEY, rule.money_by), "{} in `MONEY`", rule.money_by);
    }
}

#[test]
fn every_rule_has_an_example_that_goes_and_comes() {
    for rule in rules() {
        let id = rule.id();
        match rule.example() {
            None => assert!(
                WITHOUT_EXAMPLE.contains(&id.as_str()),
                "{id} has no example"
            ),
            Some(example) => {
                let edits = example
                    .patch
                    .lines()
                    .filter(|line| line.starts_with(['+', '-']));
                assert!(edits.count() > 0, "{id}: {example:?}");
            }
        }
    }
}

#[test]
fn the_rules_of_others_are_named_at_rules_that_there_are() {
    let mut seen = BTreeSet::new();
    for (id, equivalents) in EQUIVALENTS {
        assert!(Rule::find(id).is_some(), "{id}");
        assert!(seen.insert(id), "{id} twice");
        assert!(
            !(equivalents.oasdiff.is_empty() && equivalents.buf.is_empty()),
            "{id}"
        );
    }
}

#[test]
fn the_page_has_every_rule_once() {
    let page = markdown();
    for rule in rules() {
        assert_eq!(page.matches(&format!("\n## `{}`\n", rule.id())).count(), 1);
    }
}
