use std::fmt::Write;

use super::{Diagnostic, Diagnostics, place};
use crate::source::SourceMap;

/// The diagnostics as workflow commands, one a line, which GitHub shows beside the changed lines.
pub fn github(diagnostics: &Diagnostics, sources: &SourceMap) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics.shown() {
        command(&mut text, diagnostic, sources);
    }
    text
}

fn command(text: &mut String, diagnostic: &Diagnostic, sources: &SourceMap) {
    let mut message = diagnostic.message.clone();
    for help in &diagnostic.help {
        message += "\nhelp: ";
        message += help;
    }
    let mut properties = String::new();
    if let Some(label) = &diagnostic.primary {
        let (file, place) = place(sources, label);
        let (start, end) = (place.start, place.end);
        // Writing to a String cannot fail.
        let _ = write!(
            properties,
            "file={},line={},col={},endLine={},endColumn={},",
            property(&file),
            start.line,
            start.column,
            end.line,
            end.column,
        );
    }
    let level = diagnostic.level().as_str();
    let title = diagnostic.code.id;
    let _ = writeln!(
        text,
        "::{level} {properties}title={title}::{}",
        data(&message)
    );
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
