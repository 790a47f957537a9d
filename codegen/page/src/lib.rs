//! Reading a saved copy of a provider's page: what it states, line by line.
//!
//! [`read`] takes HTML, Markdown or plain text, in English or Chinese, and gives a [`Page`]. The
//! input becomes a list of lines that know what they are in the layout; titles cut it into sections;
//! each section is read by its own rules. What a page says in words is looked up in the phrase book:
//! one file of data for each language, in `phrases/`.
//!
//! Whatever the input, a page comes of it: a line that no rule understands is listed, not dropped.

mod book;
mod codes;
pub mod drift;
mod error;
mod examples;
mod facts;
mod field;
mod head;
mod input;
mod item;
mod ledger;
mod marks;
mod parameters;
mod passage;
mod sections;
mod tables;
mod template;
#[cfg(test)]
mod tests;
mod text;

pub use error::ReadError;
pub use facts::*;
pub use ledger::*;

use book::{Book, Title, book};
use input::Input;
use item::Item;
use marks::Marks;
use parameters::{Owner, parameters};

use payspec_model::model::Side;

/// The JSON Schema (draft-07) of a [`Page`].
pub fn schema() -> serde_json::Value {
    payspec_model::format::printed::<Page>()
}

/// Reads a page as it was saved: UTF-8 with or without a byte order mark, or UTF-16 with one.
///
/// # Errors
///
/// When the bytes are no text, or a text without any content.
pub fn read_bytes(bytes: &[u8]) -> Result<Page, ReadError> {
    read(&error::text(bytes)?)
}

/// Reads a page.
///
/// # Errors
///
/// When the text has no content, or is HTML that nests without end.
///
/// ```
/// let page = payspec_page::read("### Request parameters\n\n#### note String REQUIRED\n\n- Maximum length: 64\n")?;
/// let note = &page.operations[0].request[0];
/// assert_eq!((note.path.as_str(), note.max_length.as_ref().map(|length| length.value)), ("/note", Some(64)));
/// # Ok::<(), payspec_page::ReadError>(())
/// ```
pub fn read(text: &str) -> Result<Page, ReadError> {
    let book = book();
    let text = &*input::clean(text);
    let input = input::detect(text);
    let items = input::items(text, input)?;
    let sections = sections::sections(book, &items);
    let mut marks = Marks::new(items.len());
    for (index, title) in sections.titles.iter().enumerate() {
        if title.is_some() {
            marks.frame(index, FrameKind::Heading);
        }
    }
    let own = |section: Section| -> Vec<usize> {
        let all = sections.of.iter().enumerate();
        let own = all.filter(|(_, one)| **one == section);
        own.map(|(index, _)| index).collect()
    };

    // The only operation of the page.
    let operation = 0;
    let mut head = head::head(book, &items, &sections.of, operation, &mut marks);
    let mut read_side = |section, side| {
        let owner = Owner::Body { operation, side };
        parameters(book, &items, &own(section), owner, &mut marks)
    };
    let request = read_side(Section::Request, Side::Request);
    let response = read_side(Section::Response, Side::Response);
    let objects = objects(
        book,
        &items,
        &own(Section::Objects),
        &sections.objects,
        &mut marks,
    );
    let codes = codes::codes(book, &items, &own(Section::Codes), operation, &mut marks);
    let named = [&request.parameters, &response.parameters];
    let names: Vec<&str> = named
        .into_iter()
        .flatten()
        .map(|parameter| {
            parameter
                .name
                .as_deref()
                .unwrap_or(&parameter.name_as_printed)
        })
        .collect();
    let found = examples::examples(
        book,
        &items,
        &sections.titles,
        &own(Section::Examples),
        &names,
        operation,
        &mut marks,
    );
    astray(book, &items, &own(Section::Other), &mut marks);

    let language = language(book, &items, found.chatter);
    let tables = request.in_tables || response.in_tables || !objects.is_empty();
    let in_parentheses = request.in_parentheses || response.in_parentheses;
    let rendering = rendering(input, text, tables, in_parentheses);
    head.operation.request = request.parameters;
    head.operation.response = response.parameters;
    head.operation.codes = codes;
    head.operation.examples = found.examples;
    head.operation.endpoints = found.endpoints;
    let mut page = Page {
        rendering,
        language,
        title: head.title,
        date: head.date,
        sections: sections::spans(&items, &sections.of),
        operations: vec![head.operation],
        objects,
        unread: Vec::new(),
        lines: Vec::new(),
    };
    marks.keep(|fact| {
        let parameter = page.parameter(fact.subject);
        parameter.is_none_or(|one| one.states(fact.aspect))
    });
    page.lines = marks.ledger(items, &sections.of);
    page.unread = marks::unread(&page.lines);
    Ok(page)
}

