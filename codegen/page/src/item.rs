//! The common form of all inputs: a list of lines, each with its role in the layout and its
//! position.

/// One line of the page's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// The line of the page, from 1.
    pub(super) line: u32,
    /// The role in the layout.
    pub(super) kind: Kind,
    /// The text without markup; inline code is in backticks.
    pub(super) text: String,
    /// The number of its paragraph: lines of one paragraph may be one sentence.
    pub(super) paragraph: u32,
}

/// The role of a line in the layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading; 1 is the highest.
    Heading(u8),
    /// A line of a paragraph.
    Text,
    /// A line of a list.
    Bullet,
    /// A row of a table.
    Row(Row),
    /// A line of a code block.
    Code,
    /// The fence around a code block.
    Fence,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The cells; lines of a cell are separated by line feeds.
    pub(super) cells: Vec<String>,
    /// True if the row ends here; otherwise its last cell continues in the next lines.
    pub(super) closed: bool,
}

impl Item {
    pub(super) fn row(&self) -> Option<&Row> {
        match &self.kind {
            Kind::Row(row) => Some(row),
            Kind::Heading(_) | Kind::Text | Kind::Bullet | Kind::Code | Kind::Fence => None,
        }
    }

    pub(super) fn heading(&self) -> Option<u8> {
        match self.kind {
            Kind::Heading(level) => Some(level),
            Kind::Text | Kind::Bullet | Kind::Row(_) | Kind::Code | Kind::Fence => None,
        }
    }

    /// Returns whether it is prose: a line of a paragraph or of a list.
    pub(super) fn is_prose(&self) -> bool {
        match self.kind {
            Kind::Text | Kind::Bullet => true,
            Kind::Heading(_) | Kind::Row(_) | Kind::Code | Kind::Fence => false,
        }
    }
}

/// Reads a line that is written as a row although no table was recognised: `| a | b |`,
/// `a | b | c`, or with tabs between the cells.
pub(super) fn row_of(text: &str) -> Option<Row> {
    let cells = |text: &str, mark: char| {
        let cells = text.split(mark).map(|cell| cell.trim().to_owned());
        cells.collect::<Vec<_>>()
    };
    if let Some(inner) = text.strip_prefix('|') {
        let (inner, closed) = match inner.trim_end().strip_suffix('|') {
            Some(inner) => (inner, true),
            None => (inner, inner.trim().is_empty()),
        };
        return Some(Row {
            cells: cells(inner, '|'),
            closed,
        });
    }
    // A single tab may occur between words.
    let (text, mark) = if text.matches('\t').take(2).count() == 2 {
        (text, '\t')
    } else if text.matches(" | ").take(2).count() == 2 {
        (text.strip_suffix('|').unwrap_or(text), '|')
    } else {
        return None;
    };
    Some(Row {
        cells: cells(text, mark),
        closed: true,
    })
}
