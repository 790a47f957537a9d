//! Brings a folder to the state that a model asks for.
//!
//! [`plan`] compares, [`apply`] writes. Files that payspec did not write, to be told by their first
//! line, are never touched; nothing is written before everything has been put together and every
//! place has been looked at.

mod apply;
mod diff;
mod error;
mod plan;
#[cfg(test)]
mod tests;

pub use apply::apply;
pub use error::GenerateError;
pub use plan::{Plan, Stale, Write, plan};

use std::path::Path;

use crate::emit::rust::{Options, emit};
use crate::model::Model;

/// What has to change below `out` so that it holds the source of a model.
pub fn prepare(model: &Model, options: &Options, out: &Path) -> Result<Plan, GenerateError> {
    plan(emit(model, options)?, out)
}
