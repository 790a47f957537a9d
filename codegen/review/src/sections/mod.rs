//! What a report shows beside its findings: tables and lives before and after, and what the change asks
//! of those who use the generated crate.

pub mod life;
mod outcome_diagram;
pub mod outcomes;
pub mod proof;
pub mod rust;
pub mod traffic;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use payspec_codegen::emit::flow;
use payspec_model::model::{Api, Model, Operation, Origin};

/// What became of a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It stands as it did.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
}

impl Mark {
    /// Returns its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Mark::Same => "same",
            Mark::Added => "added",
            Mark::Removed => "removed",
            Mark::Changed => "changed",
        }
    }

    /// Returns what became of something, from what it was before and is after.
    pub fn of<T>(old: Option<T>, new: Option<T>, same: impl FnOnce(&T, &T) -> bool) -> Self {
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
pub struct Hazard {
    /// What can happen.
    pub kind: HazardKind,
    /// Whether it is new (`added`) or gone (`removed`). What was there before is not told.
    pub mark: Mark,
    /// What it is, in a sentence.
    pub message: String,
    /// The diagnostic that proves it, such as `E134`; absent for what a sound spec may hold.
    pub proof: Option<&'static str>,
    /// `file:line`, in the spec that holds it: the new one unless it is gone.
    pub spec: String,
}

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HazardKind {
    /// Money can move a second time.
    PaysTwice,
    /// An outcome can be taken for another one.
    Misread,
    /// A life does not end as it should, or no program can go on from there.
    DeadEnd,
}

impl HazardKind {
    /// Returns what it is, in a few words.
    pub const fn as_str(self) -> &'static str {
        match self {
            HazardKind::PaysTwice => "a way to pay twice",
            HazardKind::Misread => "an outcome that can be misread",
            HazardKind::DeadEnd => "a dead end",
        }
    }
}

/// SVG texts without an empty line; what changed is marked in them. They have the colour of the text
/// around them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawings {
    /// It as it was.
    pub old: Option<String>,
    /// It as it is.
    pub new: Option<String>,
    /// The part of it that changed, as it is; absent where all of it did, or nothing that it shows.
    pub changed: Option<String>,
}

/// Returns how something stands out, in colours that stand out from white and from dark grey.
fn shown_as(mark: Mark) -> flow::Mark {
    let (sign, colour) = match mark {
        Mark::Same => ('=', "currentColor"),
        Mark::Added => ('+', "#2f9e50"),
        Mark::Removed => ('-', "#dd5566"),
        Mark::Changed => ('~', "#d9780f"),
    };
    flow::Mark { sign, colour }
}

/// A hazard of one spec, before it is known whether the other one has it as well.
struct Risk {
    kind: HazardKind,
    /// What makes it the same as one of the other spec.
    key: String,
    message: String,
    proof: Option<&'static str>,
    at: Origin,
}

/// The hazards that are new, then those that are gone, each kind in the order of [`HazardKind`].
fn hazards(old: (&Model, Vec<Risk>), new: (&Model, Vec<Risk>)) -> Vec<Hazard> {
    let keyed = |risks: Vec<Risk>| -> BTreeMap<(HazardKind, String), Risk> {
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
    let told = sides.into_iter().flat_map(|(mark, model, own, other)| {
        let only = own.iter().filter(|(key, _)| !other.contains_key(*key));
        only.map(move |(_, risk)| Hazard {
            kind: risk.kind,
            mark,
            message: risk.message.clone(),
            proof: risk.proof,
            spec: model.place(risk.at),
        })
    });
    told.collect()
}

/// The operations of a model by their ids.
fn operations(model: &Model) -> BTreeMap<&str, (&Api, &Operation)> {
    let apis = model.apis.iter();
    apis.flat_map(|api| api.operations.iter().map(move |one| (api, one)))
        .map(|(api, one)| (one.id.as_str(), (api, one)))
        .collect()
}

/// The keys of the new list in their order, then those that only the old one has.
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
