//! Handles cells that span several columns or rows, so that each row has all of its cells.

use std::collections::BTreeMap;

/// The number of columns or rows that a cell spans.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span(usize);

impl Default for Span {
    fn default() -> Self {
        Span(1)
    }
}

impl Span {
    /// Parses the value of an attribute; larger spans than any page needs are cut.
    pub(super) fn of(attribute: Option<&str>) -> Self {
        const MOST: usize = 100;
        let number = attribute.and_then(|text| text.trim().parse().ok());
        Span(number.unwrap_or(1).clamp(1, MOST))
    }
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    /// The width of the space before the text.
    pub(super) indent: u16,
}

/// Cells that extend into later rows, by column: the number of those rows, and the cell.
#[derive(Debug, Default)]
pub(super) struct Hanging(BTreeMap<usize, (usize, Cell)>);

impl Hanging {
    /// Begins a row with the cells that extend into it.
    pub(super) fn row(&mut self) -> Cells {
        let from_above = self.0.iter().map(|(at, (_, cell))| (*at, cell.clone()));
        let from_above = from_above.collect();
        self.0.retain(|_, (rows, _)| {
            *rows -= 1;
            *rows > 0
        });
        Cells {
            from_above,
            cells: Vec::new(),
        }
    }
}

/// The cells of a row.
#[derive(Debug, Default)]
pub(super) struct Cells {
    from_above: BTreeMap<usize, Cell>,
    cells: Vec<Cell>,
}

impl Cells {
    /// Adds a cell after the others. The further columns that it spans stay empty.
    pub(super) fn push(&mut self, cell: Cell, spans: (Span, Span), hanging: &mut Hanging) {
        self.take_from_above();
        let (Span(columns), Span(rows)) = spans;
        for column in 0..columns {
            let cell = if column == 0 {
                cell.clone()
            } else {
                Cell::default()
            };
            if rows > 1 {
                hanging.0.insert(self.cells.len(), (rows - 1, cell.clone()));
            }
            self.cells.push(cell);
        }
    }

    /// Returns the whole row; empty if it has no cell of its own.
    pub(super) fn finish(mut self) -> Vec<Cell> {
        if !self.cells.is_empty() {
            self.take_from_above();
        }
        self.cells
    }

    fn take_from_above(&mut self) {
        while let Some(cell) = self.from_above.remove(&self.cells.len()) {
            self.cells.push(cell);
        }
    }
}
