//! Lists that come in pages.

use super::Origin;
use crate::pointer::pointer;

/// The parts of a list that comes in pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// Path of the list in the answer.
    pub items: Vec<String>,
    /// The cursor with which the next page begins.
    pub next: Cursor,
    /// The field of the request that takes the cursor.
    pub to: String,
    /// Path of the boolean in the answer that is true while more pages follow.
    pub more: Option<Vec<String>>,
    /// The place in the spec.
    pub origin: Origin,
}

/// The place of a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cursor {
    /// A path in the answer.
    Answer(Vec<String>),
    /// A path in the last element of the list.
    LastItem(Vec<String>),
}

impl Pagination {
    /// Selects the last element of a list in a path.
    pub const LAST: &str = "[last]";

    /// Returns the path of the cursor as the spec writes it.
    pub fn next_path(&self) -> Vec<String> {
        match &self.next {
            Cursor::Answer(path) => path.clone(),
            Cursor::LastItem(path) => {
                let last = [Self::LAST.to_owned()];
                self.items
                    .iter()
                    .chain(&last)
                    .chain(path)
                    .cloned()
                    .collect()
            }
        }
    }

    /// Returns its parts with their names in the spec, as JSON Pointers.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![
            ("items", pointer(&self.items)),
            ("next", pointer(&self.next_path())),
            ("to", pointer(std::slice::from_ref(&self.to))),
        ];
        facts.extend(self.more.as_ref().map(|more| ("more", pointer(more))));
        facts
    }
}
