//! Values of the spec in messages for people.

/// Returns a value for a message; the value of a sensitive field is masked.
pub(super) fn shown(text: &str, sensitive: bool) -> String {
    if sensitive {
        "this value".to_owned()
    } else {
        format!("`{text}`")
    }
}
