//! Edits of JSON messages by JSON Pointer.

use payspec_model::sample;
use payspec_runtime::Pointer;
use serde_json::Value;

/// Sets the value at a pointer, making the last name when it is not there.
///
/// # Panics
///
/// When the parent does not exist: a mistake in the test.
pub fn set(message: &mut Value, pointer: &str, value: Value) {
    let done = sample::set(message, pointer, Some(value));
    assert!(done, "{pointer}: no parent");
}

/// Removes the field at a pointer.
///
/// # Panics
///
/// When it does not exist: a mistake in the test.
pub fn remove(message: &mut Value, pointer: &str) {
    let done = sample::set(message, pointer, None);
    assert!(done, "{pointer}: nothing there to remove");
}

/// The pointers of every value in a message, parents before children.
pub fn pointers(message: &Value) -> Vec<String> {
    fn visit(value: &Value, pointer: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, child) in fields {
                    let pointer = format!("{pointer}/{}", Pointer::escape(name));
                    found.push(pointer.clone());
                    visit(child, &pointer, found);
                }
            }
            Value::Array(items) => {
                for (index, child) in items.iter().enumerate() {
                    let pointer = format!("{pointer}/{index}");
                    found.push(pointer.clone());
                    visit(child, &pointer, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    visit(message, "", &mut found);
    found
}
