//! A provider's page held against the spec, or against an older copy of itself.

mod advice;
mod align;
mod compare;
mod from_page;
mod from_spec;
pub mod rules;
mod sheet;
mod value;

pub use align::MatchedBy;
