//! Reads YAML into the types of [`crate::format`]. It only gets texts that `parse_yaml` has accepted.

use serde::de::DeserializeOwned;
use serde_yaml::Value;

use super::scalar::Plain;
use super::tree::{At, Kind};

/// The reason why a text still could not be read.
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

/// Reads a merged document, which has no text of its own. The shape check has accepted it.
pub(super) fn read_tree<T: DeserializeOwned>(root: At<'_>) -> Result<T, Error> {
    serde_yaml::from_value(value(root)).map_err(|error| Error {
        offset: 0,
        message: error.to_string(),
    })
}

fn value(at: At<'_>) -> Value {
    let text = || at.text().unwrap_or_default().to_owned();
    match at.kind() {
        Kind::Mapping => {
            let entries = at.entries();
            let pairs = entries.map(|entry| (entry.key().unwrap_or_default().into(), value(entry)));
            Value::Mapping(pairs.collect())
        }
        Kind::Sequence => Value::Sequence(at.items().map(value).collect()),
        Kind::Text => Value::String(text()),
        Kind::Plain => match Plain::of(at.text().unwrap_or_default()) {
            Plain::Null => Value::Null,
            Plain::Boolean => Value::Bool(text().eq_ignore_ascii_case("true")),
            Plain::Integer(Some(number)) => number.into(),
            // No key of the format accepts such a number.
            Plain::Integer(None) | Plain::Float | Plain::Text => Value::String(text()),
        },
    }
}
