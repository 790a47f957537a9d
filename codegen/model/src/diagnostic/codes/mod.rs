//! The table of codes. Each entry is written once, with the text for `payspec explain`.

mod files;
mod flow;
mod meaning;
mod names;
mod rulings;

pub use files::*;
pub use flow::*;
pub use meaning::*;
pub use names::*;
pub use rulings::*;

use super::Level;

/// A kind of diagnostic.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// `E…` for errors, `W…` for warnings; stable.
    pub id: &'static str,
    /// The subject, in a few words.
    pub title: &'static str,
    /// The meaning and the remedy, in a few sentences.
    pub explanation: &'static str,
    /// A spec that raises it.
    pub example: &'static str,
}

impl Code {
    /// Returns the level, which the letter of the id determines.
    pub fn level(&self) -> Level {
        if self.id.starts_with('W') {
            Level::Warning
        } else {
            Level::Error
        }
    }

    /// Returns the code with this id; letter case does not matter.
    pub fn find(id: &str) -> Option<&'static Code> {
        all().find(|code| code.id.eq_ignore_ascii_case(id))
    }
}

/// Returns all codes, sorted by id: errors, then warnings.
pub fn all() -> impl Iterator<Item = &'static Code> {
    let parts = [
        files::TABLE,
        names::TABLE,
        meaning::TABLE,
        rulings::TABLE,
        flow::TABLE,
    ];
    let mut codes: Vec<&'static Code> = parts.into_iter().flatten().copied().collect();
    codes.sort_by_key(|code| code.id);
    codes.into_iter()
}

/// Declares codes as statics, and `TABLE` with all of them.
macro_rules! codes {
    ($($name:ident = $id:literal, $title:literal, $explanation:literal, $example:literal;)+) => {
        $(
            #[doc = $title]
            pub static $name: super::Code = super::Code {
                id: $id,
                title: $title,
                explanation: $explanation,
                example: $example,
            };
        )+
        pub(super) static TABLE: &[&super::Code] = &[$(&$name),+];
    };
}
use codes;
