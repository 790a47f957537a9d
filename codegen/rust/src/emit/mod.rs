//! Rust code, diagrams and cargo features of a model.

pub mod features;
pub mod flow;
pub mod rust;

pub use flow::words;
