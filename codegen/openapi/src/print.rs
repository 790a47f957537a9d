//! Documents as text.

mod yaml;

use crate::json::Map;

/// The form of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// JSON.
    Json,
    /// YAML.
    Yaml,
}

/// Returns the text of a document, with a line feed at its end.
///
/// # Errors
///
/// When the writer of JSON refuses a value, which no document has.
pub fn text(document: &Map, form: Form) -> Result<String, serde_json::Error> {
    match form {
        Form::Json => Ok(serde_json::to_string_pretty(document)? + "\n"),
        Form::Yaml => Ok(yaml::write(document)),
    }
}
