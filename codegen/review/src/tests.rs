use std::collections::BTreeSet;
use std::path::Path;

use super::class::{Meaning, class};
use super::*;
use payspec_model::load;
use payspec_model::model::Direction;

#[test]
fn the_class_over_its_whole_domain() {
    use Impact::{Breaking, Compatible, None, Risky};
    let both = [Direction::Outgoing, Direction::Incoming];
    for (meaning, bad) in [
        (Meaning::Values, Breaking),
        (Meaning::Tolerated, Risky),
        (Meaning::Text, None),
    ] {
        let fine = if bad == None { None } else { Compatible };
        for direction in both {
            let of = |relation| {
                let class = class(relation, direction, meaning);
                (class.old_caller, class.new_caller)
            };
            assert_eq!(of(Relation::Same), (None, None));
            assert_eq!(of(Relation::Incomparable), (bad, bad));
            let (narrows, widens) = match direction {
                Direction::Outgoing => ((bad, fine), (fine, bad)),
                Direction::Incoming => ((fine, bad), (bad, fine)),
            };
            assert_eq!(of(Relation::Narrows), narrows);
            assert_eq!(of(Relation::Widens), widens);
        }
    }
    // The effect of a change on one party is the effect of its mirror on the other.
    for (relation, mirror) in [
        (Relation::Same, Relation::Same),
        (Relation::Narrows, Relation::Widens),
        (Relation::Widens, Relation::Narrows),
        (Relation::Incomparable, Relation::Incomparable),
    ] {
        for direction in both {
            let there = class(relation, direction, Meaning::Values);
            let back = class(mirror, direction, Meaning::Values);
            assert_eq!(
                (there.old_caller, there.new_caller),
                (back.new_caller, back.old_caller)
            );
        }
    }
}

#[test]
fn every_facet_has_a_rule_for_each_of_its_edits_and_its_mirror() {
    let mut expected = BTreeSet::new();
    for property in Property::ALL {
        for edit in property.edits() {
            expected.insert((*property, edit));
            assert!(
                property.edits().contains(&edit.mirrored()),
                "{property:?} {edit:?}"
            );
        }
    }
    let found: Vec<_> = rules().map(|rule| (rule.property, rule.edit)).collect();
    let once: BTreeSet<_> = found.iter().copied().collect();
    assert_eq!(found.len(), once.len(), "a duplicate rule");
    assert_eq!(once, expected);
    let ids: BTreeSet<String> = rules().map(Rule::id).collect();
    assert_eq!(ids.len(), found.len());
}

#[test]
fn nothing_changed() {
    let spec = load(Path::new("../../spec")).model.expect("a sound spec");
    assert_eq!(diff(&spec, &spec), Vec::new());
}
