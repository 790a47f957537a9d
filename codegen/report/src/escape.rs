//! Texts of a spec or a page in Markdown: they show as they are, and ping nobody.

use std::fmt::{self, Write};

use askama::filters::Escaper;

/// Escapes for Markdown as GitHub renders it: in a line, in a cell of a table, at a line's start.
///
/// Markup, tables, HTML, formulas and links come out as the characters that they are written with;
/// `@name` and `#1` do not become a mention or a link, and line breaks become spaces.
#[derive(Debug, Clone, Copy)]
pub struct MarkdownText;

/// Ends a word for whoever looks for mentions and links, and shows nothing.
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

/// A text in the look of code, in Markdown. It holds in a line and in a cell of a table; inside of HTML
/// it is for HTML to escape.
pub fn code(text: &str) -> String {
    let text = plain(&text.replace(['\n', '\r', '\t'], " "));
    if text.trim().is_empty() || text.contains(['|', '`']) {
        // Backticks have no form that holds in a table and out of it.
        return format!("<code>{}</code>", entities(&text));
    }
    format!("`{text}`")
}

/// A sentence in Markdown, with what stands between backticks in the look of code.
pub fn sentence(text: &str) -> String {
    let mut out = String::new();
    for (quoted, part) in quoted(text) {
        match quoted {
            true => out += &code(part),
            // Writing into a String does not fail.
            false => drop(MarkdownText.write_escaped_str(&mut out, part)),
        }
    }
    out
}

/// The parts of a sentence, and whether each stands between backticks. The last backtick of an odd
/// number of them is part of the text.
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

/// All that means something to Markdown or HTML as numbered entities.
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

/// A text with control characters escaped, those too that turn the direction of writing: it cannot
/// steer a terminal, nor look like another text.
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
