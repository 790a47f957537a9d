//! The status page of the mock gateway.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use askama::Template;

use super::log_entry::{LogEntry, shown};
use super::route;
use payspec_model::model::Model;
use payspec_report::{Document, Table, plain, written};

/// The number of exchanges that are kept and shown.
const KEPT: usize = 100;

/// The last exchanges, and the number of all exchanges.
#[derive(Debug, Default)]
pub(super) struct Recent(Mutex<(u64, VecDeque<LogEntry>)>);

impl Recent {
    /// Adds an exchange, and drops the oldest one when there are too many.
    pub(super) fn add(&self, record: LogEntry) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.0 += 1;
        if kept.1.len() == KEPT {
            kept.1.pop_back();
        }
        kept.1.push_front(record);
    }

    /// Returns the last exchanges, the latest first.
    pub(super) fn all(&self) -> Vec<LogEntry> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.1.iter().cloned().collect()
    }

    pub(super) fn page(&self, model: &Model, now: SystemTime) -> String {
        let total = self.0.lock().unwrap_or_else(PoisonError::into_inner).0;
        let page = Page {
            now: shown(now),
            total,
            exchanges: exchanges(&self.all()),
            operations: operations(model),
        };
        let document = Document::new(&page.as_title(), &page.as_style(), &page.as_main());
        written(&document.with_forms())
    }
}

#[derive(Template)]
#[template(path = "mock/status.html", blocks = ["title", "style", "main"])]
struct Page {
    now: String,
    total: u64,
    exchanges: Table,
    operations: Table,
}

fn exchanges(records: &[LogEntry]) -> Table {
    let head = [
        "time",
        "operation or path",
        "client",
        "key",
        "answer",
        "remarks",
    ];
    let table = Table::new("The last exchanges, newest first", head);
    records.iter().fold(table, |table, record| {
        let text = |text: &Option<String>| plain(text.as_deref().unwrap_or_default());
        let mut what = plain(record.operation.as_ref().unwrap_or(&record.path));
        if let Some(to) = &record.to {
            what = format!("{what} to {}", plain(to));
        }
        let mut answer = vec![
            match record.http_status {
                0 => "none".to_owned(),
                status => status.to_string(),
            },
            text(&record.status),
            text(&record.code),
        ];
        answer.extend(record.replayed.then(|| "(replayed)".to_owned()));
        answer.extend(record.faults.iter().cloned());
        let mut said: Vec<String> = record.note.iter().map(|note| plain(note)).collect();
        said.extend(record.violations.iter().map(|one| plain(&one.to_string())));
        table.row([
            shown(record.at),
            what,
            text(&record.client_id),
            text(&record.key),
            answer.join(" "),
            said.join("; "),
        ])
    })
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
