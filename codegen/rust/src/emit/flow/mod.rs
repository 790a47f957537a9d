//! A flow for readers: words, and a diagram of its states.

mod columns;
mod diagram;
mod draw;
mod hue;
mod layout;
mod legend;
mod markers;
mod outcome_diagram;
mod shapes;
#[cfg(test)]
mod tests;
pub mod words;

pub(super) use diagram::svg;
pub use diagram::{changed_svg, linked_svg, marked_svg};
pub use hue::Hue;
pub use markers::{Mark, Markers};
pub use outcome_diagram::{OutcomeDiagram, Way};