/// The objects that tables describe, each under a heading that names it.
fn objects(
    book: &Book,
    items: &[Item],
    own: &[usize],
    headings: &[usize],
    marks: &mut Marks,
) -> Vec<SharedObject> {
    let mut objects = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        let Some(item) = items.get(*heading) else {
            continue;
        };
        let end = headings.get(index + 1).copied().unwrap_or(usize::MAX);
        let (from, to) = (
            own.partition_point(|one| *one <= *heading),
            own.partition_point(|one| *one < end),
        );
        let owner = Owner::Object(index);
        marks.frame(*heading, FrameKind::Heading);
        let read = parameters(
            book,
            items,
            own.get(from..to).unwrap_or_default(),
            owner,
            marks,
        );
        objects.push(SharedObject {
            name: Stated {
                value: item.text.clone(),
                line: item.line,
            },
            fields: read.parameters,
        });
    }
    objects
}

/// In sections that nobody knows, what looks like a parameter must not pass in silence.
fn astray(book: &Book, items: &[Item], own: &[usize], marks: &mut Marks) {
    for index in own {
        let Some(item) = items.get(*index) else {
            continue;
        };
        let strictness = match item.heading() {
            Some(_) => field::Strictness::Heading,
            None => field::Strictness::Prose,
        };
        if item.row().is_none() && field::field_line(book, &item.text, strictness).is_some() {
            marks.unread(*index);
        }
    }
}

/// The language of a page, and whether a machine translated it.
fn language(book: &Book, items: &[Item], chatter: bool) -> Language {
    let chars = || items.iter().flat_map(|item| item.text.chars());
    let chinese = chars().filter(|char| text::is_chinese(*char)).count();
    let letters = chars().filter(|char| char.is_alphabetic()).count();
    if chinese * 10 < letters.max(1) {
        return Language::English;
    }
    let short = items.iter().filter(|item| item.text.len() <= 100);
    let is_machine = |item: &Item| {
        let norm = text::norm(&item.text);
        book.machine.iter().any(|word| norm.contains(word))
    };
    if chatter || short.filter(|item| !is_title(book, item)).any(is_machine) {
        Language::MachineChinese
    } else {
        Language::Chinese
    }
}

fn is_title(book: &Book, item: &Item) -> bool {
    matches!(book.title(&item.text), Some(Title::Section(_)))
}

/// How a page was saved or rendered.
fn rendering(input: Input, text: &str, tables: bool, in_parentheses: bool) -> Rendering {
    match input {
        Input::Html => Rendering::Html,
        _ if tables => Rendering::Tables,
        Input::Markdown if in_parentheses => Rendering::ProviderMarkdown,
        Input::Markdown => Rendering::ScrapedMarkdown,
        Input::Plain => {
            let lines = text.lines().count();
            let blank = text.lines().filter(|line| line.trim().is_empty()).count();
            if blank * 5 < lines {
                Rendering::FlatText
            } else {
                Rendering::HtmlText
            }
        }
    }
}
