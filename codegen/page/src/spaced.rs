//! Tables that were copied as text with a space between their cells.

use super::field::declared;
use super::item::{Item, Kind, Row};
use super::lexicon::{Column, Lexicon, type_norm};
use super::tables::Head;
use super::text::is_wire_name;

/// The greatest length of a row, and the greatest number of words before the name in it.
const LONGEST: usize = 2000;
const WORDS: usize = 6;

/// Makes rows of the lines of such tables. The other lines are left as they are, and go on with the cell above them.
pub(super) fn rows(lexicon: &Lexicon, mut items: Vec<Item>) -> Vec<Item> {
    let mut table: Option<Table> = None;
    for item in &mut items {
        if item.kind != Kind::Text {
            table = None;
            continue;
        }
        if let Some((row, columns)) = head(lexicon, item) {
            let nesting = match table.take() {
                Some(outer) => outer.inner(),
                None => Some(0),
            };
            table = Some(Table::of(columns, nesting));
            item.kind = Kind::Row(Row {
                nesting: nesting.unwrap_or(1),
                ..row
            });
        } else if lexicon.title(&item.text).is_some() {
            table = None;
        } else if let Some(table) = &mut table
            && let Some(row) = table.row(lexicon, &item.text)
        {
            item.kind = Kind::Row(row);
        }
    }
    items
}

/// A table that is being read.
struct Table {
    columns: Vec<Column>,
    /// The number of tables around it. [`None`] if its lines may be those of several.
    nesting: Option<u8>,
    /// True if the last row is that of an object, whose fields the next table lists.
    of_object: bool,
    /// True if the outermost rows say where their parameters are, which tells them from those of objects.
    located: bool,
}

impl Table {
    fn of(columns: Vec<Column>, nesting: Option<u8>) -> Self {
        Table {
            columns,
            nesting,
            of_object: false,
            located: nesting != Some(0),
        }
    }

    /// Returns the number of tables around the table that begins below the last row. [`None`] if nothing shows where it
    /// ends.
    fn inner(&self) -> Option<u8> {
        match self.nesting {
            Some(0) if !self.of_object => Some(0),
            Some(0) if self.located => Some(1),
            Some(_) | None => None,
        }
    }

    fn row(&mut self, lexicon: &Lexicon, text: &str) -> Option<Row> {
        let (cells, is_object) = cells(lexicon, &self.columns, text)?;
        let is_located = cells.last().is_some_and(|cell| lexicon.is_located(cell));
        if is_located {
            self.nesting = Some(0);
            self.located = true;
        }
        self.of_object = is_object;
        let nesting = self.nesting?;
        Some(Row {
            nesting,
            ..Row::new(cells, true)
        })
    }
}

/// Reads the head of a table, whose words are all names of columns.
fn head(lexicon: &Lexicon, item: &Item) -> Option<(Row, Vec<Column>)> {
    const LONGEST: usize = 100;
    if item.text.len() > LONGEST {
        return None;
    }
    let words = || item.text.split_whitespace();
    let columns = words().map(|word| lexicon.parameter_columns.get(&type_norm(word)).copied());
    let columns: Vec<Column> = columns.collect::<Option<_>>()?;
    let row = Row::new(words(), true);
    let is_order = matches!(
        columns.as_slice(),
        [Column::Title, Column::Name, Column::Type, rest @ ..]
            if matches!(rest, [Column::Required, Column::Description] | [Column::Description])
    );
    let of_row = Item {
        kind: Kind::Row(row.clone()),
        ..item.clone()
    };
    let lists = is_order && Head::of_parameters(lexicon, &of_row).is_some();
    lists.then_some((row, columns))
}

/// Splits a row into its cells: a title, a name, its type, its requirement, if the copy has one, and its description.
/// The second part is true for an object or a list.
fn cells<'t>(lexicon: &Lexicon, columns: &[Column], text: &'t str) -> Option<(Vec<&'t str>, bool)> {
    if text.len() > LONGEST {
        return None;
    }
    let ends = text.match_indices(' ').map(|(at, _)| at);
    let mut start = 0;
    let mut words = Vec::new();
    for end in ends.chain([text.len()]).take(WORDS * 2) {
        if let Some(word) = text.get(start..end)
            && !word.is_empty()
        {
            words.push((start, end, word));
        }
        start = end + 1;
    }
    for (at, (start, end, name)) in words.iter().enumerate().skip(1).take(WORDS) {
        let is_name = is_wire_name(name) && name.starts_with(|c: char| c.is_ascii_lowercase());
        if !is_name {
            continue;
        }
        // `string[1, 32]` has a space.
        let types = words.get(at + 1..).unwrap_or_default().iter().take(2);
        for (_, type_end, _) in types {
            let ty = text.get(*end..*type_end).unwrap_or_default().trim();
            let (found, unknown) = declared(lexicon, ty);
            let Some(found) = found.ty.filter(|ty| unknown.is_none() && ty.name.is_none()) else {
                continue;
            };
            let rest = text.get(*type_end..).unwrap_or_default().trim_start();
            let title = text.get(..*start).unwrap_or_default().trim_end();
            let mut cells = vec![title, *name, ty];
            let rest = if columns.contains(&Column::Required) {
                let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
                let is_requirement = lexicon.is_requirement(word);
                let (cell, rest) = if is_requirement {
                    (word, after)
                } else {
                    ("", rest)
                };
                cells.push(cell);
                rest
            } else {
                rest
            };
            cells.push(rest.trim_start());
            return Some((cells, found.kind.has_parts()));
        }
    }
    None
}
