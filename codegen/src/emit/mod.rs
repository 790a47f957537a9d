//! What is written from a model.

pub mod features;
mod flow;
pub mod naming;
pub mod rust;
