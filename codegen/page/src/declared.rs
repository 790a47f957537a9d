//! The declaration of a field: its type, its requirement, its limits.

use super::facts::{Guess, Range, Requirement, TypeFact};

/// The declaration next to a name, or in the cells of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) ty: Option<TypeFact>,
    pub(super) required: Option<Requirement>,
    pub(super) min_length: Option<u32>,
    pub(super) max_length: Option<u32>,
    pub(super) min_items: Option<u32>,
    pub(super) max_items: Option<u32>,
    pub(super) range: Option<Range>,
    pub(super) guesses: Vec<Guess>,
}
