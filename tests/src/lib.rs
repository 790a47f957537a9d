//! Parts that the tests of the whole toolkit share: the documented messages, and edits of them.

pub mod agree;
pub mod canary;
pub mod edit;
pub mod messages;
pub mod outside;
pub mod patch;
pub mod random;
pub mod synthetic;

/// The README, whose Rust has to compile and hold.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The page about the crate, whose Rust has to compile and hold.
#[cfg(doctest)]
#[doc = include_str!("../../docs/using-the-crate.md")]
pub struct UsingTheCrate;
