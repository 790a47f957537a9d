use super::no_field;
use crate::ast::{Container, Message};
use crate::attr::path::Path;
use crate::errors::Errors;

/// The positions in a path where `*` is allowed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stars {
    /// After every list and map.
    Anywhere,
    /// At the end: one of the elements.
    Last,
    /// Nowhere: the path leads to one value.
    Nowhere,
}

/// Checks that a path leads from a message to a value inside it. A macro cannot see the path beyond the
/// first field.
pub(super) fn path(path: &Path, message: &Message, stars: Stars, errors: &mut Errors) {
    let error = error(path, message, stars);
    if let Some(error) = error {
        errors.at(path.span(), error);
    }
}

fn error(path: &Path, message: &Message, stars: Stars) -> Option<String> {
    let Some(names) = path.names() else {
        return Some("a path begins with `/`".to_owned());
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if names.contains(&"") {
        return Some("the path has an empty name".to_owned());
    }
    if stars == Stars::Nowhere && names.contains(&"*") {
        return Some("here the path leads to one value, not to those of a list".to_owned());
    }
    let inner = names.len().saturating_sub(1);
    if stars == Stars::Last && names[..inner].contains(&"*") {
        return Some("`*` is allowed at the end only".to_owned());
    }
    let (first, next) = (names[0], names.get(1));
    let Some(field) = message.field(first) else {
        return Some(no_field(first, message));
    };
    match (field.shape.container, *next? == "*") {
        (Some(Container::List), false) => {
            Some(format!("`{first}` is a list: go on with `/{first}/*`"))
        }
        (Some(Container::Map), false) => {
            Some(format!("`{first}` is a map: go on with `/{first}/*`"))
        }
        (None, true) => Some(format!("`{first}` is neither a list nor a map")),
        (Some(_), true) | (None, false) => None,
    }
}
