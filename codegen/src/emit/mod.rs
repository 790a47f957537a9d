//! What is written from a model.

pub mod coverage;
pub mod features;
pub(crate) mod flow;
pub mod naming;
pub mod rust;

#[cfg(feature = "cli")]
pub(crate) use flow::words;
