//! Reads the part above the parameters: title, date, endpoint, purpose.

mod title;

use super::annotations::Annotations;
use super::facts::{Aspect, Operation, Prose, Section, Stated, Subject};
use super::item::{Item, Kind};
use super::lexicon::Lexicon;
use super::text::{is_wire_name, norm};
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
    let own: Vec<usize> = (0..items.len())
        .filter(|index| sections.get(*index) == Some(&Section::Head))
        .collect();
    let text = |index: usize| items.get(index).map_or("", |item| item.text.as_str());
    let line = |index: usize| items.get(index).map_or(0, |item| item.line);
    let date = own
        .iter()
        .enumerate()
        .find_map(|(place, index)| Some((place, *index, labelled_date(lexicon, text(*index))?)));
    let stated = |index: usize, value: String| Stated {
        value,
        line: line(index),
    };
    let in_one_line = own.iter().find_map(|index| {
        let (method, path) = endpoint(text(*index))?;
        Some([(*index, method), (*index, path)])
    });
    // The method and the address may be in two lines.
    let in_two_lines = || {
        let find = |read: fn(&str) -> Option<String>| {
            let mut all = own.iter();
            all.find_map(|index| Some((*index, read(text(*index))?)))
        };
        Some([find(method)?, find(address)?])
    };
    let endpoint = in_one_line.or_else(in_two_lines);
    let candidates = Candidates {
        lexicon,
        items,
        own: &own,
        path: endpoint.as_ref().map(|[_, (_, path)]| path.as_str()),
        introduced: own
            .iter()
            .flat_map(|index| title::introduced(lexicon, text(*index)))
            .collect(),
    };
    let title = candidates.title(
        date.as_ref().map(|(place, ..)| *place),
        endpoint.as_ref().map(|[(index, _), _]| *index),
    );
    let taken = |index: usize| {
        Some(index) == title
            || date.as_ref().is_some_and(|(_, at, _)| *at == index)
            || endpoint.iter().flatten().any(|(at, _)| *at == index)
    };
    let purpose = own.iter().copied().find(|index| {
        let item = items.get(*index);
        title.is_some_and(|title| *index > title)
            && !taken(*index)
            && item.is_some_and(|item| !title::is_chrome(lexicon, &item.text))
            && item
                .is_some_and(|item| item.kind == Kind::Text && lexicon.title(&item.text).is_none())
    });
    let subject = Subject::Operation { operation };
    if let Some(index) = title {
        annotations.fact(index, Subject::Page, Aspect::Title);
        annotations.fact(index, subject, Aspect::Title);
    }
    if let Some((_, index, _)) = &date {
        annotations.fact(*index, Subject::Page, Aspect::Date);
    }
    if let Some([(method, _), (path, _)]) = &endpoint {
        annotations.fact(*method, subject, Aspect::Method);
        annotations.fact(*path, subject, Aspect::Path);
    }
    if let Some(index) = purpose {
        annotations.fact(index, subject, Aspect::Purpose);
    }
    let mut introduction = Vec::new();
    let behind_title = own
        .iter()
        .copied()
        .filter(|index| title.is_some_and(|title| *index > title));
    for index in behind_title {
        let item = items.get(index);
        let is_prose = item.is_some_and(|item| match item.kind {
            Kind::Text | Kind::Bullet | Kind::Term(_) | Kind::Row(_) => {
                lexicon.title(&item.text).is_none()
            }
            Kind::Heading(_) | Kind::Code | Kind::Fence => false,
        });
        if !is_prose || !annotations.is_open(index) {
            continue;
        }
        annotations.fact(index, subject, Aspect::Introduction);
        introduction.push(Prose {
            text: text(index).to_owned(),
            line: line(index),
            end_line: line(index),
        });
    }
    let title = title.map(|index| Stated {
        value: candidates.words(index).to_owned(),
        line: line(index),
    });
    let (method, path) = match endpoint {
        Some([(method, verb), (path, address)]) => {
            (Some(stated(method, verb)), Some(stated(path, address)))
        }
        None => (None, None),
    };
    let is_notification = is_notification(lexicon, title.as_ref(), path.as_ref());
    Head {
        title: title.clone(),
        date: date.map(|(_, index, date)| stated(index, date)),
        operation: Operation {
            title,
            method,
            path,
            is_notification,
            purpose: purpose.map(|index| Prose {
                text: text(index).to_owned(),
                line: line(index),
                end_line: line(index),
            }),
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
const MARKUP: [char; 6] = ['`', '*', '【', '】', '[', ']'];

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
