//! Reads Markdown with pulldown-cmark, and records the line of every piece of text.

mod notes;
mod terms;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::html;
use super::islands::{Part, parts};
use crate::error::ReadError;
use crate::item::{Item, Kind, Row, row_of};

/// Returns the lines of a page; its tables and definition lists may be HTML.
pub(super) fn items(text: &str) -> Result<Vec<Item>, ReadError> {
    let mut items: Vec<Item> = Vec::new();
    let text = &*notes::indented(text);
    let text = &*terms::outdented(text);
    for (line, part) in parts(text) {
        let paragraph = items.last().map_or(0, |item| item.paragraph + 1);
        let own = match part {
            Part::Markdown(text) => of_markdown(text),
            Part::Html(text) => html::items(text)?,
        };
        items.extend(own.into_iter().map(|item| Item {
            line: item.line + line,
            paragraph: item.paragraph + paragraph,
            ..item
        }));
    }
    Ok(items)
}

fn of_markdown(text: &str) -> Vec<Item> {
    let mut writer = Writer::new(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_DEFINITION_LIST;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        writer.event(event, range);
    }
    writer.finish()
}

struct Writer<'t> {
    source: &'t str,
    /// The start of each line.
    starts: Vec<usize>,
    items: Vec<Item>,
    paragraph: u32,
    /// The line that is being assembled, and the start of its text.
    text: String,
    at: Option<usize>,
    heading: Option<u8>,
    lists: u32,
    /// The number of open definition lists, and whether a term is open.
    definitions: u8,
    term: bool,
    /// The number of items before that term.
    title: usize,
    code: bool,
    cells: Option<Vec<String>>,
}

impl<'t> Writer<'t> {
    fn new(source: &'t str) -> Self {
        let ends = source
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(end, _)| end + 1));
        Writer {
            source,
            starts: starts.collect(),
            items: Vec::new(),
            paragraph: 0,
            text: String::new(),
            at: None,
            heading: None,
            lists: 0,
            definitions: 0,
            term: false,
            title: 0,
            code: false,
            cells: None,
        }
    }

    fn line(&self, offset: usize) -> u32 {
        let line = self.starts.partition_point(|start| *start <= offset);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) if self.code => self.code_lines(&text, range.start),
            Event::Text(text) => self.push(&text, range.start),
            Event::Code(text) => {
                self.push("`", range.start);
                self.push(&text, range.start);
                self.push("`", range.start);
            }
            Event::InlineHtml(tag) => self.inline_html(&tag, range.start),
            Event::Html(html) => {
                self.push(html.trim(), range.start);
                self.flush();
            }
            Event::SoftBreak | Event::HardBreak => {
                if self.cells.is_none() {
                    self.flush();
                }
            }
            Event::Rule => self.paragraph += 1,
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.block();
                self.heading = Some(*level as u8);
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::HtmlBlock => self.block(),
            Tag::List(_) => {
                self.block();
                self.lists += 1;
            }
            Tag::Item | Tag::DefinitionListDefinition => self.block(),
            Tag::DefinitionList => {
                self.block();
                self.definitions = self.definitions.saturating_add(1);
            }
            Tag::DefinitionListTitle => {
                self.block();
                self.term = true;
                self.title = self.items.len();
            }
            Tag::CodeBlock(_) => {
                self.block();
                self.fence(range.start);
                self.code = true;
            }
            Tag::TableHead | Tag::TableRow => {
                self.block();
                self.cells = Some(Vec::new());
            }
            Tag::TableCell => self.text.clear(),
            Tag::Table(_)
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::FootnoteDefinition(_)
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::HtmlBlock
            | TagEnd::BlockQuote(_)
            | TagEnd::DefinitionListDefinition => self.flush(),
            TagEnd::DefinitionListTitle => {
                self.flush();
                self.term = false;
                self.only_last_line_is_term();
            }
            TagEnd::DefinitionList => {
                self.flush();
                self.definitions = self.definitions.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::CodeBlock => {
                self.code = false;
                let last = self.source[range.clone()].trim_end();
                let start = range.start + last.rfind('\n').map_or(0, |at| at + 1);
                if start > range.start {
                    self.fence(start);
                }
            }
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.text);
                self.at = None;
                if let Some(cells) = &mut self.cells {
                    cells.push(text);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.row(range),
            TagEnd::Table
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn push(&mut self, text: &str, offset: usize) {
        self.at.get_or_insert(offset);
        self.text.push_str(text);
    }

    /// Drops tags that only format text; text that merely looks like a tag, as in `Array<Goods>`,
    /// stays.
    fn inline_html(&mut self, tag: &str, offset: usize) {
        const FORMAT: [&str; 13] = [
            "a", "b", "code", "div", "em", "font", "i", "p", "span", "strong", "sub", "sup", "u",
        ];
        let name = tag.trim_start_matches(['<', '/']);
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next();
        match name {
            Some("br") if self.cells.is_none() => self.flush(),
            Some("br") => self.push("\n", offset),
            Some(name) if FORMAT.contains(&name) => {}
            _ => self.push(tag, offset),
        }
    }

    fn code_lines(&mut self, text: &str, offset: usize) {
        let first = self.line(offset);
        for (line, text) in (first..).zip(text.lines()) {
            if !text.trim().is_empty() {
                self.item(line, Kind::Code, text.trim().to_owned());
            }
        }
    }

    /// Makes text of the lines above a term that no blank line separates from it: they belong to the definition around it.
    fn only_last_line_is_term(&mut self) {
        let lines = self.items.get_mut(self.title..).unwrap_or_default();
        if let Some((_, above)) = lines.split_last_mut() {
            for item in above {
                item.kind = Kind::Text;
            }
        }
    }

    /// Adds the fence at this place, if it is one: an indented block has none.
    fn fence(&mut self, start: usize) {
        let rest = &self.source[start..];
        let line = rest.lines().next().unwrap_or_default().trim();
        if line.starts_with("```") || line.starts_with("~~~") {
            let text = line.to_owned();
            let line = self.line(start);
            self.item(line, Kind::Fence, text);
        }
    }

    fn row(&mut self, range: Range<usize>) {
        let Some(cells) = self.cells.take() else {
            return;
        };
        let source = self.source[range.clone()].trim();
        let closed = source.ends_with('|') || !source.starts_with('|');
        let row = Row::new(cells.iter().map(String::as_str), closed);
        let text = row.cells.join(" | ");
        let line = self.line(range.start);
        self.item(line, Kind::Row(row), text);
    }

    /// Ends the paragraph.
    fn block(&mut self) {
        self.flush();
        self.paragraph += 1;
    }

    /// Ends the line.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let Some(at) = self.at.take() else {
            return;
        };
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let kind = match (self.heading, row_of(text)) {
            (Some(level), _) => Kind::Heading(level),
            (None, _) if self.term => Kind::Term(self.definitions),
            (None, Some(row)) => Kind::Row(row),
            (None, None) if self.lists > 0 => Kind::Bullet,
            (None, None) => Kind::Text,
        };
        let line = self.line(at);
        self.item(line, kind, text.to_owned());
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
