//! The mark of what a person has to write.

/// The placeholder for texts that a person has to write.
pub(crate) const TODO: &str = "TODO";
