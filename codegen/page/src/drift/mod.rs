//! Compares a provider's page with the spec, or with an older copy of the page.
//!
//! A page and the operation that it describes become two sheets of facts in one vocabulary. Fields
//! and codes of both are paired, even if the page translates their names. Differences become
//! findings by a table of rules. A page need not state facts that the spec has from other sources.

mod align;
mod compare;
mod comparison;
mod condition;
pub mod coverage;
pub mod draft;
mod extent;
mod fact_sheet;
mod find;
mod from_page;
mod from_spec;
mod logic;
mod render;
mod report;
pub mod rules;
mod value;
mod wording;

pub use align::MatchedBy;
pub use extent::Compared;
pub use find::FindError;
pub use render::{changes_markdown, coverage_html, coverage_markdown, drift_markdown};
pub use report::{Change, Changes, Copy, Drift, Finding, Hints, Known, Match, PageInfo, Statement};

#[cfg(test)]
mod tests;
