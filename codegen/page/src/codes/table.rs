//! Reads from the rows of a table of codes what its head does not say: the column of the status, and cells on later lines.

use super::words::bare;
use crate::item::{Item, Kind, Row};
use crate::lexicon::{Column, Lexicon, type_norm};
use crate::tables::{Head, is_ruler};

/// The statuses that pages use.
const USUAL: [&str; 3] = ["S", "F", "U"];

/// The number of lines that a cell may go on below its row.
const LINES: usize = 20;

/// Adds the column of the status to a head without one: the only unknown column that holds a status in
/// each row. Returns whether there is one.
pub(super) fn find_status<'i>(
    lexicon: &Lexicon,
    head: &mut Head,
    below: impl Iterator<Item = &'i Item>,
) -> bool {
    if head.has(Column::Status) {
        return false;
    }
    let rows = below.map_while(|item| match &item.kind {
        Kind::Row(row) => Some(row),
        Kind::Text | Kind::Bullet | Kind::Term(_) => None,
        Kind::Heading(_) | Kind::Code | Kind::Fence => None,
    });
    let rows = rows.filter(|row| !is_ruler(row));
    let rows: Vec<&Row> = rows
        .take_while(|row| Head::of_codes(lexicon, row).is_none())
        .collect();
    let is_status = |cell: &String| {
        let cell = bare(cell);
        USUAL.contains(&cell) || lexicon.status.contains_key(&type_norm(cell))
    };
    let holds_statuses = |at: &usize| {
        let mut cells = rows.iter().map(|row| row.cells.get(*at));
        !rows.is_empty() && cells.all(|cell| cell.is_some_and(is_status))
    };
    let unknown: Vec<usize> = head.unknown().filter(holds_statuses).collect();
    match unknown.as_slice() {
        [only] => {
            head.name(*only, Column::Status);
            true
        }
        _ => false,
    }
}

/// Returns whether the last cell of a row stands on the lines below, up to a bar: the table ended for
/// the Markdown reader, not for the author.
pub(super) fn goes_on_below<'i>(mut below: impl Iterator<Item = &'i Item>) -> bool {
    let mut lines = 0;
    let end = below.by_ref().take(LINES + 1).find(|item| {
        lines += 1;
        !matches!(item.kind, Kind::Text | Kind::Bullet) || item.text.ends_with('|')
    });
    let is_bar = |item: &Item| match &item.kind {
        Kind::Row(row) => row.cells.iter().all(|cell| cell.trim().is_empty()),
        Kind::Text | Kind::Bullet => item.text.ends_with('|'),
        Kind::Heading(_) | Kind::Term(_) | Kind::Code | Kind::Fence => false,
    };
    lines > 1 && end.is_some_and(is_bar)
}
