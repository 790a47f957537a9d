//! The frame of every page: head, search, menu.

use askama::Template;
use payspec_report::written;

use crate::context::{ApiSite, Site};
use crate::{File, links};

/// The largest number of operations that the menu lists.
const MOST_OPERATIONS: usize = 60;

/// A page around its content.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'p> {
    title: &'p str,
    root: String,
    style: String,
    script: String,
    index: String,
    menu: Vec<MenuApi<'p>>,
    changes: Option<MenuLink<'p>>,
    content: String,
}

/// An API in the menu.
struct MenuApi<'p> {
    top: MenuLink<'p>,
    groups: Vec<(&'static str, Vec<MenuLink<'p>>)>,
}

/// A link of the menu.
struct MenuLink<'p> {
    text: &'p str,
    href: String,
    is_here: bool,
}

/// Puts a page together.
pub(super) fn page(
    site: &Site<'_>,
    api: Option<&ApiSite<'_>>,
    path: &str,
    title: &str,
    content: &impl Template,
) -> File {
    let entry = |text, to: &str| MenuLink {
        text,
        href: links::link(path, to),
        is_here: path == to,
    };
    let menu = site.apis.iter().map(|one| MenuApi {
        top: entry(&one.api.title, &one.index),
        groups: match api.is_some_and(|api| api.api.id == one.api.id) {
            true => groups(one, &entry),
            false => Vec::new(),
        },
    });
    let page = Page {
        title,
        root: links::link(path, ""),
        style: links::link(path, links::STYLE),
        script: links::link(path, links::SCRIPT),
        index: links::link(path, links::INDEX),
        menu: menu.collect(),
        changes: (site.changes.since.as_ref()).map(|_| entry("What changed", links::CHANGES)),
        content: written(content),
    };
    File {
        path: path.to_owned(),
        text: written(&page),
    }
}

fn groups<'p>(
    api: &'p ApiSite<'_>,
    entry: &dyn Fn(&'p str, &str) -> MenuLink<'p>,
) -> Vec<(&'static str, Vec<MenuLink<'p>>)> {
    let mut groups = Vec::new();
    let operations = &api.api.operations;
    if operations.len() <= MOST_OPERATIONS {
        let links = operations.iter().filter_map(|one| {
            let page = api.operation(&one.id)?;
            Some(entry(&one.title, page))
        });
        groups.push(("Operations", links.collect()));
    }
    let flows = api.api.flows.iter().filter_map(|one| {
        let page = api.flow(&one.id)?;
        Some(entry(&one.title, page))
    });
    groups.push(("Flows", flows.take(MOST_OPERATIONS).collect()));
    let more = vec![
        entry("Result codes", &api.codes),
        entry("Sources and disputes", &api.sources),
    ];
    groups.push(("Tables", more));
    groups.retain(|(_, links): &(_, Vec<MenuLink<'_>>)| !links.is_empty());
    groups
}
