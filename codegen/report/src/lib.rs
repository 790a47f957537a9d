//! The parts that all reports for people share: the HTML page, its tables and badges, and Markdown that GitHub
//! renders.
//!
//! A report is a struct with `#[derive(askama::Template)]` and a file below ``templates``. The file's extension
//! decides how values are escaped: `.html` as HTML, `.md` as Markdown ([`MarkdownText`]). An HTML report has
//! the blocks `title`, `style` (more CSS) and `main`, which [`Document`] puts into the page. The
//! parts are templates, too, and need no `|safe` in HTML. In Markdown, `{{ value|code }}` writes a value as
//! code, with `crate::filters` in scope.
//!
//! This crate knows no spec and no model: it only knows how reports look.
//!
//! ```
//! use askama::Template;
//! use payspec_report::{Badge, Document, Table, Tone, written};
//!
//! #[derive(Template)]
//! #[template(
//!     ext = "html",
//!     source = "{% block title %}A report{% endblock %}{% block style %}{% endblock %}\
//!         {% block main %}<h1>{{ badge }} A report</h1>{{ table }}{% endblock %}",
//!     blocks = ["title", "style", "main"],
//! )]
//! struct Page {
//!     badge: Badge,
//!     table: Table,
//! }
//!
//! let page = Page {
//!     badge: Badge::new(Tone::Bad, "breaking"),
//!     table: Table::new("Limits", ["place", "says"]).row(["pay <request>", "64"]),
//! };
//! let page = written(&Document::new(&page.as_title(), &page.as_style(), &page.as_main()));
//! assert!(page.contains("pay &#60;request&#62;</th><td>64</td>"));
//! ```

mod aligned;
mod badge;
mod document;
mod escape;
pub mod filters;
mod table;
#[cfg(test)]
mod tests;

pub use aligned::{Aligned, Line, Piece, Row, SideBySide, apart};
pub use badge::{Badge, Tone};
pub use document::Document;
pub use escape::{MarkdownText, code, plain, quoted, sentence};
pub use table::Table;

use askama::Template;

/// The style of the page that all reports share: colours, tables, badges. Other pages can begin with it.
pub const STYLE: &str = include_str!("../templates/page.css");

/// Renders a template.
pub fn written(template: &impl Template) -> String {
    let mut text = String::new();
    // Writing to a `String` does not fail, and neither does any of our filters.
    let _ = template.render_into(&mut text);
    text
}
