//! One YAML description of a payment API in; Rust types, validators and reports out.

pub mod build;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
pub mod emit;
pub mod format;
pub mod generate;
mod lint;
mod load;
pub mod model;
mod resolve;
pub mod source;
mod summary;

pub use load::{Loaded, load, load_from};
pub use summary::Summary;
