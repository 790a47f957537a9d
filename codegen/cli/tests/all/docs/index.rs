//! `docs/README.md` lists every page.

use std::collections::BTreeSet;

use super::page::Page;
use super::pages;
use crate::support::root;

#[test]
fn the_index_lists_every_page() {
    let index = Page::read("docs/README.md");
    let listed: BTreeSet<String> = index
        .links
        .iter()
        .map(|link| format!("docs/{link}"))
        .collect();
    let unlisted: Vec<String> = pages()
        .into_iter()
        .map(|page| page.path)
        .filter(|path| {
            path.starts_with("docs/") && path != "docs/README.md" && !listed.contains(path)
        })
        .collect();
    assert!(unlisted.is_empty(), "{unlisted:?}");
}

#[test]
fn every_page_begins_with_its_title() {
    for page in pages() {
        let title = page
            .text
            .lines()
            .find(|line| !line.starts_with("<!--") && !line.is_empty());
        let titled = title.is_some_and(|line| line.starts_with("# "));
        assert!(titled, "{}: {title:?}", page.path);
    }
}

/// The front page of the generated crate has the lines for `Cargo.toml` with the versions of today.
#[test]
fn the_lines_for_cargo_are_those_of_the_crate() {
    let page = Page::read("docs/using-the-crate.md");
    let crate_page = std::fs::read_to_string(root().join("generated/src/lib.rs"));
    let crate_page = crate_page.expect("the front page of the crate");
    let blocks = page.text.split("```toml\n").skip(1);
    let lines: Vec<&str> = blocks
        .filter_map(|rest| rest.split("```").next())
        .flat_map(str::lines)
        .collect();
    assert!(lines.len() >= 4, "{lines:?}");
    for line in lines {
        assert!(crate_page.contains(&format!("//! {line}\n")), "{line}");
    }
}
