//! What a report shows beside its findings: tables and lives before and after, and what the change asks
//! of those who use the generated crate.

pub mod life;
pub mod outcomes;
pub mod rust;

use serde::Serialize;

/// What became of a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Mark::Same => "same",
            Mark::Added => "added",
            Mark::Removed => "removed",
            Mark::Changed => "changed",
        }
    }

    /// What became of something, from what it was before and is after.
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Hazard {
    /// What can happen.
    pub kind: HazardKind,
    /// Whether it is new (`added`), was there before (`same`), or is gone (`removed`).
    pub mark: Mark,
    /// What it is, in a sentence.
    pub message: String,
    /// The diagnostic that proves it, such as `E134`; absent for what a sound spec may hold.
    pub proof: Option<&'static str>,
    /// `file:line`, in the spec that holds it: the new one unless it is gone.
    pub spec: String,
}

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HazardKind {
    /// Money can move a second time.
    PaysTwice,
    /// An outcome can be taken for another one.
    Misread,
    /// No program can go on from there.
    DeadEnd,
}

impl HazardKind {
    /// What it is, in a few words.
    pub const fn as_str(self) -> &'static str {
        match self {
            HazardKind::PaysTwice => "a way to pay twice",
            HazardKind::Misread => "an outcome that can be misread",
            HazardKind::DeadEnd => "a dead end",
        }
    }
}
