//! What holds for every operation of the generated crate.

mod agreement;
mod allocation;
mod canary;
mod examples;
mod mutations;
mod registry;
