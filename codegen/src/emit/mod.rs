//! What is written from a model.

pub mod coverage;
pub mod features;
pub mod naming;
pub mod rust;
