//! Reads HTML as a browser saves it: walks scraper's tree once, without recursion.

mod cells;
mod sink;

use scraper::Node;

use cells::{Cell, Cells, Hanging, Span};

use crate::error::ReadError;
use crate::item::{Item, Kind, Row, indent, row_of};

pub(super) fn items(text: &str) -> Result<Vec<Item>, ReadError> {
    let (html, lines) = sink::parse(text).ok_or(ReadError::TooDeep)?;
    let mut writer = Writer::default();
    let mut next = Some(html.tree.root());
    while let Some(node) = next {
        let down = match node.value() {
            Node::Text(text) => {
                writer.text(text, lines.of(node.id()));
                false
            }
            Node::Element(element) if is_skipped(element.name(), writer.content) => false,
            Node::Element(element) => {
                let span = |name| Span::of(element.attr(name));
                let spans = (span("colspan"), span("rowspan"));
                writer.open(element.name(), spans, lines.of(node.id()));
                writer.shift(style_indent(element.attr("style")));
                true
            }
            Node::Document | Node::Fragment => true,
            Node::Doctype(_) | Node::Comment(_) | Node::ProcessingInstruction(_) => false,
        };
        if let Some(child) = node.first_child().filter(|_| down) {
            next = Some(child);
            continue;
        }
        let mut done = node;
        next = loop {
            if let Node::Element(element) = done.value() {
                writer.close(element.name());
            }
            match (done.next_sibling(), done.parent()) {
                (Some(sibling), _) => break Some(sibling),
                (None, Some(parent)) => done = parent,
                (None, None) => break None,
            }
        };
    }
    Ok(writer.finish())
}

/// Elements without content of the page.
const SKIPPED: [&str; 6] = ["head", "script", "style", "template", "noscript", "svg"];

/// Elements that belong to the site; inside the content they may be notes.
const AROUND: [&str; 3] = ["nav", "aside", "footer"];

/// Elements that hold the content.
const CONTENT: [&str; 2] = ["main", "article"];

/// Returns whether an element is left out; `content` is the number of content elements around it.
fn is_skipped(name: &str, content: u32) -> bool {
    SKIPPED.contains(&name) || name == "nav" || AROUND.contains(&name) && content == 0
}

/// Elements that are part of a line. All others begin and end one.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "em", "font", "i", "img", "kbd", "label", "mark",
    "small", "span", "strong", "sub", "sup", "u", "wbr",
];

#[derive(Default)]
struct Writer {
    items: Vec<Item>,
    paragraph: u32,
    text: String,
    line: u32,
    heading: Option<u8>,
    lists: u32,
    pre: u32,
    /// The number of open definition lists, and whether a term is open.
    definitions: u8,
    term: bool,
    /// The number of open tables.
    tables: u8,
    /// The open row with its line, and whether one of its cells is open.
    row: Option<(u32, Cells)>,
    cell: bool,
    /// Cells that extend into later rows.
    hanging: Hanging,
    /// The same of the tables around.
    outer: Vec<Hanging>,
    /// The number of open content elements.
    content: u32,
    /// The columns and rows that the open cell spans.
    spans: (Span, Span),
    /// The width by which styles shift the text of the open cell.
    shift: u16,
    /// True if an element just ended: letters on both sides of it are two words.
    gap: bool,
}

impl Writer {
    fn open(&mut self, name: &str, spans: (Span, Span), line: u32) {
        self.content += u32::from(CONTENT.contains(&name));
        match name {
            "code" if self.pre == 0 => self.push("`", line),
            "code" => {}
            "br" => self.break_line(),
            _ if INLINE.contains(&name) => self.gap = true,
            "table" => {
                // The rows of a table inside a cell count as rows as well.
                self.end_row();
                self.block();
                self.tables = self.tables.saturating_add(1);
                self.outer.push(std::mem::take(&mut self.hanging));
            }
            "tr" => {
                self.end_row();
                self.block();
                self.row = Some((line, self.hanging.row()));
            }
            "td" | "th" if self.row.is_some() => {
                self.cell = true;
                self.text.clear();
                self.spans = spans;
                self.shift = 0;
            }
            _ if self.cell => self.break_line(),
            _ => {
                self.block();
                match name {
                    "ul" | "ol" => self.lists += 1,
                    "pre" => self.pre += 1,
                    "dl" => self.definitions = self.definitions.saturating_add(1),
                    "dt" => self.term = true,
                    _ => self.heading = level(name).or(self.heading),
                }
            }
        }
    }

    /// Shifts the text of a cell that has none yet.
    fn shift(&mut self, width: u16) {
        if self.cell && self.text.trim().is_empty() {
            self.shift = self.shift.saturating_add(width);
        }
    }

