//! Reads the part above the parameters: title, date, endpoint, purpose.

mod curl;
mod operation_words;
mod stray;
mod title;

use super::annotations::Annotations;
use super::facts::{Aspect, Operation, Prose, Section, Stated, Subject};
use super::item::{Item, Kind};
use super::lexicon::Lexicon;
use super::text::{is_wire_name, norm};
use operation_words::operation_words;
use title::Candidates;

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "DELETE", "PATCH"];

/// The title and the date of a page, and the first facts of its operation.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) title: Option<Stated<String>>,
    pub(super) date: Option<Stated<String>>,
    pub(super) operation: Operation,
}

pub(super) fn head(
    lexicon: &Lexicon,
    items: &[Item],
    sections: &[Section],
    operation: usize,
    annotations: &mut Annotations,
) -> Head {
    let lines = HeadLines {
        lexicon,
        items,
        own: (0..items.len())
            .filter(|index| sections.get(*index) == Some(&Section::Head))
            .collect(),
    };
    let date = lines.date();
    let mut endpoint = lines.endpoint();
    let command = curl::endpoint(items).filter(|_| endpoint.is_none());
    if let Some(curl::Endpoint {
        index,
        method,
        path,
    }) = command
    {
        let found = |value| Found { index, value };
        match path {
            Some(path) => endpoint = Some((found(method), found(path))),
            None => annotations.unread(index, None),
        }
    }
    let own = lines.own.iter();
    let candidates = Candidates {
        lexicon,
        items,
        own: &lines.own,
        path: endpoint.as_ref().map(|(_, path)| path.value.as_str()),
        introduced: own
            .flat_map(|index| title::introduced(lexicon, lines.text(*index)))
            .collect(),
    };
    let title = candidates.title(
        date.as_ref().map(|date| date.index),
        endpoint.as_ref().map(|(method, _)| method.index),
    );
    let subject = Subject::Operation { operation };
    if let Some(index) = title {
        annotations.fact(index, Subject::Page, Aspect::Title);
        annotations.fact(index, subject, Aspect::Title);
    }
    if let Some(date) = &date {
        annotations.fact(date.index, Subject::Page, Aspect::Date);
    }
    if let Some((method, path)) = &endpoint {
        annotations.fact(method.index, subject, Aspect::Method);
        annotations.fact(path.index, subject, Aspect::Path);
    }
    let behind = |index: &usize| title.is_some_and(|title| *index > title);
    let mut behind_title = lines.own.iter().copied().filter(behind);
    let purpose =
        behind_title.find(|index| annotations.is_open(*index) && lines.is_purpose(*index));
    if let Some(index) = purpose {
        annotations.fact(index, subject, Aspect::Purpose);
    }
    let mut introduction = Vec::new();
    // Without the parameters of a side, those of a page that nothing begins may be here.
    let begins = sections.iter().any(|section| section.has_parameters());
    let is_lost = |index: usize| {
        let item = items.get(index).filter(|_| !begins);
        item.is_some_and(|item| stray::is_stray(lexicon, item))
    };
    for index in lines.own.iter().copied().filter(behind) {
        if annotations.is_open(index) && is_lost(index) {
            annotations.unread(index, None);
        } else if lines.is_prose(index) && annotations.is_open(index) {
            annotations.fact(index, subject, Aspect::Introduction);
            introduction.push(lines.prose(index));
        }
    }
    let title = title.map(|index| Stated {
        value: candidates.words(index).to_owned(),
        line: lines.line(index),
    });
    let (method, path) = endpoint.unzip();
    let stated = |found: Option<Found>| found.map(|found| lines.stated(found));
    let (method, path) = (stated(method), stated(path));
    let words = title.as_ref();
    let words = words.and_then(|title| operation_words(lexicon, &title.value));
    let is_notification = is_notification(lexicon, title.as_ref(), path.as_ref());
    Head {
        title: title.clone(),
        date: stated(date),
        operation: Operation {
            title,
            words,
            method,
            path,
            is_notification,
            purpose: purpose.map(|index| lines.prose(index)),
            introduction,
            endpoints: Vec::new(),
            request: Vec::new(),
            response: Vec::new(),
            result_logic: Vec::new(),
            codes: Vec::new(),
            examples: Vec::new(),
        },
    }
}

/// A fact, and the line that states it.
struct Found {
    index: usize,
    value: String,
}

/// The lines above the parameters.
struct HeadLines<'p> {
    lexicon: &'p Lexicon,
    items: &'p [Item],
    /// The lines of the section.
    own: Vec<usize>,
}

impl<'p> HeadLines<'p> {
    fn text(&self, index: usize) -> &'p str {
        self.items.get(index).map_or("", |item| item.text.as_str())
    }

    fn line(&self, index: usize) -> u32 {
        self.items.get(index).map_or(0, |item| item.line)
    }

    fn stated(&self, found: Found) -> Stated<String> {
        Stated {
            value: found.value,
            line: self.line(found.index),
        }
    }

    fn prose(&self, index: usize) -> Prose {
        Prose {
            text: self.text(index).to_owned(),
            line: self.line(index),
            end_line: self.line(index),
        }
    }

    /// Finds the first line that states something.
    fn find(&self, read: impl Fn(&str) -> Option<String>) -> Option<Found> {
        let mut own = self.own.iter().copied();
        own.find_map(|index| {
            let value = read(self.text(index))?;
            Some(Found { index, value })
        })
    }

    fn date(&self) -> Option<Found> {
        self.find(|text| labelled_date(self.lexicon, text))
    }

    /// Finds the method and the path, which may be in two lines.
    fn endpoint(&self) -> Option<(Found, Found)> {
        let mut own = self.own.iter().copied();
        let in_one_line = own.find_map(|index| {
            let (method, path) = endpoint(self.text(index))?;
            let found = |value| Found { index, value };
            Some((found(method), found(path)))
        });
        in_one_line.or_else(|| Some((self.find(method)?, self.find(address)?)))
    }

    /// Returns whether a line may say what the operation is for.
    fn is_purpose(&self, index: usize) -> bool {
        self.items.get(index).is_some_and(|item| {
            item.kind == Kind::Text
                && !title::is_chrome(self.lexicon, &item.text)
                && self.lexicon.title(&item.text).is_none()
        })
    }

    fn is_prose(&self, index: usize) -> bool {
        self.items.get(index).is_some_and(|item| match item.kind {
            Kind::Text | Kind::Bullet | Kind::Term(_) | Kind::Row(_) => {
                self.lexicon.title(&item.text).is_none()
            }
            Kind::Heading(_) | Kind::Code | Kind::Fence => false,
        })
    }
}

