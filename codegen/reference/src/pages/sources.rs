//! The page of an API's sources, and of the points on which they disagree.

use askama::Template;
use payspec_model::model::Source;

use super::shell;
use crate::context::{ApiSite, Site};
use crate::parts::{DisputeView, Words, dispute_anchor};
use crate::{File, links};

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage<'s> {
    title: &'s str,
    sources: Vec<SourceView<'s>>,
    disputes: Vec<(String, DisputeView<'s>)>,
}

struct SourceView<'s> {
    anchor: String,
    tag: &'s str,
    title: &'s str,
    kind: &'static str,
    read: &'static str,
    date: &'s str,
    url: Option<&'s str>,
    is_web: bool,
    note: Option<Words>,
}

pub(super) fn page(site: &Site<'_>, one: &ApiSite<'_>) -> File {
    let path = &one.sources;
    let sources = one.api.sources.iter().map(|source| {
        let Source {
            tag,
            title,
            kind,
            read,
            date,
            url,
            note,
            origin: _,
        } = source;
        SourceView {
            anchor: links::anchor("source", tag),
            tag,
            title,
            kind: kind.as_str(),
            read: read.as_str(),
            date,
            url: url.as_deref(),
            // Another scheme could run a script.
            is_web: (url.iter()).any(|url| {
                ["https://", "http://"]
                    .iter()
                    .any(|web| url.starts_with(web))
            }),
            note: note.as_deref().map(Words::new),
        }
    });
    let disputes = one.api.disputes.iter().map(|dispute| {
        let mut view = DisputeView::new(one, path, dispute);
        view.open = true;
        (dispute_anchor(dispute), view)
    });
    let page = SourcesPage {
        title: &one.api.title,
        sources: sources.collect(),
        disputes: disputes.collect(),
    };
    let title = format!("Sources and disputes: {}", one.api.title);
    shell::page(site, Some(one), path, &title, &page)
}
