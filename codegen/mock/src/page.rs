//! The status page of the mock gateway.

use std::time::SystemTime;

use askama::Template;

use super::clock::shown;
use super::filter::Filter;
use super::recent::{KEPT, Recent};
use super::{events, route, row};
use payspec_model::model::Model;
use payspec_report::{Document, Table, written};

/// The path of the page's script.
pub(super) const SCRIPT_PATH: &str = "/payspec/page.js";
/// The script, which filters and follows. The page works without it.
pub(super) const SCRIPT: &str = include_str!("../templates/mock/page.js");

#[derive(Template)]
#[template(path = "mock/status.html", blocks = ["title", "style", "main"])]
struct Page<'s> {
    now: String,
    last: u64,
    kept: usize,
    events: &'static str,
    filter: Filter,
    rows: Vec<String>,
    is_any_shown: bool,
    served: &'s Operations,
}

/// The operations of a spec as the page shows them. They are written once, because the page may be asked for
/// often.
#[derive(Debug)]
pub(super) struct Operations {
    /// The ids of the operations of all callers.
    names: Vec<String>,
    /// The table of those that are served.
    table: String,
}

impl Operations {
    pub(super) fn of(model: &Model) -> Self {
        Operations {
            names: names(model),
            table: written(&operations(model)),
        }
    }
}

/// Writes the page.
pub(super) fn page(
    recent: &Recent,
    served: &Operations,
    filter: Filter,
    now: SystemTime,
) -> String {
    let exchanges = recent.after(0);
    let rows = exchanges.iter();
    let rows = rows.map(|(number, record)| row::filtered(*number, record, &filter));
    let page = Page {
        now: shown(now),
        // An exchange that comes in the meantime is an event.
        last: exchanges.first().map_or(0, |(number, _)| *number),
        kept: KEPT,
        events: events::PATH,
        rows: rows.collect(),
        is_any_shown: exchanges.iter().any(|(_, record)| filter.shows(record)),
        served,
        filter,
    };
    let document = Document::new(&page.as_title(), &page.as_style(), &page.as_main());
    written(&document.with_forms().with_script(SCRIPT_PATH))
}

fn names(model: &Model) -> Vec<String> {
    let all = model.apis.iter().flat_map(|api| &api.operations);
    let mut names: Vec<String> = all.map(|operation| operation.id.clone()).collect();
    names.sort();
    names.dedup();
    names
}

fn operations(model: &Model) -> Table {
    let table = Table::new("Served operations", ["operation", "method", "path"]);
    let all = route::called(model)
        .flat_map(|api| route::operations(api).map(move |operation| (api, operation)));
    let rows = all.flat_map(|(api, operation)| {
        let addresses = route::addresses(api, operation);
        addresses.map(move |path| {
            [
                operation.id.clone(),
                operation.method.as_str().to_owned(),
                path,
            ]
        })
    });
    rows.fold(table, |table, row| table.row(row))
}
