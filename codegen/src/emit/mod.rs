//! What is written from a model.

pub mod features;
pub mod naming;
pub mod rust;
