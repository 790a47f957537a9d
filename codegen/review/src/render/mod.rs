//! Writes the review report for people and tools. Each writer is a function of the report, and of
//! the compared texts if it shows lines of them.

mod github;
mod html;
mod markdown;
mod sarif;
mod section;
mod sections;
mod text;
mod texts;
mod traffic;
mod words;

pub use github::github;
pub use html::{Cover, html};
pub use markdown::markdown;
pub use sarif::sarif;
pub use text::text;
pub use texts::Texts;
pub use words::tone;
