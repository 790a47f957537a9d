//! The words of an operation's title in English.

use std::cmp::Reverse;

use crate::lexicon::Lexicon;
use crate::text::is_chinese;

/// Returns the words of a title, translated and in lower case, or [`None`] if it is a sentence. Of Chinese words that
/// the phrases do not know, each character is one: short forms keep some of them.
pub(super) fn operation_words(lexicon: &Lexicon, title: &str) -> Option<Vec<String>> {
    if title.ends_with(['.', '。']) {
        return None;
    }
    let mut terms: Vec<_> = lexicon.chrome.operations.iter().collect();
    terms.sort_by_key(|(term, _)| Reverse(term.len()));
    let mut title = title.to_owned();
    for (term, english) in terms {
        title = title.replace(term.as_str(), &format!(" {english} "));
    }
    Some(words(&title))
}

/// Splits a title at spaces, at marks, and inside names: `inquiryPayment`.
fn words(title: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for char in title.chars() {
        let is_apart = is_chinese(char) || is_chinese(before);
        if is_apart || !char.is_alphanumeric() || before.is_lowercase() && char.is_uppercase() {
            words.push(String::new());
        }
        if let Some(last) = words.last_mut() {
            last.extend(char.to_lowercase().filter(|char| char.is_alphanumeric()));
        }
        before = char;
    }
    words.retain(|word| !word.is_empty());
    words
}
