//! Reads a saved copy of a provider's page, and extracts its facts line by line.
//!
//! [`read`] takes HTML, Markdown or plain text, in English or Chinese, and returns a [`Page`]. The
//! input becomes a list of lines with their roles in the layout; titles split it into sections;
//! each section is read by its own rules. The phrases of a page are looked up in the lexicon of a
//! [`Profile`]: the built-in one reads the pages of Alipay's in-store family, others those of other
//! providers.
//!
//! A line that no rule understands is listed, not dropped.
//!
//! Start at [`read`], and in `drift` for the comparison with a spec. A page is read without looking at a spec, so that the
//! comparison has two independent sides.

mod advice;
mod annotations;
mod clause;
mod codes;
mod condition;
pub mod drift;
mod error;
mod examples;
mod facts;
mod field;
mod head;
mod input;
mod item;
mod lexicon;
mod limits;
mod line_report;
mod lines;
mod logic;
mod open_parts;
mod parameters;
mod profile;
mod sections;
mod tables;
mod template;
#[cfg(test)]
mod tests;
mod text;

pub use error::ReadError;
pub use facts::*;
pub use lexicon::Base;
pub use line_report::*;
pub use profile::{Profile, ProfileError, profile_schema};

use annotations::Annotations;
use condition::Names;
use input::Input;
use item::{Item, Kind};
use lexicon::{Label, Lexicon, Title};
use lines::Lines;
use parameters::{Nesting, Owner, Purpose, parameters};

use payspec_model::model::Side;

/// Returns the JSON Schema (draft-07) of a [`Page`].
pub fn schema() -> serde_json::Value {
    payspec_model::format::printed::<Page>()
}

/// Reads a page as it was saved: UTF-8 with or without a byte order mark, or UTF-16 with one.
///
/// # Errors
///
/// Returns an error if the bytes are not text, or the text has no content.
pub fn read_bytes(bytes: &[u8]) -> Result<Page, ReadError> {
    read_bytes_with(bytes, Profile::built_in())
}

/// Reads a page as it was saved, by the phrases of a profile.
///
/// # Errors
///
/// Like [`read_bytes`].
pub fn read_bytes_with(bytes: &[u8], profile: &Profile) -> Result<Page, ReadError> {
    read_with(&error::text(bytes)?, profile)
}

/// Reads a page by the built-in profile.
///
/// # Errors
///
/// Returns an error if the text has no content, or is HTML that is nested too deeply.
///
/// ```
/// let page = payspec_page::read("### Request parameters\n\n#### note String REQUIRED\n\n- Maximum length: 64\n")?;
/// let note = &page.operations[0].request[0];
/// assert_eq!((note.path.as_str(), note.max_length.as_ref().map(|length| length.value)), ("/note", Some(64)));
/// # Ok::<(), payspec_page::ReadError>(())
/// ```
pub fn read(text: &str) -> Result<Page, ReadError> {
    read_with(text, Profile::built_in())
}

/// Reads a page by the phrases of a profile.
///
/// # Errors
///
/// Like [`read`].
pub fn read_with(text: &str, profile: &Profile) -> Result<Page, ReadError> {
    let lexicon = profile.lexicon();
    let text = &*input::clean(text);
    let input = input::detect(text);
    let items = input::items(text, input)?;
    let sections = sections::sections(lexicon, &items);
    let mut annotations = Annotations::new(items.len());
    for (index, title) in sections.titles.iter().enumerate() {
        if title.is_some() {
            annotations.frame(index, FrameKind::Heading);
        }
    }
    let own = |section: Section| -> Vec<usize> {
        let all = sections.of.iter().enumerate();
        let own = all.filter(|(_, one)| **one == section);
        own.map(|(index, _)| index).collect()
    };

    let lines = Lines::new(lexicon, &items);
    // A page has one operation.
    let operation = 0;
    let mut head = head::head(lexicon, &items, &sections.of, operation, &mut annotations);
    // In a copy without indentation, only the examples show where an object ends.
    let in_examples = own(Section::Examples);
    let is_label = |index: usize| lines.label(index) == Some(Label::ShownChildren);
    let nesting = if !in_examples.is_empty() && (0..items.len()).any(is_label) {
        let mut unused = annotations.clone();
        let titles = &sections.titles;
        let read = examples::examples;
        let found = read(
            lexicon,
            &items,
            titles,
            &in_examples,
            &[],
            operation,
            &mut unused,
        );
        Nesting::of(&found.examples)
    } else {
        Nesting::default()
    };
    let read_sides = |purpose: Purpose<'_>, annotations: &mut Annotations| {
        let sides = [
            (Section::Request, Side::Request),
            (Section::Response, Side::Response),
        ];
        sides.map(|(section, side)| {
            let owner = Owner::Body { operation, side };
            parameters(
                lexicon,
                &lines,
                &own(section),
                owner,
                purpose,
                &nesting,
                annotations,
            )
        })
    };
    // A condition may refer to a parameter that follows: the first reading finds their names.
    let mut names = Names::default();
    if (0..items.len()).any(|index| may_state_condition(lexicon, &lines, index)) {
        for read in read_sides(Purpose::Names, &mut annotations.clone()) {
            names.add(&read.parameters);
        }
    }
    let [request, response] = read_sides(Purpose::Facts(&names), &mut annotations);
    let objects = objects(
        lexicon,
        &lines,
        &own(Section::Objects),
        &sections.objects,
        &names,
        &mut annotations,
    );
    let names_of_operation = head::names(&head.operation);
    let codes = codes::codes(
        lexicon,
        &items,
        &own(Section::Codes),
        operation,
        &names_of_operation,
        &mut annotations,
    );
    let result_logic = logic::logic(
        lexicon,
        &items,
        &own(Section::ResultLogic),
        &codes,
        operation,
        &names_of_operation,
        &mut annotations,
    );
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
        lexicon,
        &items,
        &sections.titles,
        &in_examples,
        &names,
        operation,
        &mut annotations,
    );
    astray(lexicon, &items, &own(Section::Other), &mut annotations);

    let language = language(lexicon, &items, found.chatter);
    let tables = request.in_tables || response.in_tables || !objects.is_empty();
    let in_parentheses = request.in_parentheses || response.in_parentheses;
    let rendering = rendering(input, text, tables, in_parentheses);
    head.operation.request = request.parameters;
    head.operation.response = response.parameters;
    head.operation.result_logic = result_logic;
    head.operation.codes = codes;
    head.operation.examples = found.examples;
    head.operation.endpoints = found.endpoints;
    let mut page = Page {
        rendering,
        language,
        title: head.title,
        date: head.date,
        sections: sections::spans(&items, &sections.of),
        headings: sections::unknown_headings(&items, &sections, input),
        operations: vec![head.operation],
        objects,
        unread: Vec::new(),
        lines: Vec::new(),
    };
    if !page.is_empty() {
        page.headings.clear();
    }
    annotations.keep(|fact| {
        let parameter = page.parameter(fact.subject);
        parameter.is_none_or(|one| one.states(fact.aspect))
    });
    annotations.find_open_parts(lexicon, &items, &page.names(), |subject| {
        let parameter = page.parameter(subject);
        parameter.map_or(Vec::new(), |one| {
            vec![one.name.as_deref().unwrap_or(&one.name_as_printed)]
        })
    });
    page.lines = annotations.line_report(items, &sections.of);
    page.unread = annotations::unread(&page.lines);
    Ok(page)
}

