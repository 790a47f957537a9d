//! A verdict on a change is held against messages: random mutations of the spec, and for each
//! change the messages near it that one of the two specs takes and the other refuses.

use std::collections::BTreeSet;
use std::thread;

use payspec_model::model::{Direction, Model};
use payspec_review::{
    Change, Impact, Item, Property, Relation, WireImpact, diff, rule, unseen, witnesses,
};

use super::mutation::{Dice, alone, keep_what_fits_any, model, mutate};

/// Returns the impact of a change on messages that are lost, because only the old spec takes them, and on those
/// that are gained, because only the new one does.
fn verdict(change: &Change) -> [Impact; 2] {
    let rule = rule(change).expect("a rule for every change");
    let WireImpact {
        old_caller,
        new_caller,
    } = rule.class(change);
    match change.direction {
        // Who has not moved still sends what is lost, and who has moved sends what is gained.
        Direction::Outgoing => [old_caller, new_caller],
        Direction::Incoming => [new_caller, old_caller],
    }
}

/// The least impact that a refused message proves. A reader takes what is tolerated, and a strict one of
/// others does not.
fn least(change: &Change) -> Impact {
    match change.tolerated {
        true => Impact::Risky,
        false => Impact::Breaking,
    }
}

/// The least impact that a message must show. A text that an open enum does not list is refused by nobody
/// that we know.
fn shown(change: &Change) -> Impact {
    match change.property {
        Property::Allowed => Impact::Breaking,
        _ => least(change),
    }
}

/// Returns the objection of messages to the verdict on a change: what it does not call breaking lets every
/// message through, and what it calls breaking has a witness.
fn objection(old: &Model, new: &Model, change: &Change, all: &[Change]) -> Option<String> {
    let found = witnesses(old, new, change);
    let witness = [true, false].map(|lost| found.iter().find(|one| one.lost == lost));
    let own = verdict(change);
    for (at, witness) in witness.into_iter().enumerate() {
        // What else changed at the place may explain a message.
        let mut here = all.iter().filter(|one| one.place == change.place);
        let passes = here.all(|one| verdict(one)[at] < least(one));
        match witness {
            Some(witness) if passes => {
                return Some(format!("a message against it: {}", witness.message));
            }
            // Of two sets of which neither is part of the other, one message is enough. Some changes no message shows,
            // for a reason that the rule states.
            None if own[at] >= shown(change)
                && unseen(change.property).is_none()
                && (change.relation != Relation::Incomparable || found.is_empty()) =>
            {
                return Some("no message shows it".to_owned());
            }
            Some(_) | None => {}
        }
    }
    None
}

/// The results of mutations: the kinds of changes, and the objections of messages.
#[derive(Default)]
struct Replayed {
    seen: BTreeSet<(Property, Relation)>,
    objections: Vec<String>,
}

/// Holds this many mutations against messages. Each seed leads to others.
fn replay(model: &Model, seed: u64, mutations: usize) -> Replayed {
    let mut dice = Dice(seed);
    let mut replayed = Replayed::default();
    let mut left = mutations;
    while left > 0 {
        let api = dice.below(model.apis.len());
        let operation = dice.below(model.apis[api].operations.len());
        let mut old = alone(model, api, operation);
        // No message shows them.
        old.apis[0].flows.clear();
        let mut new = old.clone();
        mutate(&mut new, &mut dice);
        keep_what_fits_any(&mut new);
        // What one mutation narrows, its reverse widens.
        let (old, new) = if dice.below(2) == 0 {
            (old, new)
        } else {
            (new, old)
        };
        let mut changes = diff(&old, &new);
        changes
            .retain(|change| matches!(change.place.subject, Item::Field(..)) && !change.is_text());
        if changes.is_empty() {
            continue;
        }
        left -= 1;
        // A type that is used in many places changes in all of them; two stand for them.
        for change in changes.iter().take(2) {
            replayed.seen.insert((change.property, change.relation));
            if let Some(objection) = objection(&old, &new, change, &changes) {
                replayed.objections.push(format!(
                    "{} {:?} {:?} {:?} {:?} -> {:?}: {objection}",
                    change.place,
                    change.property,
                    change.edit,
                    change.relation,
                    change.old.as_ref().map(|point| point.value.to_string()),
                    change.new.as_ref().map(|point| point.value.to_string()),
                ));
            }
        }
    }
    replayed
}

#[test]
#[ignore = "long: an own step of .ci/run"]
fn verdicts_on_unions_hold_for_messages() {
    let mut model = super::pairs::model("base", &super::pairs::base());
    // One has only notification proofs and credentials.
    model.apis.retain(|api| !api.operations.is_empty());
    let mut replayed = replay(&model, 9, 1_500);
    // The other fields are tried with the spec of the repository.
    replayed
        .objections
        .retain(|one| one.contains("/way") || one.contains("/whom"));
    let mut seen = replayed.seen.iter();
    assert!(seen.any(|(property, _)| *property == Property::Allowed));
    held(&[replayed]);
}

#[test]
#[ignore = "long: an own step of .ci/run"]
fn verdicts_hold_for_messages() {
    let model = model();
    let replayed = thread::scope(|scope| {
        let other = scope.spawn(|| replay(&model, 8, 2_500));
        [replay(&model, 7, 2_500), other.join().expect("no panic")]
    });
    let seen: BTreeSet<_> = replayed.iter().flat_map(|one| &one.seen).collect();
    assert!(seen.len() >= 30, "{seen:?}");
    held(&replayed);
}

/// Fails if messages object to a verdict.
fn held(replayed: &[Replayed]) {
    let objections: Vec<&String> = replayed.iter().flat_map(|one| &one.objections).collect();
    let shown: String = objections
        .iter()
        .take(20)
        .map(|one| one.chars().take(600).collect::<String>() + "\n")
        .collect();
    assert!(
        objections.is_empty(),
        "{} objections:\n{shown}",
        objections.len()
    );
}
