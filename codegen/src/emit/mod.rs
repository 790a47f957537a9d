//! What is written from a model.

pub mod naming;
pub mod rust;
