//! The effect of a spec change on users of the generated crate, found by comparing the generated
//! code and not by the rules.

mod chunks;
mod class;
mod items;
mod links;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use self::chunks::{Chunk, differing};
pub(crate) use self::class::decide;
use self::items::{Public, public};
use super::Mark;
use crate::SemverBump;
use crate::canonical::canonical;
use crate::finding::Finding;
use payspec_codegen::emit::GeneratedFile;
use payspec_codegen::emit::rust::{ClientCode, EmitError, Options, Root, emit_differing};
use payspec_model::model::Model;

/// The generated crate, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RustReview {
    /// The bump that the public items require: `major` if one is gone or differs, `minor` if one is
    /// new, `patch` if only code changed, `none` if only comments changed, or nothing.
    pub level: SemverBump,
    /// Public items that changed, sorted by path. Code that names an item which is not `added` has
    /// to be edited.
    pub items: Vec<RustItem>,
    /// The verdict of findings and generated code on whether only texts changed.
    pub words: Words,
}

/// A public item, or a part of one that code can name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RustItem {
    /// The change of the item.
    pub mark: Mark,
    /// The version bump that it requires of code that uses the crate.
    pub(crate) level: SemverBump,
    /// The path: `ams_instore::types::Order::env`.
    pub path: String,
    /// The old item, as Rust.
    pub old: Option<String>,
    /// The new item, as Rust.
    pub new: Option<String>,
    /// Fingerprints of the findings that it comes from, if known.
    pub(crate) findings: Vec<String>,
}

/// A comparison of the findings with the generated code: did only texts change?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Words {
    /// More than texts changed, and the findings say so.
    NotOnly,
    /// Only texts changed: without comments the generated code is the same.
    Proved,
    /// The findings say that only texts changed, but the generated code differs. This is a mistake
    /// in the rules; please report it.
    Refuted {
        /// The module of the generated crate that differs first.
        module: String,
    },
}

impl RustReview {
    /// Generates both crates in memory and compares them; `findings` are those of the two models.
    ///
    /// # Errors
    ///
    /// Returns an error if one of the models cannot be written as Rust.
    pub fn new(old: &Model, new: &Model, findings: &[Finding]) -> Result<Self, EmitError> {
        Written::of(old, new)?.review(old, new, findings)
    }
}

/// The source of both crates, without the shared types whose code is the same in both.
pub(crate) struct Written {
    old: Vec<GeneratedFile>,
    new: Vec<GeneratedFile>,
}

impl Written {
    /// Writes both as they ship, with their clients, from the canonical form of the models, so that
    /// a difference in the spelling of the spec alone has no effect.
    pub(crate) fn of(old: &Model, new: &Model) -> Result<Self, EmitError> {
        let [old, new] = canonical(old, new);
        let [old, new] = emit_differing(&old, &new, &options())?;
        Ok(Written { old, new })
    }

    /// Compares the two crates; `findings` are those of the two models.
    pub(crate) fn review(
        &self,
        old: &Model,
        new: &Model,
        findings: &[Finding],
    ) -> Result<RustReview, EmitError> {
        let named = links::named([old, new], findings);
        let (old, new) = differing(&self.old, &self.new)?;
        let (before, after) = (public(&old), public(&new));
        let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let mut items = Vec::new();
        let mut level = match code_differs(&old, &new) {
            None => SemverBump::None,
            Some(_) => SemverBump::Patch,
        };
        for path in paths {
            let (old, new) = (before.get(path), after.get(path));
            let mark = Mark::of(old, new, |old, new| old == new);
            if mark == Mark::Same {
                continue;
            }
            let asked = asks(old, new);
            level = level.max(asked);
            items.push(RustItem {
                mark,
                level: asked,
                path: path.clone(),
                old: old.map(Public::shown),
                new: new.map(Public::shown),
                findings: links::findings_of(path, &named),
            });
        }
        let claimed = findings
            .iter()
            .all(|finding| finding.rust == SemverBump::None);
        let words = match (claimed, code_differs(&old, &new)) {
            (false, _) => Words::NotOnly,
            (true, None) => Words::Proved,
            (true, Some(module)) => Words::Refuted { module },
        };
        Ok(RustReview {
            level,
            items,
            words,
        })
    }
}

/// Returns the options for writing the crates. Folder names and examples do not come from the spec,
/// so they are fixed.
fn options() -> Options {
    let mut options = Options::new(Path::new("spec"), Root::Crate);
    options.client = ClientCode::Feature;
    options
}

/// Returns the bump that the change of an item requires.
fn asks(old: Option<&Public>, new: Option<&Public>) -> SemverBump {
    match (old, new) {
        (Some(old), Some(new)) if old.signature == new.signature => SemverBump::Minor,
        (Some(_), _) => SemverBump::Major,
        (None, _) => SemverBump::Minor,
    }
}

/// Returns the first module whose code differs, apart from comments. The order of items does not
/// matter.
fn code_differs(old: &[Chunk], new: &[Chunk]) -> Option<String> {
    let sorted = |chunks: &[Chunk]| {
        let mut code: Vec<(String, String)> = chunks
            .iter()
            .filter(|chunk| !chunk.code.is_empty())
            .map(|chunk| (chunk.module.clone(), chunk.code.clone()))
            .collect();
        code.sort();
        code
    };
    let (old, new) = (sorted(old), sorted(new));
    let differ = old.iter().zip(&new).find(|(old, new)| old != new);
    let more = || old.get(new.len()).or(new.get(old.len()));
    let found = differ.map(|(old, new)| old.min(new)).or_else(more)?;
    Some(found.0.clone())
}

impl Public {
    fn shown(&self) -> String {
        match self.deprecated {
            true => format!("#[deprecated] {}", self.signature),
            false => self.signature.clone(),
        }
    }
}
