//! What the change of the spec asks of those who use the generated crate: found by comparing what is
//! generated, not by the rules.

use serde::Serialize;

use super::Mark;
use crate::diff::Rust;

/// The generated crate, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RustReview {
    /// What the public items by themselves ask for: `major` when one is gone or differs, `minor` when
    /// one is new, `patch` when only code changed, `none` when only comments did, or nothing.
    pub level: Rust,
    /// Public items that changed, sorted by path. What is not `added` has to be touched by code that
    /// names it.
    pub items: Vec<Item>,
    /// Whether the findings and the generated code agree that only words changed.
    pub words: Words,
}

/// A public item, or a part of one that code can name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What became of it.
    pub mark: Mark,
    /// Its path: `ams_instore::types::Order::env`.
    pub path: String,
    /// What it was, as Rust.
    pub old: Option<String>,
    /// What it is, as Rust.
    pub new: Option<String>,
    /// Fingerprints of the findings that it comes from, as far as it can be told.
    pub findings: Vec<String>,
}

/// Whether only words changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Words {
    /// More than words changed, and the findings say so.
    NotOnly,
    /// Only words changed: without comments the generated code is the same.
    Proved,
    /// The findings say that only words changed, yet the generated code differs: a mistake in the
    /// rules, to be reported.
    Refuted {
        /// The file of the generated code that differs first.
        file: String,
    },
}
