//! Edits of JSON messages by JSON Pointer.

use serde_json::Value;

/// Sets the value at a pointer, making the last name when it is not there.
///
/// # Panics
///
/// When the parent does not exist: a mistake in the test.
pub fn set(message: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = split(message, pointer);
    match parent {
        Value::Object(fields) => {
            fields.insert(name, value);
        }
        Value::Array(items) => {
            let index: usize = name.parse().expect("an index");
            items[index] = value;
        }
        other => panic!("{pointer}: the parent is {other}"),
    }
}

/// Removes the field at a pointer.
///
/// # Panics
///
/// When it does not exist: a mistake in the test.
pub fn remove(message: &mut Value, pointer: &str) {
    let (parent, name) = split(message, pointer);
    let removed = parent
        .as_object_mut()
        .and_then(|fields| fields.remove(&name));
    assert!(removed.is_some(), "{pointer}: nothing there to remove");
}

/// The pointers of every value in a message, parents before children.
pub fn pointers(message: &Value) -> Vec<String> {
    fn visit(value: &Value, pointer: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, child) in fields {
                    let pointer =
                        format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
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

fn split<'m>(message: &'m mut Value, pointer: &str) -> (&'m mut Value, String) {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer below the root");
    let parent = message
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("{pointer}: no parent"));
    (parent, name.replace("~1", "/").replace("~0", "~"))
}
