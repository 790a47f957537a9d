//! Values that must never be seen again.

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
