//! The one place that reads YAML into the types of [`crate::format`]. It sees only text that the
//! gate has let through.

use serde::de::DeserializeOwned;

/// Why a text could not be read after all.
pub(super) struct Error {
    pub(super) message: String,
    pub(super) offset: usize,
}

/// Reads one document.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_yaml::from_str(text).map_err(|error| Error {
        offset: error.location().map_or(0, |location| location.index()),
        message: error.to_string(),
    })
}
