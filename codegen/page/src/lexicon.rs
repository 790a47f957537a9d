//! The lexicon: the phrases of pages as data. A profile decides which files it is built from. Pages
//! mix languages, so the files of all languages are used for each page.

mod facts;
mod phrases;
mod statements;
mod titles;

use std::collections::{HashMap, HashSet};

use super::condition;
use super::facts::{Requirement, Section, TypeKind};
use super::text::{is_chinese, norm};
use super::word_search::WordSearch;

pub use phrases::Base;
pub(super) use phrases::{ChromePhrases, Phrases};
pub(super) use statements::{FactKind, Statements};

/// The titles and lines that show where a section or an example begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    Section(Section),
    RequestExample,
    ResponseExample,
}

/// Lines that belong to the page's frame inside a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    More,
    Frame,
    Button,
    HiddenChildren,
    ShownChildren,
}

/// The kinds of limits that a sentence can state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    MaxLength,
    MinLength,
    MinItems,
    MaxItems,
    /// A least and a greatest number of characters, or an exact one.
    Length,
    /// A least and a greatest number of elements.
    Items,
    MultipleOf,
    Range,
    /// A greatest number whose unit the type decides.
    AtMost,
    /// A least number whose unit the type decides.
    AtLeast,
    /// A least and a greatest number whose unit the type decides.
    Between,
}

impl Limit {
    /// Returns whether its phrase names no unit.
    pub(super) const fn lacks_a_unit(self) -> bool {
        match self {
            Limit::AtMost | Limit::AtLeast | Limit::Between => true,
            Limit::MaxLength
            | Limit::MinLength
            | Limit::MinItems
            | Limit::MaxItems
            | Limit::Length
            | Limit::Items
            | Limit::MultipleOf
            | Limit::Range => false,
        }
    }
}

/// The units of the limits beside a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Characters,
    Elements,
}

/// The columns of tables that hold parameters or codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Number,
    Name,
    /// The name for people, beside the one on the wire.
    Title,
    Type,
    Required,
    MaxLength,
    Code,
    Status,
    HttpStatus,
    Message,
    Action,
    Description,
    /// States no fact.
    Ignored,
}

/// All phrases, in their normal form.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub(super) titles: HashMap<String, Title>,
    pub(super) footer: Vec<String>,
    pub(super) chrome: ChromePhrases,
    pub(super) labels: HashMap<String, Label>,
    pub(super) note: Vec<String>,
    pub(super) types: HashMap<String, TypeKind>,
    pub(super) object: Vec<String>,
    /// Headings of parameters that do not tell whose they are.
    bare_titles: HashSet<String>,
    /// The words before and after the types of a map: `map<`, `>`.
    pub(super) maps: Vec<(String, String)>,
    pub(super) array: Vec<(String, String)>,
    pub(super) bare_array: Vec<String>,
    pub(super) objects: HashMap<String, String>,
    pub(super) requirement: HashMap<String, Requirement>,
    pub(super) requirement_cells: HashMap<String, Requirement>,
    pub(super) requirement_marks: Vec<(String, Requirement)>,
    locations: Vec<String>,
    pub(super) units: HashMap<String, Unit>,
    /// Sentences that begin a section: the words before and after those that differ.
    announcements: Vec<(String, String, Section)>,
    /// The words before and after the name of an object.
    pub(super) child_labels: Vec<(String, String)>,
    pub(super) child_marks: Vec<String>,
    pub(super) names_alone: bool,
    pub(super) any_codes: bool,
    pub(super) marked_requests: bool,
    pub(super) listed_values: bool,
    pub(super) statements: Statements,
    pub(super) open_end: Vec<String>,
    pub(super) circumstances: Vec<String>,
    /// Words by which a parameter is absent.
    pub(super) left_out: Vec<String>,
    /// Words behind a single value that holds only in a case.
    pub(super) tied: Vec<String>,
    /// Words in brackets behind the value that an absent field means.
    pub(super) default_marks: HashSet<String>,
    pub(super) time_units: HashSet<String>,
    /// The longest first.
    pub(super) fact_words: WordSearch,
    pub(super) example_starts: WordSearch,
    pub(super) conditions: condition::Grammar,
    pub(super) parameter_columns: HashMap<String, Column>,
    pub(super) code_columns: HashMap<String, Column>,
    pub(super) status: HashMap<String, String>,
    pub(super) chatter: Vec<String>,
    pub(super) foreign_talk: Vec<String>,
    pub(super) machine: Vec<String>,
    pub(super) notification: Vec<String>,
}

