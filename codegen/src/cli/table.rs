//! Tables for people: columns aligned by characters, nothing wrapped.

use std::io::{self, Write};

use super::output::bold;

/// Rows of cells below a heading.
pub(super) struct Table<const N: usize> {
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// A table with these column names.
    pub(super) fn new(heading: [&str; N]) -> Self {
        Table {
            rows: vec![heading.map(str::to_owned)],
        }
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: [&str; N]) {
        self.rows.push(cells.map(super::output::plain));
    }

    /// Writes the table; the last column is not padded.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let widths = self.widths();
        for (index, row) in self.rows.iter().enumerate() {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width + 2 - columns(cell)));
            }
            let line = line.trim_end();
            match index {
                0 => writeln!(out, "{}", bold(line))?,
                _ => writeln!(out, "{line}")?,
            }
        }
        Ok(())
    }

    fn widths(&self) -> [usize; N] {
        std::array::from_fn(|column| {
            self.rows
                .iter()
                .map(|row| columns(&row[column]))
                .max()
                .unwrap_or(0)
        })
    }
}

/// Columns that a text takes on a terminal: two for the characters of East Asia's wide scripts.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|char| if is_wide(char) { 2 } else { 1 })
        .sum()
}

fn is_wide(char: char) -> bool {
    matches!(char, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}
