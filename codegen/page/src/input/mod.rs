//! Turns a saved page into a list of lines, with one module per kind of input.

mod clean;
mod html;
mod islands;
mod markdown;
mod plain;

use std::borrow::Cow;

use super::error::ReadError;
use super::item::{Item, Kind};

/// The kinds of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    Html,
    Markdown,
    Plain,
}

/// Removes the differences that a reader does not see from a page's text.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    clean::clean(text)
}

/// Detects the format of a saved page.
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
    const BLOCKS: [&str; 9] = [
        "<h1", "<h2", "<h3", "<h4", "<table", "<dl", "<section", "<article", "<p>",
    ];
    let is_markdown = text.lines().any(is_markdown) && !is_drawn(text);
    if !is_markdown && BLOCKS.iter().any(|tag| opening.starts_with(tag)) {
        return Input::Html;
    }
    if is_markdown {
        Input::Markdown
    } else {
        Input::Plain
    }
}

/// Returns whether a program drew the page as text: with bullets that Markdown does not have, and with
/// headings as all that looks like Markdown.
fn is_drawn(text: &str) -> bool {
    let is_bullet = |line: &str| line.starts_with(' ') && line.trim_start().starts_with("• ");
    let is_heading = |line: &str| line.starts_with('#');
    let mut marked = text.lines().filter(|line| is_markdown(line));
    text.lines().any(is_bullet) && marked.all(is_heading)
}

/// Returns whether only Markdown has such a line.
fn is_markdown(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    let hashes = line.len() - rest.len();
    let underline = |mark| line.len() > 3 && line.trim_end().chars().all(|c| c == mark);
    (1..=6).contains(&hashes) && rest.starts_with(' ')
        || line.starts_with("```")
        || underline('=')
        || line.starts_with("| --- |")
}

/// Returns the lines of a page.
pub(super) fn items(text: &str, input: Input) -> Result<Vec<Item>, ReadError> {
    let mut items = match input {
        Input::Html => html::items(text)?,
        Input::Markdown => markdown::items(text)?,
        Input::Plain => plain::items(text),
    };
    // Entities are decoded only now.
    items.retain_mut(|item| {
        tidy(&mut item.text);
        if let Kind::Row(row) = &mut item.kind {
            row.cells.iter_mut().for_each(tidy);
        }
        !item.text.trim().is_empty() || item.row().is_some()
    });
    if items.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(items)
}

fn tidy(text: &mut String) {
    if let Cow::Owned(plain) = clean::plain(text) {
        *text = plain.trim().to_owned();
    }
}
