//! A provider's page held against the spec, or against an older copy of itself.
//!
//! A page and the operation that it describes become two sheets of facts in one vocabulary; fields
//! and codes of both are paired, whatever they are called on the page; what differs is a finding by a
//! table of rules. Facts that the spec has from other sources need not stand on the page.

mod advice;
mod align;
mod compare;
pub mod coverage;
pub mod draft;
mod fact_sheet;
mod find;
mod from_page;
mod from_spec;
mod render;
mod report;
pub mod rules;
mod value;

pub use align::MatchedBy;
pub use find::FindError;
pub use render::{changes_markdown, coverage_html, coverage_markdown, drift_markdown};
pub use report::{
    Change, Changes, Copy, Drift, Finding, Hints, Known, Match, PageInfo, Statement, VERSION,
};

#[cfg(test)]
mod tests;
