//! Compares a provider's page with the spec, or with an older copy of the page.
//!
//! A page and the operation that it describes become two sheets of facts in one vocabulary. Fields
//! and codes of both are paired, even if the page translates their names. Differences become
//! findings by a table of rules. A page need not state facts that the spec has from other sources.

mod align;
mod compare;
mod comparison;
mod condition;
mod copy;
pub mod coverage;
pub mod draft;
mod extent;
mod fact_sheet;
mod find;
mod finding;
mod from_page;
mod from_spec;
mod groups;
mod letters;
mod logic;
mod pairing;
mod place;
mod render;
mod report;
pub mod rules;
mod same_operation;
mod todo;
mod value;
mod wording;

pub use align::MatchedBy;
pub use copy::{Copy, Hints};
pub use extent::Compared;
pub use find::FindError;
pub use finding::{Finding, Statement};
pub use render::{changes_markdown, coverage_html, coverage_markdown, drift_markdown};
pub use report::{Change, Changes, Drift, Known, Match, PageInfo};

#[cfg(test)]
mod tests;
