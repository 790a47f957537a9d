//! Tables for people: columns aligned by characters, nothing wrapped.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::output::bold;

/// A table: a heading and rows of cells.
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Creates a table with these column names.
    pub(super) fn new<'t>(heading: impl IntoIterator<Item = &'t str>) -> Self {
        let heading = heading.into_iter().map(str::to_owned);
        Table {
            rows: vec![heading.collect()],
        }
    }

    /// Adds a row, with as many cells as the table has columns.
    pub(super) fn row<'t>(&mut self, cells: impl IntoIterator<Item = &'t str>) {
        let cells = cells.into_iter().map(super::output::plain);
        self.rows.push(cells.collect());
    }

    /// Writes the table after an indent. The last column is not padded.
    pub(super) fn write(&self, out: &mut impl Write, indent: &str) -> io::Result<()> {
        let widths = self.widths();
        for (index, row) in self.rows.iter().enumerate() {
            let mut line = indent.to_owned();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width + 2 - cell.width()));
            }
            let line = line.trim_end();
            match index {
                0 => writeln!(out, "{}", bold(line))?,
                _ => writeln!(out, "{line}")?,
            }
        }
        Ok(())
    }

    fn widths(&self) -> Vec<usize> {
        let count = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut widths = vec![0; count];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.width().max(*width);
            }
        }
        widths
    }
}
