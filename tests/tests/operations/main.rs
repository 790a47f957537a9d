//! What holds for every operation of the generated crate.

mod agreement;
mod allocation;
mod canary;
mod coverage;
mod examples;
mod mutations;
mod registry;
