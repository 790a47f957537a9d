//! Removes differences that a reader does not see but a program does: unusual line ends, spaces and
//! zero-width characters, and the prefixes that an editor or a mail program puts before every line.

use std::borrow::Cow;

/// Returns a text with plain line ends and spaces, without invisible characters, and without a
/// prefix that all lines share. No line is lost or added, except that odd line ends count as well.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let mut text = spaced(text);
    if text.contains('\r') || text.chars().any(is_line_end) {
        text = Cow::Owned(text.replace("\r\n", "\n").replace(['\r'], "\n"));
        text = Cow::Owned(text.replace(is_line_end, "\n"));
    }
    match unwrapped(&text) {
        Some(inner) => Cow::Owned(inner),
        None => text,
    }
}

/// Returns a text with plain spaces, except that the width of the space before the text of a cell
/// remains, because it may show the depth of a field.
fn spaced(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_odd_space) {
        let (before, from) = rest.split_at(at);
        let after = from.trim_start_matches(|char: char| is_odd_space(char) || char == ' ');
        let space = from.strip_suffix(after).unwrap_or_default();
        let wide = space.chars().filter(|char| is_odd_space(*char)).count();
        let is_cell = {
            let before = before.trim_end_matches(' ');
            before.ends_with('|') || before.ends_with('>') && before.contains('<')
        };
        // A ruler stays a ruler.
        let is_ruler = after.starts_with("--") || after.starts_with(":-");
        kept.push_str(&plain(before));
        let is_indent = is_cell && !is_ruler && wide > 1;
        kept.extend(
            space
                .chars()
                .map(|_| if is_indent { '\u{a0}' } else { ' ' }),
        );
        rest = after;
    }
    kept.push_str(&plain(rest));
    Cow::Owned(kept)
}

/// Returns a text with plain spaces, without invisible characters.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let is_odd = |char: char| is_unseen(char) || is_odd_space(char);
    if text.is_ascii() || !text.chars().any(is_odd) {
        return Cow::Borrowed(text);
    }
    let chars = text.chars().filter(|char| !is_unseen(*char));
    let chars = chars.map(|char| if is_odd_space(char) { ' ' } else { char });
    Cow::Owned(chars.collect())
}

/// Returns whether some program treats a character as a line end.
fn is_line_end(char: char) -> bool {
    matches!(char, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_odd_space(char: char) -> bool {
    !char.is_ascii() && char.is_whitespace() && !is_line_end(char)
}

/// Returns whether a character has no width: it controls where a word may break, or its direction.
fn is_unseen(char: char) -> bool {
    matches!(
        char,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// Removes the prefix that all lines share.
fn unwrapped(text: &str) -> Option<String> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let first = first.chars().next().filter(|char| {
        // A shared prefix can only begin with one of these.
        char.is_whitespace() || *char == '>' || char.is_ascii_digit()
    })?;
    let lines: Vec<&str> = text.lines().collect();
    let inner = if first == '>' {
        each(&lines, |line| {
            let inner = line.strip_prefix('>')?;
            Some(inner.strip_prefix(' ').unwrap_or(inner))
        })?
    } else if let Some(inner) = numbered(&lines) {
        inner
    } else {
        let blank = |line: &&&str| !line.trim().is_empty();
        let indent = |line: &&str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let indent = lines.iter().filter(blank).map(indent).min()?;
        (indent > 0).then(|| each(&lines, |line| line.get(indent..)))??
    };
    Some(inner.join("\n"))
}

/// Maps each line to its rest. A blank line needs no prefix.
fn each<'t>(lines: &[&'t str], rest: impl Fn(&'t str) -> Option<&'t str>) -> Option<Vec<&'t str>> {
    let blank = |line: &str| line.trim().is_empty();
    lines
        .iter()
        .map(|line| if blank(line) { Some("") } else { rest(line) })
        .collect()
}

/// Removes line numbers if every line has its own: `12 text`, `12: text`, `12| text`.
fn numbered<'t>(lines: &[&'t str]) -> Option<Vec<&'t str>> {
    const FEWEST: usize = 5;
    if lines.len() < FEWEST {
        return None;
    }
    let parted = lines.iter().enumerate().map(|(at, line)| {
        let line = line.trim_start();
        let end = line.find(|c: char| !c.is_ascii_digit());
        let (number, rest) = line.split_at(end.unwrap_or(line.len()));
        let rest = rest.strip_prefix([':', '|', '.']).unwrap_or(rest);
        let is_next = number.parse() == Ok(at + 1);
        let is_apart = rest.is_empty() || rest.starts_with([' ', '\t']);
        (is_next && is_apart).then(|| rest.strip_prefix([' ', '\t']).unwrap_or(rest))
    });
    parted.collect()
}
