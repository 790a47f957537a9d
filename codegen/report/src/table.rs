use askama::Template;
use askama::filters::HtmlSafe;

use super::{filters, written};

/// A table of texts with a head, for HTML and Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "table.html")]
pub struct Table {
    caption: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl HtmlSafe for Table {}

#[derive(Template)]
#[template(path = "table.md")]
struct Markdown<'t>(&'t Table);

impl Table {
    /// Creates a table without rows. Screen readers read the caption; it is not shown.
    pub fn new<T: Into<String>>(
        caption: impl Into<String>,
        head: impl IntoIterator<Item = T>,
    ) -> Self {
        Table {
            caption: caption.into(),
            head: head.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    #[must_use]
    pub fn row<T: Into<String>>(mut self, cells: impl IntoIterator<Item = T>) -> Self {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }

    /// Returns whether the table has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the table as Markdown, with every cell as code and a line break at the end.
    pub fn markdown(&self) -> String {
        written(&Markdown(self)) + "\n"
    }
}
