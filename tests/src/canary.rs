//! Values that must never be seen again.

use payspec_model::model::{Api, Object, Type};

/// A text that occurs nowhere else, made for one field.
pub fn of(field: &str) -> String {
    let tag: String = field.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("CANARY{tag}YRANAC")
}

/// The canaries that a text shows.
pub fn seen(text: &str) -> Vec<&str> {
    text.match_indices("CANARY")
        .map(|(at, _)| {
            let rest = &text[at..];
            let end = rest.find("YRANAC").map_or(rest.len(), |end| end + 6);
            &rest[..end]
        })
        .collect()
}

/// The pointers of all fields below an object that are sensitive, themselves or by what holds them.
pub fn sensitive(api: &Api, object: &Object, above: &str, marked: bool, found: &mut Vec<String>) {
    for field in &object.fields {
        let pointer = format!("{above}/{}", field.name);
        let marked = marked || field.sensitive.is_some();
        match &field.ty {
            Type::Object(id) => sensitive(api, api.object(*id), &pointer, marked, found),
            Type::List(element) => match element.as_ref() {
                Type::Object(id) => {
                    sensitive(api, api.object(*id), &format!("{pointer}/0"), marked, found);
                }
                _ if marked => found.push(format!("{pointer}/0")),
                _ => {}
            },
            _ if marked => found.push(pointer),
            _ => {}
        }
    }
}