/// Returns whether a line may state a condition: the words of one, apart from the requirement beside
/// a name.
fn may_state_condition(lexicon: &Lexicon, lines: &Lines<'_>, index: usize) -> bool {
    let Some(item) = lines.items.get(index) else {
        return false;
    };
    let has_words = |text: &str| condition::may_state(&lexicon.conditions, text);
    if !has_words(&item.text) {
        return false;
    }
    match item.kind {
        Kind::Text => {
            let line = lines.field(index);
            line.is_none_or(|line| has_words(&line.description))
        }
        Kind::Bullet | Kind::Term(_) | Kind::Row(_) => true,
        Kind::Heading(_) | Kind::Code | Kind::Fence => false,
    }
}

/// Reads the objects that tables describe, each under a heading that names it.
fn objects(
    lexicon: &Lexicon,
    lines: &Lines<'_>,
    own: &[usize],
    headings: &[usize],
    names: &Names,
    annotations: &mut Annotations,
) -> Vec<SharedObject> {
    let mut objects = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        let Some(item) = lines.items.get(*heading) else {
            continue;
        };
        let end = headings.get(index + 1).copied().unwrap_or(usize::MAX);
        let (from, to) = (
            own.partition_point(|one| *one <= *heading),
            own.partition_point(|one| *one < end),
        );
        let owner = Owner::Object(index);
        annotations.frame(*heading, FrameKind::Heading);
        let read = parameters(
            lexicon,
            lines,
            own.get(from..to).unwrap_or_default(),
            owner,
            Purpose::Facts(names),
            &Nesting::default(),
            annotations,
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

/// Marks lines that look like parameters in unknown sections as unread, so that they are not lost
/// silently.
fn astray(lexicon: &Lexicon, items: &[Item], own: &[usize], annotations: &mut Annotations) {
    for index in own {
        let Some(item) = items.get(*index) else {
            continue;
        };
        let strictness = match item.heading() {
            Some(_) => field::Strictness::Heading,
            None => field::Strictness::Prose,
        };
        if item.row().is_none() && field::field_line(lexicon, &item.text, strictness).is_some() {
            annotations.unread(*index);
        }
    }
}

/// Detects the language of a page, and whether a machine translated it.
fn language(lexicon: &Lexicon, items: &[Item], chatter: bool) -> Language {
    let chars = || items.iter().flat_map(|item| item.text.chars());
    let chinese = chars().filter(|char| text::is_chinese(*char)).count();
    let letters = chars().filter(|char| char.is_alphabetic()).count();
    if chinese * 10 < letters.max(1) {
        return Language::English;
    }
    let short = items.iter().filter(|item| item.text.len() <= 100);
    let is_machine = |item: &Item| {
        let norm = text::norm(&item.text);
        lexicon.machine.iter().any(|word| norm.contains(word))
    };
    if chatter
        || short
            .filter(|item| !is_title(lexicon, item))
            .any(is_machine)
    {
        Language::MachineChinese
    } else {
        Language::Chinese
    }
}

fn is_title(lexicon: &Lexicon, item: &Item) -> bool {
    matches!(lexicon.title(&item.text), Some(Title::Section(_)))
}

/// Returns the format in which a page was saved or rendered.
fn rendering(input: Input, text: &str, tables: bool, in_parentheses: bool) -> Rendering {
    match input {
        Input::Html => Rendering::Html,
        Input::Markdown | Input::Plain if tables => Rendering::Tables,
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