/// Returns the names of an operation in lower case: the end of its path, and the first word of its
/// title.
pub(super) fn names(operation: &Operation) -> Vec<String> {
    let stated = |text: &Option<Stated<String>>| text.as_ref().map(|text| text.value.clone());
    let path = stated(&operation.path);
    let end = path.as_deref().and_then(|path| path.rsplit('/').next());
    let title = stated(&operation.title);
    let word = title.as_deref().and_then(|title| {
        let mut words = title.split(|c: char| !c.is_alphanumeric());
        words.next()
    });
    let names = [end, word].into_iter().flatten();
    let names = names.filter(|name| is_wire_name(name));
    names.map(str::to_lowercase).collect()
}

/// Reads an endpoint: `POST /v1/payments/pay`.
fn endpoint(text: &str) -> Option<(String, String)> {
    if text.len() > 300 {
        return None;
    }
    let text = text.replace(MARKUP, " ");
    let mut words = text.split_whitespace();
    let mut first = words.next()?;
    if method(first).is_none() && first.ends_with([':', '：']) {
        first = words.next()?;
    }
    let found = (
        method(first.trim_end_matches([':', '：']))?,
        address(words.next()?)?,
    );
    words.next().is_none().then_some(found)
}

/// Marks around a method or an address.
const MARKUP: [char; 7] = ['`', '*', '【', '】', '[', ']', '"'];

/// Reads a method, alone or after a label.
fn method(text: &str) -> Option<String> {
    let word = labelled(text)?;
    let method = word.to_ascii_uppercase();
    METHODS.contains(&method.as_str()).then_some(method)
}

/// Reads an address, alone or after a label, and returns its path.
fn address(text: &str) -> Option<String> {
    let word = labelled(text)?;
    let path = match word.split_once("://") {
        Some(("http" | "https", rest)) => rest.get(rest.find('/')?..)?,
        Some(_) | None => word,
    };
    let fits = path.starts_with('/') && !path.starts_with("//") && path.len() > 1;
    fits.then(|| path.to_owned())
}

/// Returns the only word of a text, without a label before it.
fn labelled(text: &str) -> Option<&str> {
    if text.len() > 300 {
        return None;
    }
    let text = text.trim().trim_matches(MARKUP);
    let word = match text.split_once(['：', ':']) {
        Some((label, word)) if !label.contains('/') && !word.starts_with("//") => word,
        Some(_) | None => text,
    };
    let word = word.trim().trim_matches(MARKUP).trim();
    let is_word = !word.is_empty() && !word.contains(char::is_whitespace);
    is_word.then_some(word)
}

/// Reads a date, alone or behind its label: `Last updated: 2024-06-01`.
fn labelled_date(lexicon: &Lexicon, text: &str) -> Option<String> {
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    let (label, rest) = text.split_at_checked(digit)?;
    let label = norm(label);
    let is_label = label.is_empty() || lexicon.chrome.dates.contains(&label);
    is_label.then(|| date(rest)).flatten()
}

/// Reads a date: `2023-07-27 09:58`, `2024年4月24日 07:15`.
fn date(text: &str) -> Option<String> {
    if text.len() > 40 {
        return None;
    }
    let text = text.replace(['年', '月', '/'], "-").replace('日', " ");
    let mut words = text.split_whitespace();
    let mut parts = words.next()?.split('-');
    let mut number = |longest: usize| {
        let part = parts.next()?;
        let fits = (1..=longest).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse::<u32>().ok())?
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    if parts.next().is_some() || year < 1000 || month > 12 || day > 31 {
        return None;
    }
    let time = words.next();
    let is_time = |time: &str| {
        time.len() == 5
            && time.bytes().enumerate().all(|(at, byte)| match at {
                2 => byte == b':',
                _ => byte.is_ascii_digit(),
            })
    };
    if words.next().is_some() || !time.is_none_or(is_time) {
        return None;
    }
    let time = time.map_or_else(String::new, |time| format!(" {time}"));
    Some(format!("{year:04}-{month:02}-{day:02}{time}"))
}

/// Returns whether a title, or the last name of a path, is that of a call of the provider.
fn is_notification(
    lexicon: &Lexicon,
    title: Option<&Stated<String>>,
    path: Option<&Stated<String>>,
) -> bool {
    let title = title.map(|title| title.value.as_str());
    let path = path.map(|path| path.value.trim_end_matches('/'));
    let last = path.and_then(|path| path.rsplit('/').next());
    [title, last]
        .into_iter()
        .flatten()
        .any(|name| lexicon.is_notification(name))
}
