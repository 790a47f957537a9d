//! Properties of every operation of the generated crate. A binary of its own, because it counts allocations, and
//! that slows all tests of its process.

mod agreement;
mod allocation;
mod canary;
mod coverage;
mod damage;
mod decisions;
mod examples;
mod json_schema;
mod mutations;
mod outcomes;
mod quotes;
mod recorded;
mod registry;
mod table;
