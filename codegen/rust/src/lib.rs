//! Writes a crate from the description of a payment API: types, validators, result codes, clients.
//!
//! [`emit`] turns a [`payspec_model::model::Model`] into Rust files and diagrams, in memory.
//! [`generate`] updates a folder with them, or reports what is stale. [`build`] does both in a build
//! script; start there to use the generator, and at [`emit::rust::emit`] to change its output.
//!
//! This crate only reads the model: no YAML, no other output.

pub mod build;
pub mod emit;
pub mod generate;
