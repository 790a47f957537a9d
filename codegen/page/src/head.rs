//! Reads the part above the parameters: title, date, endpoint, purpose.

use super::annotations::Annotations;
use super::facts::{Aspect, Operation, Prose, Section, Stated, Subject};
use super::item::{Item, Kind};
use super::lexicon::Lexicon;
use super::text::is_wire_name;

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
        .find_map(|(place, index)| Some((place, *index, date(text(*index))?)));
    let endpoint = own
        .iter()
        .find_map(|index| Some((*index, endpoint(text(*index))?)));
    // The title is directly above the date; navigation may be above both.
    let above = date.as_ref().and_then(|(place, ..)| {
        let above = own.get(place.checked_sub(1)?)?;
        items.get(*above).filter(|item| is_title(item))?;
        Some(*above)
    });
    let heading = own.iter().find(|index| {
        items
            .get(**index)
            .is_some_and(|item| item.heading().is_some())
    });
    let title = above.or(heading.copied()).or(own.first().copied());
    let taken = |index: usize| {
        Some(index) == title
            || date.as_ref().is_some_and(|(_, at, _)| *at == index)
            || endpoint.as_ref().is_some_and(|(at, _)| *at == index)
    };
    let purpose = own.iter().copied().find(|index| {
        let item = items.get(*index);
        title.is_some_and(|title| *index > title)
            && !taken(*index)
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
    if let Some((index, _)) = &endpoint {
        annotations.fact(*index, subject, Aspect::Method);
        annotations.fact(*index, subject, Aspect::Path);
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
            Kind::Text | Kind::Bullet | Kind::Row(_) => lexicon.title(&item.text).is_none(),
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
        value: text(index).to_owned(),
        line: line(index),
    });
    let stated = |index: usize, value: String| Stated {
        value,
        line: line(index),
    };
    let (method, path) = match endpoint {
        Some((index, (method, path))) => (Some(stated(index, method)), Some(stated(index, path))),
        None => (None, None),
    };
    Head {
        title: title.clone(),
        date: date.map(|(_, index, date)| stated(index, date)),
        operation: Operation {
            title,
            method,
            path,
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

fn is_title(item: &Item) -> bool {
    match item.kind {
        Kind::Heading(_) | Kind::Text => true,
        Kind::Bullet | Kind::Row(_) | Kind::Code | Kind::Fence => false,
    }
}

/// Reads an endpoint: `POST /v1/payments/pay`.
fn endpoint(text: &str) -> Option<(String, String)> {
    if text.len() > 300 {
        return None;
    }
    let text = text.replace(['`', '*', ':'], " ");
    let mut words = text.split_whitespace();
    let method = words.next()?.to_ascii_uppercase();
    let path = words.next()?;
    let fits = METHODS.contains(&method.as_str()) && path.starts_with('/');
    (fits && words.next().is_none()).then(|| (method, path.to_owned()))
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
