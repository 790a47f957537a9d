use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level as Heading, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Label, Level, totals};
use crate::source_map::{FileId, SourceMap};

/// Renders the diagnostics in the style of rustc, with ANSI colours if requested. Empty if there are
/// none.
pub fn human(diagnostics: &Diagnostics, sources: &SourceMap, colours: bool) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let renderer = if colours {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut shown = Texts::default();
    let mut text = String::new();
    for diagnostic in diagnostics.shown() {
        shown.prepare(diagnostic, sources);
        let groups = [group(diagnostic, sources, &shown)];
        text += &renderer.render(&groups);
        text += "\n\n";
    }
    text += &totals(diagnostics);
    text.push('\n');
    text
}

/// The texts of the files with sensitive values masked, made on first use.
#[derive(Default)]
struct Texts(BTreeMap<FileId, (String, String)>);

impl Texts {
    fn prepare(&mut self, diagnostic: &Diagnostic, sources: &SourceMap) {
        for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
            let file = label.span.file;
            self.0
                .entry(file)
                .or_insert_with(|| (sources.path(file), sources.file(file).shown()));
        }
    }
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &SourceMap, texts: &'a Texts) -> Group<'a> {
    let heading = match diagnostic.level() {
        Level::Error => Heading::ERROR,
        Level::Warning => Heading::WARNING,
    };
    let title = heading
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.id);
    let mut group = Group::with_title(title);
    let mut files: Vec<FileId> = Vec::new();
    for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    for file in files {
        let Some((path, text)) = texts.0.get(&file) else {
            continue;
        };
        let window = window(diagnostic, sources, file, text);
        let mut snippet = Snippet::source(&text[window.start..window.end])
            .line_start(window.line)
            .path(path.as_str());
        let mine = |label: &&Label| label.span.file == file;
        for label in diagnostic.primary.iter().filter(mine) {
            snippet = snippet.annotation(annotation(AnnotationKind::Primary, label, &window));
        }
        for label in diagnostic.secondary.iter().filter(mine) {
            snippet = snippet.annotation(annotation(AnnotationKind::Context, label, &window));
        }
        group = group.element(snippet);
    }
    for help in &diagnostic.help {
        group = group.element(Heading::HELP.message(help.as_str()));
    }
    group
}

fn annotation<'a>(
    kind: AnnotationKind,
    label: &'a Label,
    window: &Window,
) -> annotate_snippets::Annotation<'a> {
    let place = |offset: u32| (offset as usize).clamp(window.start, window.end) - window.start;
    let annotation = kind.span(place(label.span.start)..place(label.span.end));
    match label.text.as_str() {
        "" => annotation,
        text => annotation.label(text),
    }
}

/// The lines of a file that the labels touch, so that the renderer does not process the rest.
struct Window {
    start: usize,
    end: usize,
    line: usize,
}

fn window(diagnostic: &Diagnostic, sources: &SourceMap, file: FileId, text: &str) -> Window {
    let labels = diagnostic.primary.iter().chain(&diagnostic.secondary);
    let spans = labels
        .map(|label| label.span)
        .filter(|span| span.file == file);
    let (start, end) = spans.fold((u32::MAX, 0), |(start, end), span| {
        (start.min(span.start), end.max(span.end))
    });
    let start = (start as usize).min(text.len());
    let end = (end as usize).clamp(start, text.len());
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let span = crate::source_map::Span::new(file, start as u32, start as u32);
    let line = sources.positions(span).0.line as usize;
    Window { start, end, line }
}
