//! Tables that begin a section on a page that has lost its headings.

use crate::facts::Section;
use crate::item::{Item, Kind};
use crate::lexicon::{Column, Lexicon};
use crate::tables::{Head, is_ruler};

/// The number of rows that are looked at.
const ROWS: usize = 20;

/// Returns the section that the table at a place begins. `by_table` is true if a table began the section so far.
pub(super) fn begun(
    lexicon: &Lexicon,
    items: &[Item],
    at: usize,
    now: Section,
    by_table: bool,
) -> Option<Section> {
    let item = items.get(at)?;
    let row = item.row().filter(|row| row.nesting == 0)?;
    if Head::of_parameters(lexicon, item).is_some() {
        let is_located = is_located(lexicon, items, at);
        let above = at.checked_sub(1).and_then(|above| items.get(above));
        return match now {
            Section::Head => is_located.then_some(Section::Request),
            Section::Request | Section::Examples => {
                let answers = by_table && !is_located && above.is_some_and(is_message);
                answers.then_some(Section::Response)
            }
            Section::Response
            | Section::Objects
            | Section::MoreInformation
            | Section::ResultLogic
            | Section::Codes
            | Section::Footer
            | Section::Other => None,
        };
    }
    let may_end = match now {
        Section::Head | Section::Request | Section::Response | Section::Examples => true,
        Section::Objects
        | Section::MoreInformation
        | Section::ResultLogic
        | Section::Codes
        | Section::Footer
        | Section::Other => false,
    };
    let codes = may_end.then(|| Head::of_codes(lexicon, row))?;
    let lists_codes = codes.is_some_and(|head| {
        let columns = [Column::HttpStatus, Column::Message, Column::Action];
        columns.into_iter().all(|column| head.has(column))
    });
    lists_codes.then_some(Section::Codes)
}

/// Returns whether a row of the table says that its parameter is in the path, the query or the body of a request.
fn is_located(lexicon: &Lexicon, items: &[Item], head: usize) -> bool {
    let rows = items.iter().skip(head + 1).take(ROWS).map_while(Item::row);
    let mut rows = rows.filter(|row| !is_ruler(row));
    rows.any(|row| {
        let last = row.cells.last();
        last.is_some_and(|cell| lexicon.is_located(cell))
    })
}

/// Returns whether a line is a message or an address, as the example between the two tables of a page is.
fn is_message(item: &Item) -> bool {
    match item.kind {
        Kind::Code | Kind::Fence => true,
        Kind::Text => item.text.starts_with(['{', '}', '[', ']']) || item.text.contains("://"),
        Kind::Heading(_) | Kind::Bullet | Kind::Term(_) | Kind::Row(_) => false,
    }
}
