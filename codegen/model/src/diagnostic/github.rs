use std::fmt::Write;

use super::{Diagnostic, Diagnostics, place};
use crate::source_map::SourceMap;

/// Renders the diagnostics as workflow commands, one per line, which GitHub shows beside the changed
/// lines.
pub fn github(diagnostics: &Diagnostics, sources: &SourceMap) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics.shown() {
        annotation(diagnostic, sources).write(&mut text);
    }
    text
}

fn annotation(diagnostic: &Diagnostic, sources: &SourceMap) -> Annotation {
    let mut message = diagnostic.message.clone();
    for help in &diagnostic.help {
        message += "\nhelp: ";
        message += help;
    }
    let at = diagnostic.primary.as_ref().map(|label| {
        let (file, place) = place(sources, label);
        let (start, end) = (place.start, place.end);
        At {
            file,
            line: start.line,
            column: start.column,
            end: Some((end.line, end.column)),
        }
    });
    Annotation {
        level: diagnostic.level().as_str(),
        title: diagnostic.code.id.to_owned(),
        message,
        at,
    }
}

/// A workflow command that shows a message beside a line.
pub struct Annotation {
    /// `error`, `warning` or `notice`.
    pub level: &'static str,
    /// The title above the message.
    pub title: String,
    /// The message; it may have several lines.
    pub message: String,
    /// The place; [`None`] if it concerns no file.
    pub at: Option<At>,
}

/// A place in a file. Lines and columns count from 1.
pub struct At {
    /// The path from the root of the repository.
    pub file: String,
    /// The line it starts in.
    pub line: u32,
    /// The column it starts at.
    pub column: u32,
    /// Line and column after its end, if known.
    pub end: Option<(u32, u32)>,
}

impl Annotation {
    /// Writes the command as one line.
    pub fn write(&self, text: &mut String) {
        let mut properties = String::new();
        // Writing to a String cannot fail.
        if let Some(At {
            file,
            line,
            column,
            end,
        }) = &self.at
        {
            let _ = write!(
                properties,
                "file={},line={line},col={column},",
                property(file)
            );
            if let Some((line, column)) = end {
                let _ = write!(properties, "endLine={line},endColumn={column},");
            }
        }
        let Annotation {
            level,
            title,
            message,
            ..
        } = self;
        let (title, message) = (property(title), data(message));
        let _ = writeln!(text, "::{level} {properties}title={title}::{message}");
    }
}

/// Escapes the data of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
