//! The facts of a provider's page as data, each with its line on the page.
//!
//! This module does not judge. A fact that the reader had to guess is listed in `guesses`; a line
//! that it did not understand is in the report of lines ([`Page::lines`]) as [`Reading::Unread`].

mod advice;
mod message;
mod parameter;
pub(crate) mod reference;
pub(crate) mod section;

pub(crate) use advice::*;
pub use message::*;
pub use parameter::*;
pub(crate) use reference::*;
pub(crate) use section::Section;

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::line_report::{Line, UnreadLine};
use super::text::is_chinese;
use payspec_model::model::Side;

/// The facts of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Page {
    /// The format in which the page was saved or rendered.
    pub rendering: Rendering,
    /// The language of its text.
    pub language: Language,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Stated<String>>,
    /// The date that the page carries, `2023-07-27`, or with a time, `2023-07-27 09:58`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Stated<String>>,
    /// The sections that were found, in the page's order.
    pub(crate) sections: Vec<SectionSpan>,
    /// The headings of a page in which nothing was found; in plain text the lines that look like
    /// headings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<Stated<String>>,
    /// The operations that the page describes; nearly always one.
    pub operations: Vec<Operation>,
    /// The objects that tables describe apart from the parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<SharedObject>,
    /// Every line of the page that is not blank, in its order, with its reading.
    pub lines: Vec<Line>,
    /// The lines of the parameter, example and code sections that no rule understood.
    pub unread: Vec<UnreadLine>,
    /// True if the page ends in a row of a table that lacks cells.
    #[serde(skip)]
    pub(crate) ends_in_row: bool,
}

impl Page {
    /// Returns the names of all parameters and fields.
    pub(crate) fn names(&self) -> HashSet<&str> {
        let operations = self.operations.iter();
        let parameters = operations.flat_map(|one| one.request.iter().chain(&one.response));
        let fields = self.objects.iter().flat_map(|object| &object.fields);
        let names = parameters.chain(fields);
        names
            .map(|one| one.name.as_deref().unwrap_or(&one.name_as_printed))
            .collect()
    }

    /// Returns whether nothing was found that a page about an operation states.
    pub fn is_empty(&self) -> bool {
        let is_empty = |operation: &Operation| {
            let lists = [&operation.request, &operation.response];
            lists.into_iter().all(Vec::is_empty) && operation.codes.is_empty()
        };
        self.operations.iter().all(is_empty) && self.objects.is_empty()
    }

    /// Returns the number of lines that were understood in part.
    pub fn partly_read(&self) -> usize {
        let lines = self.lines.iter();
        lines.filter(|line| !line.open().is_empty()).count()
    }

    /// Returns the parameter that a reference points to.
    pub(crate) fn parameter(&self, subject: Subject) -> Option<&Parameter> {
        match subject {
            Subject::Parameter {
                operation,
                side,
                index,
            } => self.operations.get(operation)?.parameters(side).get(index),
            Subject::Field { object, index } => self.objects.get(object)?.fields.get(index),
            Subject::Page
            | Subject::Operation { .. }
            | Subject::Logic { .. }
            | Subject::Code { .. }
            | Subject::Example { .. } => None,
        }
    }
}

/// The format in which a page was saved or rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rendering {
    /// HTML, as a browser saves it.
    Html,
    /// The text of an HTML page: blank lines between the blocks, bullets as `•`.
    HtmlText,
    /// The text of an HTML page without blank lines; bullets may be glued together.
    FlatText,
    /// Markdown that a scraper made of a page: `#### name Type REQUIRED`.
    ScrapedMarkdown,
    /// The provider's own Markdown: `#### name (Type, REQUIRED)`, nested by heading level.
    ProviderMarkdown,
    /// Markdown or HTML with the parameters in tables.
    Tables,
}

impl Rendering {
    /// Returns the word for it, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Rendering::Html => "html",
            Rendering::HtmlText => "html_text",
            Rendering::FlatText => "flat_text",
            Rendering::ScrapedMarkdown => "scraped_markdown",
            Rendering::ProviderMarkdown => "provider_markdown",
            Rendering::Tables => "tables",
        }
    }
}

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    English,
    /// Chinese by the provider's translators: names and `REQUIRED` as in the original.
    Chinese,
    /// Chinese by a machine: type words, requirement and even names may be translated.
    MachineChinese,
}

impl Language {
    /// Returns the word for it, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Language::English => "english",
            Language::Chinese => "chinese",
            Language::MachineChinese => "machine_chinese",
        }
    }
}

/// A value and the line that states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// The line, from 1.
    pub line: u32,
}

/// A passage of prose. It is only compared or shown, never interpreted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Prose {
    /// The text, markup removed, one line per line of the page.
    pub(crate) text: String,
    /// The first line, from 1.
    pub(crate) line: u32,
    /// The last line.
    pub(crate) end_line: u32,
}

/// The position of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct SectionSpan {
    /// The section.
    pub(crate) section: Section,
    /// The first line.
    pub(crate) line: u32,
    /// The last line that is not blank.
    pub(crate) end_line: u32,
}

/// One operation of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Operation {
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<Stated<String>>,
    /// The words of the title in English, and the characters of those that the phrases do not know.
    #[serde(skip)]
    pub(crate) words: Option<Vec<String>>,
    /// The HTTP method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<Stated<String>>,
    /// The path, as printed after the method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Stated<String>>,
    /// True if its title or its path names a notification, a call that the provider makes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_notification: bool,
    /// The purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) purpose: Option<Prose>,
    /// The further prose before the parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) introduction: Vec<Prose>,
    /// Addresses next to the examples.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) endpoints: Vec<Stated<String>>,
    /// Parameters of the request, in the page's order, children after their parent.
    pub request: Vec<Parameter>,
    /// Parameters of the response.
    pub response: Vec<Parameter>,
    /// The meaning of each result status, in the page's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) result_logic: Vec<StatusLogic>,
    /// Result codes, in the page's order.
    pub codes: Vec<Code>,
    /// The example messages.
    pub examples: Vec<Example>,
}

impl Operation {
    /// Returns the words of the title in English, if the phrases know all of them.
    pub(crate) fn english_words(&self) -> Option<&[String]> {
        let words = self.words.as_deref()?;
        let mut all = words.iter();
        (!all.any(|word| word.contains(is_chinese))).then_some(words)
    }

    pub(crate) fn has_chinese_title(&self) -> bool {
        let title = self.title.as_ref();
        title.is_some_and(|title| title.value.contains(is_chinese))
    }

    /// Returns the parameters of one side.
    pub(crate) fn parameters(&self, side: Side) -> &[Parameter] {
        match side {
            Side::Request => &self.request,
            Side::Response => &self.response,
        }
    }
}

/// An object that a table describes apart from the parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SharedObject {
    /// The name.
    pub name: Stated<String>,
    /// The fields, in the page's order; their paths begin at the object.
    pub fields: Vec<Parameter>,
}
