//! What is written from a model.

pub mod features;
pub mod flow;
pub mod rust;

pub use flow::words;
