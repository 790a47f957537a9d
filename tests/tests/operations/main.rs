//! What holds for every operation of the generated crate.

mod examples;
mod mutations;
mod registry;
