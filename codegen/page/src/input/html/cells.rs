//! Cells that reach over several columns or rows: each row has all that stand in it.

use std::collections::BTreeMap;

/// Over how many columns or rows a cell reaches.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span(usize);

impl Default for Span {
    fn default() -> Self {
        Span(1)
    }
}

impl Span {
    /// Returns what an attribute says; no table of a page is larger than this.
    pub(super) fn of(attribute: Option<&str>) -> Self {
        const MOST: usize = 100;
        let number = attribute.and_then(|text| text.trim().parse().ok());
        Span(number.unwrap_or(1).clamp(1, MOST))
    }
}

/// Cells that reach into later rows, by column: in how many more, and what they say.
#[derive(Debug, Default)]
pub(super) struct Hanging(BTreeMap<usize, (usize, String)>);

impl Hanging {
    /// A new row, in which they stand.
    pub(super) fn row(&mut self) -> Cells {
        let from_above = self.0.iter().map(|(at, (_, text))| (*at, text.clone()));
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
    from_above: BTreeMap<usize, String>,
    cells: Vec<String>,
}

impl Cells {
    /// Adds a cell behind those that are there. In columns that it reaches over it says nothing more.
    pub(super) fn push(&mut self, text: String, spans: (Span, Span), hanging: &mut Hanging) {
        self.take_from_above();
        let (Span(columns), Span(rows)) = spans;
        for column in 0..columns {
            let text = if column == 0 {
                text.clone()
            } else {
                String::new()
            };
            if rows > 1 {
                hanging.0.insert(self.cells.len(), (rows - 1, text.clone()));
            }
            self.cells.push(text);
        }
    }

    /// The whole row; none when nothing of it is its own.
    pub(super) fn finish(mut self) -> Vec<String> {
        if !self.cells.is_empty() {
            self.take_from_above();
        }
        self.cells
    }

    fn take_from_above(&mut self) {
        while let Some(text) = self.from_above.remove(&self.cells.len()) {
            self.cells.push(text);
        }
    }
}
