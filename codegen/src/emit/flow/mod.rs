//! What is written about a flow beside its code: words, and the diagram of its states.

mod diagram;
mod draw;
mod fan;
mod lanes;
mod layout;
mod marks;
#[cfg(test)]
mod tests;
pub(crate) mod words;

pub(super) use diagram::svg;
pub(crate) use diagram::{changed_svg, marked_svg};
pub(crate) use fan::{Fan, Way};
pub(crate) use marks::{Mark, Marks};
