//! Findings: judged changes, joined into one where the same change happened in several places.

use super::change::Change;
use super::class::{Impact, WireImpact};
use super::location::Location;
use super::rules::{Rule, SemverBump};
pub use payspec_model::format::ReviewLevel as Level;
use payspec_model::value::Bytes;

/// One result for a reviewer to look at.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that reports it.
    pub rule: &'static Rule,
    /// The change itself.
    pub change: Change,
    /// Every place where it happened, that of `change` first. All are judged alike.
    pub places: Vec<Location>,
    /// The fields and values of types that change with it.
    pub types: Vec<Location>,
    /// If a field has another object: the fields inside that were added and removed. They are
    /// judged with it.
    pub(crate) parts: Vec<Finding>,
    /// The effect on the wire.
    pub class: WireImpact,
    /// The effect in Rust.
    pub rust: SemverBump,
    /// True if money can move twice or an outcome can be misread.
    pub(crate) money: bool,
}

impl Finding {
    /// Returns how bad it is for callers that have not moved yet; money is the worst level.
    pub fn level(&self) -> Level {
        match self.class.old_caller {
            _ if self.money => Level::Money,
            Impact::Breaking => Level::Breaking,
            Impact::Risky => Level::Risky,
            Impact::Compatible => Level::Compatible,
            Impact::None
                if self.class.new_caller > Impact::None || self.rust > SemverBump::Patch =>
            {
                Level::Compatible
            }
            Impact::None => Level::Text,
        }
    }

    /// Returns a stable name of the finding for approvals. It depends on the rule, the places and
    /// the values, and not on the wording.
    pub fn fingerprint(&self) -> String {
        let mut bytes = Bytes::default();
        bytes.text(&self.rule.id());
        bytes.list(self.places.iter(), |bytes, place| {
            bytes.text(&place.to_string())
        });
        for point in [&self.change.old, &self.change.new] {
            bytes.list(point.iter(), |bytes, point| point.value.write(bytes));
        }
        for part in &self.parts {
            bytes.text(&part.fingerprint());
        }
        format!("{:016x}", payspec_model::hash::fnv1a(bytes.as_slice()))
    }
}
