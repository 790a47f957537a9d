//! Moves a term to the depth of its definition: with more space before it, Markdown takes it for code.

use std::borrow::Cow;

/// The space before a line of code.
const CODE: usize = 4;

/// Returns a text in which no term of a definition list looks like code.
pub(super) fn outdented(text: &str) -> Cow<'_, str> {
    let mut changed: Option<Vec<&str>> = None;
    let lines: Vec<&str> = text.split('\n').collect();
    for (at, line) in lines.iter().enumerate() {
        let below = lines.get(at + 1).copied().unwrap_or_default();
        let depth = below.len() - below.trim_start_matches(' ').len();
        let is_term = depth < CODE
            && below.trim_start().starts_with(": ")
            && line.starts_with("    ")
            && line.trim_start().starts_with('`');
        if is_term && let Some(term) = line.get(line.len() - line.trim_start().len() - depth..) {
            let lines = changed.get_or_insert_with(|| lines.clone());
            if let Some(line) = lines.get_mut(at) {
                *line = term;
            }
        }
    }
    changed.map_or(Cow::Borrowed(text), |lines| Cow::Owned(lines.join("\n")))
}
