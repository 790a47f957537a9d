//! One YAML description of a payment API in; Rust types, validators and reports out.

pub mod build;
pub mod check;
pub mod diagnostic;
pub mod emit;
pub mod format;
pub mod generate;
pub mod lint;
pub mod model;
pub mod resolve;
pub mod source;
