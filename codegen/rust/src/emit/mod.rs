//! Rust code, diagrams and cargo features of a model.

pub mod features;
pub mod flow;
mod output;
pub mod rust;

pub use flow::words;
pub use output::GeneratedFile;
pub(crate) use output::{Comment, MARK, Mark, is_generated};
