//! Escapes texts of a spec or a page for Markdown, so that they show as they are and notify nobody.

use std::fmt::{self, Write};

use askama::filters::Escaper;

/// Escapes text for Markdown as GitHub renders it: in a line, in a cell of a table, and at the start of a line.
///
/// Markup, tables, HTML, formulas and links show the characters that they are written with. `@name` and `#1` do
/// not become a mention or a link, and line breaks become spaces.
#[derive(Debug, Clone, Copy)]
pub struct MarkdownText;

/// An empty comment: it shows nothing, and ends a word so that it is not read as a mention or a link.
const NOTHING: &str = "<!-- -->";

impl Escaper for MarkdownText {
    fn write_escaped_str<W: Write>(&self, mut dest: W, string: &str) -> fmt::Result {
        let number = string
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
        for (at, char) in string.char_indices() {
            let starts_list = matches!(char, '-' | '+' | '=') && at == 0
                || matches!(char, '.' | ')') && at > 0 && at == string.len() - number;
            match char {
                '\n' | '\r' | '\t' => dest.write_char(' ')?,
                '@' | '#' => write!(dest, "\\{char}{NOTHING}")?,
                ':' if string[at..].starts_with("://") => write!(dest, ":{NOTHING}")?,
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' => {
                    write!(dest, "\\{char}")?;
                }
                _ if starts_list => write!(dest, "\\{char}")?,
                _ if steers(char) => write!(dest, "{}", char.escape_unicode())?,
                _ => dest.write_char(char)?,
            }
        }
        Ok(())
    }
}

/// Formats a text as code in Markdown. The result fits in a line and in a cell of a table. Inside HTML, the
/// template must escape it.
pub fn code(text: &str) -> String {
    let text = plain(&text.replace(['\n', '\r', '\t'], " "));
    if text.trim().is_empty() || text.contains(['|', '`']) {
        // No form of backticks works both inside and outside a table.
        return format!("<code>{}</code>", entities(&text));
    }
    format!("`{text}`")
}

/// Formats a sentence for Markdown, with the parts between backticks as code.
pub fn sentence(text: &str) -> String {
    let mut out = String::new();
    for (quoted, part) in quoted(text) {
        match quoted {
            true => out += &code(part),
            // Writing to a `String` does not fail.
            false => drop(MarkdownText.write_escaped_str(&mut out, part)),
        }
    }
    out
}

/// Splits a sentence into parts, each with true if it is between backticks. An unpaired last backtick belongs
/// to the text.
pub fn quoted(text: &str) -> Vec<(bool, &str)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, inner)) = rest.split_once('`') {
        let Some((inner, after)) = inner.split_once('`') else {
            break;
        };
        parts.extend([(false, before), (true, inner)]);
        rest = after;
    }
    parts.push((false, rest));
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

/// Replaces every character with a meaning in Markdown or HTML by a numbered entity.
fn entities(text: &str) -> String {
    let mut out = String::new();
    for char in text.chars() {
        if char.is_ascii_punctuation() {
            out += &format!("&#{};", u32::from(char));
        } else {
            out.push(char);
        }
    }
    out
}

/// Escapes control characters, including those that change the direction of writing, so that a text can neither
/// control a terminal nor look like another text.
pub fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for char in text.chars() {
        if steers(char) {
            shown.extend(char.escape_unicode());
        } else {
            shown.push(char);
        }
    }
    shown
}

fn steers(char: char) -> bool {
    let turns =
        matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    char.is_control() || turns
}
