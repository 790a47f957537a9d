//! What a change of the spec means, and to whom.
//!
//! A spec is taken apart into facts: one property of one thing at a place of use, with its value and where
//! it stands. Two specs are joined by place and property ([`diff`]); what differs has a [`Relation`], by
//! the comparison of its property; relation, direction and meaning give the [`class()`] on the wire; a table of
//! [`Rule`]s adds what it means in Rust and for the money.

mod accepts;
mod advice;
pub mod approvals;
mod canonical;
pub mod catalogue;
mod causes;
mod change;
pub mod changelog;
mod class;
mod compare;
mod decisive;
mod fact;
mod facts;
mod finding;
mod locate;
mod location;
mod property;
mod relation;
mod rename_detection;
pub mod render;
pub mod report;
mod rules;
pub mod sections;
#[cfg(test)]
mod tests;
pub mod traffic;
mod witness;

pub use approvals::{Approvals, ApprovalsError};
pub use change::{Change, Edit, Point};
pub use class::{Impact, Meaning, WireImpact, class};
pub use compare::{diff, diff_api, every_change};
pub use facts::Facts;
pub use finding::{Finding, Level, findings};
pub use location::{Item, Location};
pub use property::Property;
pub use relation::{Comparison, Relation};
pub use rename_detection::MatchedBy;
pub use report::Report;
pub use rules::{Rule, SemverBump, rule, rules};
pub use witness::{Part, Witness, unseen, witnesses};
