//! Notes and lists of values inside definition lists that a page writes without their indentation.

use std::borrow::Cow;

use crate::item::indent;

/// Indents the quotes and the lists of values between indented terms, so that they do not end the list around them. The
/// lines keep their numbers.
pub(super) fn indented(text: &str) -> Cow<'_, str> {
    let has_some = text.contains("\n>") || text.contains("\n- `");
    if !has_some || !text.lines().any(is_inner_definition) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut indented = String::with_capacity(text.len() + lines.len());
    // The indentation of the last line with text outside the quotes.
    let mut before = 0;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let is_blank = |line: &str| line.trim().is_empty();
        // A list goes on with the line directly above it.
        let above = at.checked_sub(1).and_then(|above| lines.get(above));
        let is_list = line.starts_with(VALUE) && above.is_some_and(|line| !is_blank(line));
        let mark = if is_list { VALUE } else { QUOTE };
        if !line.starts_with(mark) {
            if !is_blank(line) {
                before = indent(line);
            }
            indented.push_str(line);
            at += 1;
            continue;
        }
        let rest = lines.get(at..).unwrap_or_default();
        let length = rest
            .iter()
            .position(|line| !line.starts_with(mark) && !is_blank(line));
        let length = length.unwrap_or(rest.len());
        let behind = rest.get(length).map_or(0, |line| indent(line));
        let width = usize::from(before.min(behind).min(MOST));
        for line in rest.get(..length).unwrap_or_default() {
            if line.starts_with(mark) {
                indented.extend(std::iter::repeat_n(' ', width));
            }
            indented.push_str(line);
        }
        at += length;
    }
    Cow::Owned(indented)
}

/// The beginnings of a quote, and of an item of a list that is a value.
const QUOTE: &str = ">";
const VALUE: &str = "- `";

/// The greatest indentation of a quote.
const MOST: u16 = 16;

fn is_inner_definition(line: &str) -> bool {
    line.starts_with(' ') && line.trim_start().starts_with(": ")
}
