//! The runtime from outside, all in one binary. `wiped.rs` is a binary of its own, because it searches the memory of
//! its process.

#[cfg(feature = "derive")]
mod any;
mod client;
mod flow;
#[cfg(feature = "derive")]
mod inside;
mod json;
#[cfg(feature = "client")]
mod keys;
#[cfg(feature = "derive")]
mod map;
#[cfg(feature = "derive")]
mod money;
mod outcomes;
#[cfg(feature = "derive")]
mod response;
#[cfg(all(feature = "derive", feature = "pattern"))]
mod rules;
#[cfg(feature = "derive")]
mod union;
mod union_of_shapes;
#[cfg(feature = "derive")]
mod whole_body;