impl Lexicon {
    /// Returns whether a name is that of a notification: `notifyPayment`, `Refund notification`.
    pub(super) fn is_notification(&self, name: &str) -> bool {
        let name = norm(name);
        let mut words = self.notification.iter();
        words.any(|word| name.contains(word.as_str()))
    }

    /// Returns whether a word is a requirement, or stands for one in a column.
    pub(super) fn is_requirement(&self, word: &str) -> bool {
        let word = type_norm(word);
        self.requirement.contains_key(&word) || self.requirement_cells.contains_key(&word)
    }

    /// Returns whether a description begins with the place of its parameter in a request: `query The day.`
    pub(super) fn is_located(&self, description: &str) -> bool {
        let mut locations = self.locations.iter();
        locations.any(|word| {
            let (start, rest) = description.split_at_checked(word.len()).unwrap_or_default();
            let ends = !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            ends && start.eq_ignore_ascii_case(word)
        })
    }

    /// Adds the phrases of a file. They decide over the same phrases of earlier files.
    pub(super) fn add(&mut self, file: &Phrases) {
        self.add_layout(file);
        self.add_types(file);
        self.add_requirements(file);
        self.add_facts(file);
        self.add_columns(file);
        self.conditions.add(&file.conditions);
        self.chatter.extend(norms(&file.chatter));
        self.foreign_talk.extend(norms(&file.foreign_talk));
        self.machine.extend(norms(&file.machine));
        self.notification.extend(norms(&file.notification));
    }

    /// Adds what divides a page: titles, labels, and the site around it.
    fn add_layout(&mut self, file: &Phrases) {
        let sections = &file.sections;
        for (words, title) in [
            (&sections.head, Title::Section(Section::Head)),
            (&sections.request, Title::Section(Section::Request)),
            (&sections.response, Title::Section(Section::Response)),
            (&sections.examples, Title::Section(Section::Examples)),
            (
                &sections.more_information,
                Title::Section(Section::MoreInformation),
            ),
            (&sections.result_logic, Title::Section(Section::ResultLogic)),
            (&sections.codes, Title::Section(Section::Codes)),
            (&sections.other, Title::Section(Section::Other)),
            (&file.request_example, Title::RequestExample),
            (&file.response_example, Title::ResponseExample),
        ] {
            for word in norms(words) {
                self.titles.insert(word, title);
            }
        }
        for (sentences, section) in [
            (&sections.request_sentences, Section::Request),
            (&sections.response_sentences, Section::Response),
        ] {
            self.announcements.extend(sentences.iter().map(|sentence| {
                let (before, after) = sentence.split_once("{any}").unwrap_or((sentence, ""));
                (norm(before), norm(after), section)
            }));
        }
        for (words, label) in [
            (&file.labels.more, Label::More),
            (&file.labels.frame, Label::Frame),
            (&file.buttons, Label::Button),
            (&file.hidden_children, Label::HiddenChildren),
            (&file.shown_children, Label::ShownChildren),
        ] {
            self.labels.extend(norms(words).map(|word| (word, label)));
        }
        self.child_labels
            .extend(file.child_labels.iter().map(|text| {
                let (before, after) = text.split_once("{name}").unwrap_or((text, ""));
                (norm(before), norm(after))
            }));
        self.child_marks.extend_from_slice(&file.child_marks);
        self.any_codes = file.layout.any_codes.unwrap_or(self.any_codes);
        let marked = file.layout.marked_requests;
        self.marked_requests = marked.unwrap_or(self.marked_requests);
        self.listed_values = file.layout.listed_values.unwrap_or(self.listed_values);
        self.names_alone = file.layout.names_alone.unwrap_or(self.names_alone);
        self.footer.extend(norms(&file.footer));
        for (words, into) in [
            (&file.chrome.lines, &mut self.chrome.lines),
            (&file.chrome.starts, &mut self.chrome.starts),
            (&file.chrome.site, &mut self.chrome.site),
            (&file.chrome.names, &mut self.chrome.names),
            (&file.chrome.dates, &mut self.chrome.dates),
        ] {
            into.extend(norms(words));
        }
        let operations = file.chrome.operations.iter();
        let operations = operations.map(|(words, english)| (words.clone(), english.clone()));
        self.chrome.operations.extend(operations);
        self.note.extend_from_slice(&file.note);
    }

