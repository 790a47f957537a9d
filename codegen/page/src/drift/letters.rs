//! The letters of a text.

/// Returns the letters and digits of a text for comparison: renderings differ in marks and spaces.
pub(crate) fn letters(words: &str) -> String {
    let letters = words.chars().filter(|char| char.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
