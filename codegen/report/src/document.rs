use askama::Template;

use super::written;

/// An HTML report: the page that all reports share, around the blocks of one of them.
///
/// The template of a report is a file with the blocks `title`, `style` (more CSS) and `main`, and its struct
/// has `#[template(path = …, blocks = ["title", "style", "main"])]`.
#[derive(Template)]
#[template(path = "page.html")]
pub struct Document {
    title: String,
    style: String,
    main: String,
    has_forms: bool,
    script: Option<&'static str>,
}

impl Document {
    /// Puts the blocks of a report together.
    pub fn new(title: &impl Template, style: &impl Template, main: &impl Template) -> Self {
        Document {
            title: written(title),
            style: written(style),
            main: written(main),
            has_forms: false,
            script: None,
        }
    }

    /// Allows forms that the server of the page receives.
    #[must_use]
    pub fn with_forms(mut self) -> Self {
        self.has_forms = true;
        self
    }

    /// Adds a script from the server of the page, which may connect to that server only.
    #[must_use]
    pub fn with_script(mut self, path: &'static str) -> Self {
        self.script = Some(path);
        self
    }
}
