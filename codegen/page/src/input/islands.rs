//! Finds the tables and definition lists in a Markdown page that are written as HTML.

/// A part of a Markdown page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'t> {
    Markdown(&'t str),
    Html(&'t str),
}

/// The elements that are read as HTML, with everything inside them.
const ELEMENTS: [&str; 2] = ["table", "dl"];

/// The number of elements without an end after which a page has no HTML: each of them is searched for
/// to the end of the page.
const MOST: u32 = 20;

/// Returns the parts of a page, each with the number of lines before it. A part has whole lines.
pub(super) fn parts(text: &str) -> Vec<(u32, Part<'_>)> {
    let mut parts = Vec::new();
    let mut finder = Finder::default();
    let mut unclosed = 0;
    // The start of the current part, with the number of lines before it.
    let (mut from, mut lines_from) = (0, 0);
    let mut at = 0;
    for (lines, line) in (0..).zip(text.split_inclusive('\n')) {
        let was_inside = finder.depth > 0;
        finder.line(line);
        let (start, end) = (at, at + line.len());
        at = end;
        if !was_inside && finder.began {
            // An element that never ends is no HTML of its own.
            if !closes(&finder, text.get(start..).unwrap_or_default()) {
                finder.depth = 0;
                finder.began = false;
                unclosed += 1;
                if unclosed == MOST {
                    break;
                }
                continue;
            }
            if start > from {
                let part = text.get(from..start).unwrap_or_default();
                parts.push((lines_from, Part::Markdown(part)));
            }
            (from, lines_from) = (start, lines);
        }
        if finder.began && finder.depth == 0 {
            let part = text.get(from..end).unwrap_or_default();
            parts.push((lines_from, Part::Html(part)));
            (from, lines_from) = (end, lines + 1);
            finder.began = false;
        }
    }
    if from < text.len() {
        parts.push((
            lines_from,
            Part::Markdown(text.get(from..).unwrap_or_default()),
        ));
    }
    parts
}

/// The state between two lines.
#[derive(Debug, Default)]
struct Finder {
    element: &'static str,
    /// The number of open elements of this name.
    depth: usize,
    /// True from the line where the element begins to the line where it ends.
    began: bool,
    in_fence: bool,
}

impl Finder {
    fn line(&mut self, line: &str) {
        if self.depth == 0 {
            self.began = false;
            let start = line.trim_start();
            if start.starts_with("```") || start.starts_with("~~~") {
                self.in_fence = !self.in_fence;
            }
            let element = ELEMENTS.into_iter().find(|name| is_tag(start, "<", name));
            let Some(element) = element.filter(|_| !self.in_fence) else {
                return;
            };
            self.element = element;
            self.began = true;
        }
        let (opened, closed) = count(line, self.element);
        self.depth = (self.depth + opened).saturating_sub(closed);
    }
}

/// Returns whether the element that begins a text also ends in it.
fn closes(finder: &Finder, text: &str) -> bool {
    let mut depth = 0_usize;
    for line in text.lines() {
        let (opened, closed) = count(line, finder.element);
        depth = (depth + opened).saturating_sub(closed);
        if depth == 0 {
            return true;
        }
    }
    false
}

/// Returns how many elements of a name a line opens and closes.
fn count(line: &str, name: &str) -> (usize, usize) {
    let tags = |mark| {
        let places = line.match_indices('<');
        places
            .filter(|(at, _)| is_tag(line.get(*at..).unwrap_or_default(), mark, name))
            .count()
    };
    (tags("<"), tags("</"))
}

/// Returns whether a text begins with a tag: a mark, a name, and the end of the name.
fn is_tag(text: &str, mark: &str, name: &str) -> bool {
    let Some(rest) = text.strip_prefix(mark) else {
        return false;
    };
    let is_name = |word: &str| word.eq_ignore_ascii_case(name);
    rest.get(..name.len()).is_some_and(is_name)
        && rest[name.len()..]
            .chars()
            .next()
            .is_none_or(|char| char == '>' || char == '/' || char.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_lists_are_html() {
        let table = "<table>\n<tr><td>\n\n<table></table></td></tr>\n</table>\n";
        let text = format!("# a\n\n{table}\nb\n<dl><dt>x</dt></dl>\n```\n<table>\n```\n");
        let parts = parts(&text);
        assert_eq!(
            parts,
            [
                (0, Part::Markdown("# a\n\n")),
                (2, Part::Html(table)),
                (7, Part::Markdown("\nb\n")),
                (9, Part::Html("<dl><dt>x</dt></dl>\n")),
                (10, Part::Markdown("```\n<table>\n```\n")),
            ]
        );
    }

    #[test]
    fn an_element_that_never_ends_stays_text() {
        let text = "<table>\n# a\n";
        assert_eq!(parts(text), [(0, Part::Markdown(text))]);
    }
}
