//! The words of a field's name.

use crate::text::is_chinese;

/// Splits a name like `settlementQuote` into its words.
pub(super) fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for char in name.chars() {
        if (char.is_uppercase() || char == '_' || char == '.')
            && words.last().is_some_and(|word| !word.is_empty())
        {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && char.is_alphanumeric()
            && !is_chinese(char)
        {
            word.extend(char.to_lowercase());
        }
    }
    words
}
