use askama::Template;
use askama::filters::HtmlSafe;

use super::{filters, written};

/// Rows of texts under a head, for HTML and Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "report/table.html")]
pub struct Table {
    caption: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl HtmlSafe for Table {}

#[derive(Template)]
#[template(path = "report/table.md")]
struct Markdown<'t>(&'t Table);

impl Table {
    /// A table without rows. The caption is for those who hear the page; it is not shown.
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

    /// With one more row.
    #[must_use]
    pub fn row<T: Into<String>>(mut self, cells: impl IntoIterator<Item = T>) -> Self {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }

    /// Returns whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// As Markdown, with every cell in the look of code; a line break stands at the end.
    pub fn markdown(&self) -> String {
        written(&Markdown(self)) + "\n"
    }
}
