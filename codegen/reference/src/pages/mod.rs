//! The pages of a site, one file for each kind.

mod api;
mod changes;
mod codes;
mod flow;
mod index;
mod operation;
mod shell;
mod sources;
mod type_page;

use payspec_report::STYLE;

use crate::context::Site;
use crate::{File, links, search};

/// Returns all files of a site.
pub(crate) fn all(site: &Site<'_>) -> Vec<File> {
    let mut files = vec![index::page(site)];
    if site.changes.since.is_some() {
        files.push(changes::page(site));
    }
    for api in &site.apis {
        files.push(api::page(site, api));
        files.push(codes::page(site, api));
        files.push(sources::page(site, api));
        files.extend(operation::pages(site, api));
        files.extend(type_page::pages(site, api));
        files.extend(flow::pages(site, api));
    }
    let style = [STYLE, include_str!("../../templates/site.css")].concat();
    files.push(file(links::STYLE, style));
    files.push(file(
        links::SCRIPT,
        include_str!("../../templates/site.js").to_owned(),
    ));
    files.push(file(links::SEARCH, search::index(site)));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

fn file(path: &str, text: String) -> File {
    File {
        path: path.to_owned(),
        text,
    }
}
