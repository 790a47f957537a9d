//! The addresses of pages, and of the places in them.
//!
//! All links are relative, so that a site works from a disk and below any address.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use payspec_model::model::Side;
use payspec_model::pointer::pointer;

/// The start page.
pub(crate) const INDEX: &str = "index.html";
/// The changes since another revision.
pub(crate) const CHANGES: &str = "changes.html";
/// The style of all pages.
pub(crate) const STYLE: &str = "assets/site.css";
/// The script of all pages.
pub(crate) const SCRIPT: &str = "assets/site.js";
/// The index that the script searches.
pub(crate) const SEARCH: &str = "assets/search.js";

/// Returns the link from a page to a page.
pub(crate) fn link(from: &str, to: &str) -> String {
    let shared = from
        .bytes()
        .zip(to.bytes())
        .take_while(|(one, other)| one == other);
    let shared = shared.count();
    // Up to the last folder that both are in.
    let folder = from[..shared].rfind('/').map_or(0, |at| at + 1);
    let up = from[folder..].matches('/').count();
    format!("{}{}", "../".repeat(up), &to[folder..])
}

/// Returns the link from a page to a place in a page.
pub(crate) fn link_to(from: &str, to: &str, anchor: &str) -> String {
    if from == to {
        return format!("#{anchor}");
    }
    format!("{}#{anchor}", link(from, to))
}

/// Returns the anchor of a field in a body: `request/order/env`.
pub(crate) fn field_in_body(side: Side, path: &[String]) -> String {
    anchor(side.as_str(), &pointer(path))
}

/// Returns the anchor of a thing of a kind: `code/SUCCESS`.
pub(crate) fn anchor(kind: &str, name: &str) -> String {
    let name = name.strip_prefix('/').unwrap_or(name);
    let mut anchor = format!("{kind}/");
    for c in name.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '/' | '.' | '_' | '-' | '*' | '~' => anchor.push(c),
            // A colon is none of these, so that two names have two anchors.
            // Writing to a `String` does not fail.
            _ => drop(write!(anchor, ":{:x}:", u32::from(c))),
        }
    }
    anchor
}

/// Names for the files of a folder, no two of which differ in letter case alone: some disks and servers do not tell
/// these apart.
#[derive(Debug, Default)]
pub(crate) struct FileNames {
    taken: BTreeSet<String>,
}

impl FileNames {
    /// Returns the path of a page in a folder.
    pub(crate) fn page(&mut self, folder: &str, name: &str) -> String {
        let safe = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let stem: String = name
            .chars()
            .map(|c| if safe(c) { c } else { '-' })
            .collect();
        let mut path = format!("{folder}/{stem}.html");
        let mut number = 1;
        while !self.taken.insert(path.to_ascii_lowercase()) {
            number += 1;
            path = format!("{folder}/{stem}-{number}.html");
        }
        path
    }
}

/// Returns the anchor of a header on the page of its API.
pub(crate) fn header_anchor(side: Side, name: &str) -> String {
    anchor(&format!("{side}-header"), name)
}

#[cfg(test)]
mod tests {
    use super::{FileNames, anchor, link, link_to};

    #[test]
    fn links_are_relative() {
        assert_eq!(link("index.html", "a/b.html"), "a/b.html");
        assert_eq!(link("a/types/b.html", "a/index.html"), "../index.html");
        assert_eq!(link("a/types/b.html", "ab/c.html"), "../../ab/c.html");
        assert_eq!(link("a/types/b.html", "a/types/bc.html"), "bc.html");
        assert_eq!(link("a/types/b.html", ""), "../../");
        assert_eq!(link_to("a/b.html", "a/b.html", "code/X"), "#code/X");
        assert_eq!(link_to("a/b.html", "a/c.html", "code/X"), "c.html#code/X");
    }

    #[test]
    fn two_names_have_two_anchors() {
        assert_eq!(anchor("request", "/order/a~1b"), "request/order/a~1b");
        assert_eq!(anchor("code", "A B"), "code/A:20:B");
        assert_ne!(anchor("code", "A:20:B"), anchor("code", "A B"));
        assert_eq!(anchor("value", "中"), "value/:4e2d:");
    }

    #[test]
    fn file_names_differ_in_more_than_letter_case() {
        let mut names = FileNames::default();
        assert_eq!(names.page("types", "Order"), "types/Order.html");
        assert_eq!(names.page("types", "ORDER"), "types/ORDER-2.html");
        assert_eq!(names.page("types", "../x"), "types/---x.html");
    }
}
