//! `docs/README.md` lists every page.

use std::collections::BTreeSet;

use super::page::Page;
use super::pages;

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
