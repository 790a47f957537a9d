//! A copy of a page, and what the user knows of it.

use crate::Page;

/// A page with its name.
#[derive(Debug, Clone, Copy)]
pub struct Copy<'p> {
    /// The name in reports, such as the path of its file.
    pub name: &'p str,
    /// The facts of the page.
    pub page: &'p Page,
}

/// The facts about a page that the user supplied.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'h> {
    /// The operation that it describes.
    pub operation: Option<&'h str>,
    /// The tag of the source that the page is.
    pub source: Option<&'h str>,
}
