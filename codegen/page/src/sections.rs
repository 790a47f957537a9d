//! Assigns each line to a section.

mod bare;
mod tables;

use std::collections::HashSet;

use super::facts::{Section, SectionSpan, Stated, TypeKind};
use super::field::{Strictness, field_line};
use super::input::Input;
use super::item::{Item, Kind};
use super::lexicon::{Label, Lexicon, Title, type_norm};
use super::tables::Head;
use super::text::{first_sentence, is_chinese, is_wire_name, norm};
use bare::{BareTitles, bare_titles};

/// The sections of a page.
pub(super) struct Sections {
    /// The section of each item.
    pub(super) of: Vec<Section>,
    /// The items that are titles of sections or examples.
    pub(super) titles: Vec<Option<Title>>,
    /// Items that name an object whose fields a table below lists.
    pub(super) objects: Vec<usize>,
    /// Headings of parameters whose side the page does not show.
    pub(super) doubtful: Vec<usize>,
}

pub(super) fn sections(lexicon: &Lexicon, items: &[Item]) -> Sections {
    let mut found = Sections {
        of: Vec::with_capacity(items.len()),
        titles: vec![None; items.len()],
        objects: Vec::new(),
        doubtful: Vec::new(),
    };
    let mut now = Section::Head;
    // The level of the heading that began the section.
    let mut level = None;
    let BareTitles {
        sections: bare,
        doubtful,
    } = bare_titles(lexicon, items);
    let mut by_table = false;
    // True if the lists of a section stand above their labels.
    let mut lists_first = false;
    // The last heading that no rule knows, which names an object if a table follows.
    let mut unknown = None;
    // What the cells of the section's tables say, normalised: names and titles of objects.
    let mut named = HashSet::new();
    for (index, item) in items.iter().enumerate() {
        let own = title(lexicon, item).or_else(|| announced(lexicon, item, now));
        let bare = bare.get(&index).map(|section| Title::Section(*section));
        let title = own.or(bare).filter(|title| fits(*title, item, now));
        let below = items.get(index + 1..).unwrap_or_default();
        let title = title.filter(|_| !names_field(lexicon, item, below.first()));
        let title = title.filter(|title| match title {
            Title::Section(_) => {
                now != Section::Examples || !labels_example(lexicon, item, below.first())
            }
            Title::RequestExample | Title::ResponseExample => true,
        });
        let title = title.map(|title| only_example(title, item, below));
        if let Some(Title::Section(_)) = title
            && item.heading().is_some()
        {
            lists_first = below.first().is_some_and(is_bullet);
        }
        let above = index.checked_sub(1).and_then(|above| items.get(above));
        let is_behind = lists_first && item.heading().is_none() && above.is_some_and(is_bullet);
        let title = match title {
            Some(Title::Section(Section::Other)) if is_behind && now == Section::Request => {
                Some(Title::Section(Section::Request))
            }
            title => title,
        };
        if let Some(title) = title {
            let section = match title {
                Title::Section(section) => section,
                Title::RequestExample | Title::ResponseExample => Section::Examples,
            };
            // A label inside a section does not begin it once more.
            if section != now || item.heading().is_some() {
                level = item.heading();
            }
            now = section;
            unknown = None;
            named.clear();
            found.titles[index] = Some(title);
        } else if doubtful.binary_search(&index).is_ok() {
            now = Section::Other;
            level = item.heading();
            unknown = None;
        } else if matches!(now, Section::Codes | Section::ResultLogic)
            && lexicon.is_footer(&item.text)
        {
            now = Section::Footer;
        } else if let Some(own) = item.heading() {
            if !is_child(&named, lexicon, items, index) && ends(lexicon, now, item, own, level) {
                now = Section::Other;
                level = Some(own);
            }
            unknown = Some(index);
        } else if item.is_prose()
            && is_object_name(&item.text)
            && begins_table(lexicon, items, index + 1)
            && may_describe(now, &item.text, items, &found.of)
        {
            // Plain text has no headings, so the line directly above a table counts as one.
            unknown = Some(index);
        } else if let Some(section) = tables::begun(lexicon, items, index, now, by_table) {
            now = section;
            by_table = true;
            level = None;
            unknown = None;
            named.clear();
        } else if let Some(heading) = unknown
            && is_object_name(&items[heading].text)
            && begins_table(lexicon, items, index)
            && may_describe(now, &items[heading].text, items, &found.of)
        {
            // The table belongs to the object that the heading names.
            found.objects.push(heading);
            found.of[heading..].fill(Section::Objects);
            now = Section::Objects;
            unknown = None;
        }
        if let Some(row) = item.row()
            && matches!(now, Section::Request | Section::Response)
        {
            let titles = row.cells.iter().map(|cell| first_sentence(cell));
            let titles = titles.filter(|title| title.len() <= 100);
            named.extend(titles.map(norm));
        }
        found.of.push(now);
    }
    found.doubtful = doubtful;
    found
}

