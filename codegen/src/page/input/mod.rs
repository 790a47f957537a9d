//! From what was saved to a list of lines: one file per kind of input.

mod html;
mod markdown;
mod plain;

use super::error::ReadError;
use super::item::Item;

/// The kinds of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    Html,
    Markdown,
    Plain,
}

/// Tells what a page was saved as.
pub(super) fn detect(text: &str) -> Input {
    let start = text.trim_start();
    let opening: String = start.chars().take(1_000).collect();
    let opening = opening.to_ascii_lowercase();
    if ["<!doctype html", "<html", "<body", "<main", "<div", "<head"]
        .iter()
        .any(|tag| opening.contains(tag))
        && start.starts_with('<')
    {
        return Input::Html;
    }
    if text.lines().any(is_markdown) {
        Input::Markdown
    } else {
        Input::Plain
    }
}

/// Whether only Markdown has such a line.
fn is_markdown(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    let hashes = line.len() - rest.len();
    let underline = |mark| line.len() > 3 && line.trim_end().chars().all(|c| c == mark);
    (1..=6).contains(&hashes) && rest.starts_with(' ')
        || line.starts_with("```")
        || underline('=')
        || line.starts_with("| --- |")
}

/// The lines of a page.
pub(super) fn items(text: &str, input: Input) -> Result<Vec<Item>, ReadError> {
    let items = match input {
        Input::Html => html::items(text)?,
        Input::Markdown => markdown::items(text),
        Input::Plain => plain::items(text),
    };
    if items.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(items)
}
