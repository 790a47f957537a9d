//! The review report for people and for the tools that they look at it with. Each writer is a function
//! of the report, and of the texts that were compared where it shows lines of them.

mod github;
mod html;
mod markdown;
mod sarif;
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