/// Returns whether a heading names an object of the section, whose fields the table below lists.
fn is_child(named: &HashSet<String>, lexicon: &Lexicon, items: &[Item], index: usize) -> bool {
    let Some(text) = items.get(index).map(|item| item.text.as_str()) else {
        return false;
    };
    if !begins_table(lexicon, items, index + 1) || text.len() > 200 {
        return false;
    }
    let label = norm(text);
    let mut labels = lexicon.child_labels.iter();
    named.contains(&label)
        || labels.any(|(before, after)| {
            let name = label.strip_prefix(before.as_str());
            let name = name.and_then(|name| name.strip_suffix(after.as_str()));
            name.is_some_and(|name| named.contains(name))
        })
}

/// Returns whether a table of parameters begins here: a row with the names of its columns, or these
/// names line by line.
fn begins_table(lexicon: &Lexicon, items: &[Item], at: usize) -> bool {
    let Some(below) = items.get(at..) else {
        return false;
    };
    let is_row = below
        .first()
        .is_some_and(|item| Head::of_parameters(lexicon, item).is_some());
    is_row || Head::of_lines(lexicon, below)
}

/// Returns whether a heading is spelled like the name of an object.
fn is_object_name(text: &str) -> bool {
    is_wire_name(text) && text.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Returns whether a table in this section can list the fields of an object. Behind the parameters, the object must be
/// the type of one of them; `of` has the sections so far.
fn may_describe(now: Section, object: &str, items: &[Item], of: &[Section]) -> bool {
    match now {
        Section::Head
        | Section::Other
        | Section::Request
        | Section::Response
        | Section::Objects => true,
        Section::Examples | Section::MoreInformation | Section::ResultLogic | Section::Codes => {
            let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let names = |text: &str| text.split(|c| !is_part(c)).any(|word| word == object);
            let mut above = items
                .iter()
                .zip(of)
                .filter(|(_, section)| section.has_parameters());
            above.any(|(item, _)| {
                let cells = item.row().map_or(&[][..], |row| row.cells.as_slice());
                names(&item.text) || cells.iter().any(|cell| names(cell))
            })
        }
        Section::Footer => false,
    }
}

fn title(lexicon: &Lexicon, item: &Item) -> Option<Title> {
    if item.heading().is_some() || item.is_prose() {
        lexicon.title(&item.text)
    } else {
        None
    }
}

fn is_bullet(item: &Item) -> bool {
    item.kind == Kind::Bullet
}

/// Returns the section whose parameters a sentence announces, on a page where no heading does so.
fn announced(lexicon: &Lexicon, item: &Item, now: Section) -> Option<Title> {
    let may_begin = item.is_prose() && matches!(now, Section::Head | Section::Other);
    let section = may_begin.then(|| lexicon.announced(&item.text))?;
    section.map(Title::Section)
}

/// Returns whether a line that reads like a title is the name of a field: the line below is its type.
fn names_field(lexicon: &Lexicon, item: &Item, below: Option<&Item>) -> bool {
    let name = item.text.trim().trim_matches('`');
    let starts_small = name.starts_with(|c: char| c.is_ascii_lowercase());
    // An address below the title of an example is not a type.
    let is_type = below.filter(|below| below.is_prose()).is_some_and(|below| {
        let kind = lexicon.types.get(&type_norm(&below.text));
        kind.is_some_and(|kind| *kind != TypeKind::Url)
    });
    let may_be_name = is_wire_name(name) && starts_small || name.chars().all(is_chinese);
    may_be_name && is_type
}

/// Returns whether words that may be a title are the label of an example: `Request body`.
fn labels_example(lexicon: &Lexicon, item: &Item, below: Option<&Item>) -> bool {
    let is_label = item.heading().is_none() && lexicon.label(&item.text) == Some(Label::Frame);
    is_label
        || below.is_some_and(|below| match below.kind {
            Kind::Code | Kind::Fence => true,
            Kind::Text => below.text.starts_with(['{', '[']),
            Kind::Heading(_) | Kind::Bullet | Kind::Term(_) | Kind::Row(_) => false,
        })
}

/// Returns the title of an example for that of parameters if nothing but code is below it: `Response` above a message,
/// with the parameters below the next heading.
fn only_example(title: Title, item: &Item, below: &[Item]) -> Title {
    let own = || below.iter().take_while(|item| item.heading().is_none());
    let is_code = |item: &Item| matches!(item.kind, Kind::Code | Kind::Fence);
    let holds = item.heading().is_some() && own().next().is_some_and(is_code);
    match title {
        Title::Section(Section::Request) if holds && own().all(is_code) => Title::RequestExample,
        Title::Section(Section::Response) if holds && own().all(is_code) => Title::ResponseExample,
        Title::Section(_) | Title::RequestExample | Title::ResponseExample => title,
    }
}

/// Returns whether a title can occur in this section.
fn fits(title: Title, item: &Item, now: Section) -> bool {
    let is_heading = item.heading().is_some();
    let parameters = matches!(now, Section::Request | Section::Response);
    match title {
        // The same words are also a label above further facts about a parameter.
        Title::Section(Section::MoreInformation) => is_heading || !parameters,
        Title::Section(Section::Head) => now == Section::Head,
        Title::Section(_) => true,
        Title::RequestExample | Title::ResponseExample => now != Section::Head,
    }
}

/// Returns whether a heading that no rule knows ends a section.
fn ends(lexicon: &Lexicon, now: Section, item: &Item, own: u8, level: Option<u8>) -> bool {
    let outranks = level.is_none_or(|level| own <= level);
    match now {
        Section::Request | Section::Response => {
            outranks && field_line(lexicon, &item.text, Strictness::Heading).is_none()
        }
        // The headings of all objects have the same level.
        Section::Objects | Section::Codes | Section::MoreInformation | Section::ResultLogic => {
            outranks
        }
        Section::Head | Section::Examples | Section::Footer | Section::Other => false,
    }
}

/// The greatest number of headings that are listed, and of characters in a line that may be one.
const HEADINGS: usize = 30;
const LONGEST: usize = 40;

/// Returns the headings that begin no section. Plain text has none, so its short lines count.
pub(super) fn unknown_headings(
    items: &[Item],
    sections: &Sections,
    input: Input,
) -> Vec<Stated<String>> {
    let is_heading = |item: &Item| match (item.heading(), input) {
        (Some(_), _) => true,
        (None, Input::Plain) => {
            let text = item.text.as_str();
            let ends = ['.', ',', ';', ':', '。', '，', '；', '：', '!', '?'];
            item.kind == Kind::Text && text.chars().count() <= LONGEST && !text.ends_with(ends)
        }
        (None, Input::Html | Input::Markdown) => false,
    };
    let unknown = items.iter().enumerate().filter(|(index, item)| {
        let title = sections.titles.get(*index);
        title.is_some_and(Option::is_none) && is_heading(item)
    });
    let unknown = unknown.map(|(_, item)| Stated {
        value: item.text.clone(),
        line: item.line,
    });
    unknown.take(HEADINGS).collect()
}

/// Returns the positions of the sections.
pub(super) fn spans(items: &[Item], sections: &[Section]) -> Vec<SectionSpan> {
    let mut spans: Vec<SectionSpan> = Vec::new();
    for (item, section) in items.iter().zip(sections) {
        match spans.last_mut() {
            Some(span) if span.section == *section => span.end_line = item.line,
            _ => spans.push(SectionSpan {
                section: *section,
                line: item.line,
                end_line: item.line,
            }),
        }
    }
    spans
}
