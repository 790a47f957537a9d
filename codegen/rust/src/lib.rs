//! Writes a crate from the description of a payment API: types, validators, result codes, clients.
//!
//! [`emit`] turns a [`payspec_model::model::Model`] into Rust files and diagrams, in memory. [`generate`] brings
//! a folder up to date with them, or tells what is stale. [`build`] does both in a build script; start there to
//! use the generator, and at [`emit::rust::emit`] to change what it writes.
//!
//! This crate reads the model and nothing else: no YAML, no other output.

pub mod build;
pub mod emit;
pub mod generate;
