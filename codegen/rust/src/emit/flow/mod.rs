//! What is written about a flow beside its code: words, and the diagram of its states.

mod diagram;
mod draw;
mod fan;
mod lanes;
mod layout;
mod marks;
#[cfg(test)]
mod tests;
pub mod words;

pub(super) use diagram::svg;
pub use diagram::{changed_svg, marked_svg};
pub use fan::{Fan, Way};
pub use marks::{Mark, Marks};
