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
    /// The width of the space before a line of plain text.
    pub(super) indent: u16,
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
    /// A term of a definition list; 1 is the outermost list.
    Term(u8),
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
    /// The width of the space before the text of each cell.
    pub(super) indents: Vec<u16>,
    /// True if the row ends here; otherwise its last cell continues in the next lines.
    pub(super) closed: bool,
    /// The number of tables around its table.
    pub(super) nesting: u8,
}

impl Row {
    /// Makes a row of an outermost table from cells with the space around their text.
    pub(super) fn new<'t>(cells: impl IntoIterator<Item = &'t str>, closed: bool) -> Self {
        let (mut texts, mut indents) = (Vec::new(), Vec::new());
        for cell in cells {
            indents.push(indent(cell));
            texts.push(cell.trim().to_owned());
        }
        Row {
            cells: texts,
            indents,
            closed,
            nesting: 0,
        }
    }
}

/// Returns the width of the space before a text.
pub(super) fn indent(text: &str) -> u16 {
    let spaces = text.chars().take_while(|char| char.is_whitespace());
    let width = spaces
        .map(|char| if char == '\t' { 4 } else { 1 })
        .sum::<usize>();
    u16::try_from(width).unwrap_or(u16::MAX)
}

impl Item {
    pub(super) fn row(&self) -> Option<&Row> {
        match &self.kind {
            Kind::Row(row) => Some(row),
            Kind::Heading(_)
            | Kind::Text
            | Kind::Bullet
            | Kind::Term(_)
            | Kind::Code
            | Kind::Fence => None,
        }
    }

    pub(super) fn heading(&self) -> Option<u8> {
        match self.kind {
            Kind::Heading(level) => Some(level),
            Kind::Text | Kind::Bullet | Kind::Term(_) | Kind::Row(_) | Kind::Code | Kind::Fence => {
                None
            }
        }
    }

    /// Returns whether it is prose: a line of a paragraph or of a list.
    pub(super) fn is_prose(&self) -> bool {
        match self.kind {
            Kind::Text | Kind::Bullet => true,
            Kind::Heading(_) | Kind::Term(_) | Kind::Row(_) | Kind::Code | Kind::Fence => false,
        }
    }
}

/// Reads a line that is written as a row although no table was recognised: `| a | b |`,
/// `a | b | c`, or with tabs between the cells.
pub(super) fn row_of(text: &str) -> Option<Row> {
    if let Some(inner) = text.strip_prefix('|') {
        let (inner, closed) = match inner.trim_end().strip_suffix('|') {
            Some(inner) => (inner, true),
            None => (inner, inner.trim().is_empty()),
        };
        return Some(Row::new(inner.split('|'), closed));
    }
    let is_ruler = text.starts_with(['-', ':']) && text.bytes().all(|byte| b"-|: ".contains(&byte));
    if is_ruler && text.matches('|').take(2).count() == 2 {
        return Some(Row::new(text.trim_end_matches('|').split('|'), true));
    }
    // A single tab may occur between words.
    let (text, mark) = if text.matches('\t').take(2).count() == 2 {
        (text, '\t')
    } else if text.matches(" | ").take(2).count() == 2 {
        (text.strip_suffix('|').unwrap_or(text), '|')
    } else {
        return None;
    };
    Some(Row::new(text.split(mark), true))
}
