//! What is written about a flow beside its code: words, and the diagram of its states.

mod diagram;
mod draw;
mod lanes;
mod layout;
#[cfg(test)]
mod tests;
pub(crate) mod words;

pub(super) use diagram::svg;
