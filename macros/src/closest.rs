// The runtime suggests words in the same way. This crate cannot depend on it, so it includes the file.
#[path = "../../runtime/src/similar.rs"]
#[allow(unreachable_pub, reason = "the runtime exports it")]
mod similar;

/// Returns a hint for an error about an unknown word; empty if no candidate is similar.
pub(crate) fn hint<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    match similar::closest(word, candidates) {
        Some(candidate) => format!("; did you mean `{candidate}`?"),
        None => String::new(),
    }
}
