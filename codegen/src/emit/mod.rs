//! What is written from a model.

pub mod naming;
