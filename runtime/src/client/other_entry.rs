//! The error for an entry of another operation.

use core::fmt;

/// An entry of a journal does not belong to the expected operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherEntry {
    operation: String,
    id: String,
    expected: &'static str,
}

impl OtherEntry {
    pub(in crate::client) fn new(operation: &str, id: &str, expected: &'static str) -> Self {
        Self {
            operation: operation.to_owned(),
            id: id.to_owned(),
            expected,
        }
    }

    /// Returns the operation or flow that the entry names.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Returns the id that the entry names.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Display for OtherEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            id,
            expected,
        } = self;
        write!(
            f,
            "the entry `{}` {} of the journal is not one of `{expected}` with this id",
            operation.escape_debug(),
            id.escape_debug()
        )
    }
}

impl core::error::Error for OtherEntry {}