    fn add_types(&mut self, file: &Phrases) {
        for (words, kind) in [
            (&file.types.string, TypeKind::String),
            (&file.types.integer, TypeKind::Integer),
            (&file.types.number, TypeKind::Number),
            (&file.types.boolean, TypeKind::Boolean),
            (&file.types.datetime, TypeKind::Datetime),
            (&file.types.date, TypeKind::Date),
            (&file.types.url, TypeKind::Url),
            (&file.types.any, TypeKind::Any),
        ] {
            map(&mut self.types, words, kind);
        }
        self.bare_titles.extend(norms(&file.sections.bare));
        for word in &file.object {
            match word.split_once('*') {
                Some((before, after)) => self.maps.push((type_norm(before), type_norm(after))),
                None => self.object.push(type_norm(word)),
            }
        }
        self.array.extend(file.array.iter().filter_map(|pattern| {
            let (before, after) = pattern.split_once('*')?;
            Some((type_norm(before), type_norm(after)))
        }));
        self.bare_array
            .extend(file.bare_array.iter().map(|word| type_norm(word)));
        self.objects.extend(
            file.objects
                .iter()
                .map(|(word, name)| (type_norm(word), name.clone())),
        );
    }

    fn add_requirements(&mut self, file: &Phrases) {
        for (words, into) in [
            (&file.requirement, &mut self.requirement),
            (&file.requirement_cells, &mut self.requirement_cells),
        ] {
            map(into, &words.required, Requirement::Required);
            map(into, &words.optional, Requirement::Optional);
            map(into, &words.conditional, Requirement::Conditional);
        }
        self.locations.extend(norms(&file.locations));
        let marks = &file.requirement_marks;
        for (words, requirement) in [
            (&marks.required, Requirement::Required),
            (&marks.optional, Requirement::Optional),
            (&marks.conditional, Requirement::Conditional),
        ] {
            let marks = words.iter().map(|mark| (mark.clone(), requirement));
            self.requirement_marks.extend(marks);
        }
    }

    /// Adds the names of columns, and what their cells say.
    fn add_columns(&mut self, file: &Phrases) {
        let columns = &file.parameter_columns;
        for (words, column) in [
            (&columns.number, Column::Number),
            (&columns.name, Column::Name),
            (&columns.title, Column::Title),
            (&columns.r#type, Column::Type),
            (&columns.required, Column::Required),
            (&columns.max_length, Column::MaxLength),
            (&columns.description, Column::Description),
            (&columns.ignored, Column::Ignored),
        ] {
            map(&mut self.parameter_columns, words, column);
        }
        let columns = &file.code_columns;
        for (words, column) in [
            (&columns.number, Column::Number),
            (&columns.code, Column::Code),
            (&columns.status, Column::Status),
            (&columns.http_status, Column::HttpStatus),
            (&columns.message, Column::Message),
            (&columns.action, Column::Action),
            (&columns.ignored, Column::Ignored),
        ] {
            map(&mut self.code_columns, words, column);
        }
        self.status.extend(
            file.status
                .iter()
                .map(|(word, status)| (type_norm(word), status.clone())),
        );
    }

    /// Sorts longer phrases before the phrases that they begin with, and indexes phrases by their
    /// words.
    pub(super) fn prepare(&mut self) {
        self.array
            .sort_by_key(|(before, after)| std::cmp::Reverse(before.len() + after.len()));
        self.fact_words.longest_first();
        self.fact_words.prepare();
        self.example_starts.prepare();
        self.statements.prepare();
        self.note.sort_by_key(|word| std::cmp::Reverse(word.len()));
    }
}

fn map<T: Copy>(into: &mut HashMap<String, T>, words: &[String], value: T) {
    into.extend(words.iter().map(|word| (type_norm(word), value)));
}

fn norms(words: &[String]) -> impl Iterator<Item = String> + '_ {
    words.iter().map(|word| norm(word))
}

/// Normalises the words of types and columns for comparison: lower case, no spaces, no full stops.
pub(super) fn type_norm(text: &str) -> String {
    let mut norm = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '.' | '`' | '*' | '\\' => {}
            _ if char.is_whitespace() => {}
            _ if char.is_ascii() => norm.push(char.to_ascii_lowercase()),
            // Most characters need no table of Unicode.
            _ if is_chinese(char) => norm.push(char),
            _ => norm.extend(char.to_lowercase()),
        }
    }
    norm
}
