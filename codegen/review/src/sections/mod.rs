//! The sections of a report next to its findings: outcome tables and flows before and after, and the
//! effect on users of the generated crate.

pub mod life;
mod outcome_diagram;
mod outcome_table;
pub mod outcomes;
pub mod proof;
pub mod rust;
pub mod traffic;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use payspec_codegen::emit::flow::{self, Hue};
use payspec_model::lint::FlawSite;
use payspec_model::model::{Api, FlowEvent, Model, Operation, Origin};

/// The change of a row in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It is unchanged.
    Same,
    /// It was added.
    Added,
    /// It was removed.
    Removed,
    /// It is different.
    Changed,
}

impl Mark {
    /// Returns the word for it in reports.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Mark::Same => "same",
            Mark::Added => "added",
            Mark::Removed => "removed",
            Mark::Changed => "changed",
        }
    }

    /// Compares the old and the new state of an item.
    pub(crate) fn of<T>(old: Option<T>, new: Option<T>, same: impl FnOnce(&T, &T) -> bool) -> Self {
        match (&old, &new) {
            (Some(old), Some(new)) if same(old, new) => Mark::Same,
            (Some(_), Some(_)) => Mark::Changed,
            (None, Some(_)) => Mark::Added,
            (Some(_), None) => Mark::Removed,
            (None, None) => Mark::Same,
        }
    }
}

/// Something that a reviewer must not overlook.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(crate) struct Hazard {
    /// The kind of hazard.
    pub(crate) kind: HazardKind,
    /// `added` if it is new, `removed` if it is gone. A hazard that both specs have is not listed.
    pub(crate) mark: Mark,
    /// A sentence that describes it.
    pub(crate) message: String,
    /// The diagnostic that proves it, such as `E134`; absent for a hazard that a sound spec may
    /// have.
    pub(crate) proof: Option<&'static str>,
    /// `file:line`, in the new spec, or in the old one if the hazard is gone.
    pub(crate) spec: String,
}

/// The kinds of hazards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HazardKind {
    /// Money can move a second time.
    PaysTwice,
    /// An outcome can be mistaken for another one.
    Misread,
    /// A flow does not end as it should, or no program can continue from there.
    DeadEnd,
}

impl HazardKind {
    /// Describes it in a few words.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            HazardKind::PaysTwice => "a way to pay twice",
            HazardKind::Misread => "an outcome that can be misread",
            HazardKind::DeadEnd => "a dead end",
        }
    }
}

/// SVG texts without empty lines, with marked changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Drawings {
    /// The old state.
    pub(crate) old: Option<String>,
    /// The new state.
    pub(crate) new: Option<String>,
    /// The changed part of the new state; absent if everything changed, or nothing that the drawing
    /// shows.
    pub(crate) changed: Option<String>,
}

/// Returns how a drawing shows a mark.
fn shown_as(mark: Mark) -> flow::Mark {
    let (sign, hue) = match mark {
        Mark::Same => ('=', Hue::Text),
        Mark::Added => ('+', Hue::Good),
        Mark::Removed => ('-', Hue::Bad),
        Mark::Changed => ('~', Hue::Warn),
    };
    flow::Mark {
        sign,
        hue,
        word: mark.as_str(),
    }
}

/// The key by which a hazard is found again in the other spec.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum RiskKey {
    /// A row of an outcome table.
    Outcome(outcome_table::Key),
    /// A flaw of a flow: the id of its diagnostic, and its place.
    Flaw(&'static str, FlawSite),
    /// A row of a flow, the state and the event, that leads to an end for people.
    Escalated(String, FlowEvent),
}

/// A hazard of one spec, before it is known whether the other one has it as well.
struct Risk {
    kind: HazardKind,
    key: RiskKey,
    message: String,
    proof: Option<&'static str>,
    at: Origin,
}

/// Returns the hazards that are new, then those that are gone, each kind in the order of
/// [`HazardKind`].
fn hazards(old: (&Model, Vec<Risk>), new: (&Model, Vec<Risk>)) -> Vec<Hazard> {
    let keyed = |risks: Vec<Risk>| -> BTreeMap<(HazardKind, RiskKey), Risk> {
        let keyed = risks.into_iter();
        keyed
            .map(|risk| ((risk.kind, risk.key.clone()), risk))
            .collect()
    };
    let (old_model, new_model) = (old.0, new.0);
    let (old, new) = (keyed(old.1), keyed(new.1));
    let sides = [
        (Mark::Added, new_model, &new, &old),
        (Mark::Removed, old_model, &old, &new),
    ];
    let hazards = sides.into_iter().flat_map(|(mark, model, own, other)| {
        let only = own.iter().filter(|(key, _)| !other.contains_key(*key));
        only.map(move |(_, risk)| Hazard {
            kind: risk.kind,
            mark,
            message: risk.message.clone(),
            proof: risk.proof,
            spec: model.place(risk.at),
        })
    });
    hazards.collect()
}

/// Returns the operations of a model by their ids.
fn operations(model: &Model) -> BTreeMap<&str, (&Api, &Operation)> {
    let apis = model.apis.iter();
    apis.flat_map(|api| api.operations.iter().map(move |one| (api, one)))
        .map(|(api, one)| (one.id.as_str(), (api, one)))
        .collect()
}

/// Returns the keys of the new list in their order, then those that only the old one has.
fn joined<K: PartialEq>(
    old: impl IntoIterator<Item = K>,
    new: impl IntoIterator<Item = K>,
) -> Vec<K> {
    let mut keys: Vec<K> = new.into_iter().collect();
    for key in old {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}
