//! JSON Pointers (RFC 6901) of paths of names.

use payspec_runtime::Pointer;

/// The name for every element of a list, and every value of a map.
pub const EACH: &str = "*";

/// Returns the pointer of a path.
///
/// ```
/// use payspec_model::pointer::{names, pointer};
///
/// let path = ["order".to_owned(), "a/b".to_owned()];
/// assert_eq!(pointer(&path), "/order/a~1b");
/// assert_eq!(names("/order/a~1b"), path);
/// ```
pub fn pointer(path: &[String]) -> String {
    let mut pointer = String::new();
    for name in path {
        push(&mut pointer, name);
    }
    pointer
}

/// Adds a name to a pointer.
pub(crate) fn push(pointer: &mut String, name: &str) {
    pointer.push('/');
    pointer.push_str(&Pointer::escape(name));
}

/// Returns the names of a pointer.
pub fn names(pointer: &str) -> Vec<String> {
    let parts = pointer.split('/').skip(1);
    parts
        .map(|part| Pointer::unescape(part).into_owned())
        .collect()
}
