//! Compares two versions of a spec, and reports what a change means and who is affected.
//!
//! A spec is taken apart into facts: one property of one item at a place of use, with its value and
//! position. [`diff`] joins two specs by place and property. Each difference has a [`Relation`], by
//! the comparison of its property. Relation, direction and meaning give the [class](Rule::class) on the
//! wire, and a table of [`Rule`]s adds the effect in Rust and on the money.
//!
//! Start at [`findings`], and at [`Report`] for what is shown. This crate reads two models and the generator's output;
//! it reads no YAML but approvals, and prints nothing.

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
mod edit;
mod fact;
mod facts;
mod finding;
mod judge;
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
pub use change::{Change, Point};
pub use class::{Impact, WireImpact};
pub use compare::{diff, every_change};
pub use edit::Edit;
pub(crate) use edit::MatchedBy;
pub use facts::Facts;
pub use finding::{Finding, Level};
pub use judge::findings;
pub use location::{Item, Location};
pub use property::Property;
pub use relation::{Comparison, Relation};
pub use report::Report;
pub use rules::{Rule, SemverBump, rule, rules};
pub use witness::{Witness, unseen, witnesses};