    fn close(&mut self, name: &str) {
        let content = u32::from(CONTENT.contains(&name));
        self.content = self.content.saturating_sub(content);
        match name {
            "code" if self.pre == 0 => {
                if self.text.ends_with('`') {
                    self.text.pop();
                } else {
                    self.text.push('`');
                }
            }
            "code" | "br" => {}
            _ if INLINE.contains(&name) => self.gap = true,
            "td" | "th" if self.cell => self.end_cell(),
            "tr" => self.end_row(),
            "table" => {
                self.end_row();
                self.block();
                self.tables = self.tables.saturating_sub(1);
                self.hanging = self.outer.pop().unwrap_or_default();
            }
            _ if self.cell => self.break_line(),
            _ => {
                self.block();
                match name {
                    "ul" | "ol" => self.lists = self.lists.saturating_sub(1),
                    "pre" => self.pre = self.pre.saturating_sub(1),
                    "dl" => self.definitions = self.definitions.saturating_sub(1),
                    "dt" => self.term = false,
                    _ if level(name).is_some() => self.heading = None,
                    _ => {}
                }
            }
        }
    }

    fn end_cell(&mut self) {
        if !std::mem::take(&mut self.cell) {
            return;
        }
        let raw = std::mem::take(&mut self.text);
        let cell = Cell {
            text: lines_of(&raw),
            indent: space(&raw).saturating_add(self.shift),
        };
        if let Some((_, cells)) = &mut self.row {
            cells.push(cell, self.spans, &mut self.hanging);
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let Some((line, cells)) = self.row.take() else {
            return;
        };
        let cells = cells.finish();
        if !cells.is_empty() {
            let indents = cells.iter().map(|cell| cell.indent).collect();
            let cells: Vec<String> = cells.into_iter().map(|cell| cell.text).collect();
            let text = cells.join(" | ");
            let row = Row {
                cells,
                indents,
                closed: true,
                nesting: self.tables.saturating_sub(1),
            };
            self.item(line, Kind::Row(row), text);
        }
    }

    fn text(&mut self, text: &str, line: u32) {
        let whole = self.heading.is_some() || self.cell || self.term;
        for (index, (line, part)) in (line..).zip(text.split('\n')).enumerate() {
            if index > 0 && whole {
                self.push(" ", line);
            } else if index > 0 {
                self.flush();
            }
            self.push(part, line);
        }
    }

    fn push(&mut self, text: &str, line: u32) {
        if self.text.trim().is_empty() {
            self.line = line;
        }
        let gap = std::mem::take(&mut self.gap) && self.pre == 0;
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if gap && word(self.text.chars().next_back()) && word(text.chars().next()) {
            self.text.push(' ');
        }
        self.text.push_str(text);
    }

    fn break_line(&mut self) {
        if self.cell {
            self.text.push('\n');
        } else if self.heading.is_some() || self.term {
            self.text.push(' ');
        } else {
            self.flush();
        }
    }

    /// Ends the paragraph.
    fn block(&mut self) {
        if self.row.is_none() {
            self.flush();
            self.paragraph += 1;
        }
        self.gap = false;
    }

    /// Ends the line.
    fn flush(&mut self) {
        let raw = std::mem::take(&mut self.text);
        let mut words = raw.split_whitespace();
        let Some(first) = words.next() else {
            return;
        };
        let text = words.fold(first.to_owned(), |text, word| text + " " + word);
        let row = row_of(&text).filter(|_| self.pre == 0);
        let kind = match (self.heading, row) {
            (Some(level), _) => Kind::Heading(level),
            _ if self.pre > 0 => Kind::Code,
            _ if self.term => Kind::Term(self.definitions.max(1)),
            (None, Some(row)) => Kind::Row(row),
            (None, None) if self.lists > 0 => Kind::Bullet,
            (None, None) => Kind::Text,
        };
        self.item(self.line, kind, text);
    }

    fn item(&mut self, line: u32, kind: Kind, text: String) {
        self.items.push(Item {
            line,
            kind,
            text,
            paragraph: self.paragraph,
            indent: u16::try_from(self.lists).unwrap_or(u16::MAX),
        });
    }

    fn finish(mut self) -> Vec<Item> {
        self.flush();
        self.items
    }
}

/// Returns the level of a heading element.
fn level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Returns the width of the space that a style sets before a text.
fn style_indent(style: Option<&str>) -> u16 {
    const KEYS: [&str; 3] = ["padding-left", "margin-left", "text-indent"];
    let declarations = style.unwrap_or_default().split(';');
    let widths = declarations.filter_map(|declaration| {
        let (key, value) = declaration.split_once(':')?;
        let key = key.trim().to_ascii_lowercase();
        let value = value.trim();
        let end = value.find(|char: char| !char.is_ascii_digit());
        let number = value.get(..end.unwrap_or(value.len()))?;
        KEYS.contains(&key.as_str()).then(|| number.parse().ok())?
    });
    widths.fold(0, u16::saturating_add)
}

/// Returns the width of the space before the text of a cell that a browser shows: it collapses
/// ordinary spaces.
fn space(text: &str) -> u16 {
    let space = text.get(..text.len() - text.trim_start().len());
    let shown = space
        .unwrap_or_default()
        .replace([' ', '\n', '\t', '\r'], "");
    indent(&shown)
}

/// Returns the lines of a cell, with collapsed spaces and without empty lines.
fn lines_of(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
