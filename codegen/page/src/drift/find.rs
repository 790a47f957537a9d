//! Finds the operation that a page describes, and the source of the spec that the page is.

use std::collections::BTreeSet;

use super::align::Alignment;
use super::compare::{Against, compare};
use super::letters::letters;
use super::{from_page, from_spec};
use crate as page;
use crate::Page;
use payspec_model::model::{Api, Model, Operation, Side};

/// The reason why a page's operation or source was not found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// The page has neither parameters nor codes. Holds its headings.
    #[error("the page describes no operation: it has no parameters and no result codes{}", headings(.0))]
    Nothing(Vec<String>),
    /// Several operations, or none, could be the one. Holds the ids of the candidates.
    #[error("cannot determine which operation the page describes\nhelp: name it with `--operation OP`{}", candidates(.0))]
    Unclear(Vec<String>),
    /// The path and the title of the page belong to different operations.
    #[error(
        "the page contradicts itself: its path `{path}` belongs to {owners}, but its title `{title}` names `{named}`, at `{its_path}`\nhelp: choose one with `--operation OP`"
    )]
    Contradiction {
        /// The path that the page prints.
        path: String,
        /// The operations at that path, or a note that there is none.
        owners: String,
        /// The title.
        title: String,
        /// The operation that the title names.
        named: String,
        /// The path of that operation.
        its_path: String,
    },
    /// No operation has the path that the page prints.
    #[error(
        "no operation of the spec has the path `{path}` or the title `{title}` of the page\nhelp: name the operation with `--operation OP`{}",
        candidates(similar)
    )]
    NoPath {
        /// The path.
        path: String,
        /// The title.
        title: String,
        /// Operations with similar parameters.
        similar: Vec<String>,
    },
    /// Two pages describe different operations.
    #[error("the pages describe different operations: `{old}` and `{new}`")]
    Different {
        /// The operation of the older page.
        old: String,
        /// The operation of the newer page.
        new: String,
    },
    /// The spec has no operation of that name.
    #[error("unknown operation `{0}`")]
    NoOperation(String),
    /// No source has that tag.
    #[error("unknown source `{tag}` in the API `{api}`\nhelp: expected one of: {}", known.join(", "))]
    NoSource {
        /// The tag.
        tag: String,
        /// The API.
        api: String,
        /// The tags of its sources.
        known: Vec<String>,
    },
}

/// Lists the headings of a page, which may be those of an unknown language or layout.
fn headings(headings: &[String]) -> String {
    if headings.is_empty() {
        return String::new();
    }
    let listed: Vec<String> = headings.iter().map(|one| format!("`{one}`")).collect();
    format!(
        "\nhelp: no heading begins a known section: {}",
        listed.join(", ")
    )
}

fn candidates(ids: &[String]) -> String {
    if ids.is_empty() {
        return String::new();
    }
    format!("; it may be {}", ids.join(" or "))
}

/// The least similarity of two operations to be the same, in percent.
const ENOUGH: i64 = 40;

/// The percentage by which a contradiction lowers the score of an operation.
const PENALTY: i64 = 5;

/// Returns the operation of a page that is compared: the first one with any content.
pub(crate) fn described(page: &Page) -> Result<&page::Operation, FindError> {
    let full = |operation: &&page::Operation| {
        let lists = [operation.request.len(), operation.response.len()];
        lists.iter().sum::<usize>() + operation.codes.len() > 0
    };
    page.operations.iter().find(full).ok_or_else(|| {
        let headings = page.headings.iter().map(|one| one.value.clone());
        FindError::Nothing(headings.collect())
    })
}

/// Finds the operation of the spec that a page describes: by its id if given, else by the path that
/// the page prints, then by its title, then by its parameters.
pub(crate) fn operation<'m>(
    model: &'m Model,
    page: &page::Operation,
    id: Option<&str>,
) -> Result<(&'m Api, &'m Operation), FindError> {
    if let Some(id) = id {
        let found = model.operation(id);
        return found.ok_or_else(|| FindError::NoOperation(id.to_owned()));
    }
    let all: Vec<_> = model
        .apis
        .iter()
        .flat_map(|api| api.operations.iter().map(move |operation| (api, operation)))
        .collect();
    let named: Vec<_> = all
        .iter()
        .copied()
        .filter(|(_, operation)| is_named(operation, page))
        .collect();
    let Some(path) = page.path.as_ref().map(|path| path.value.as_str()) else {
        return match named.as_slice() {
            [only] => Ok(*only),
            _ => most_similar(&all, page),
        };
    };
    let at_path: Vec<_> = all
        .iter()
        .copied()
        .filter(|(_, operation)| is_path_of(path, operation))
        .collect();
    match (at_path.as_slice(), named.as_slice()) {
        ([], []) if all.is_empty() => Err(FindError::Unclear(Vec::new())),
        ([], []) => {
            let similar = all
                .iter()
                .filter(|(_, one)| similarity(one, page) >= ENOUGH);
            let similar = similar.map(|(_, operation)| operation.id.clone());
            Err(FindError::NoPath {
                path: path.to_owned(),
                title: title_of(page),
                similar: similar.collect(),
            })
        }
        // The page names a notification by the title; the merchant chooses its path.
        ([], [only]) if is_placeholder(&only.1.path) => Ok(*only),
        ([], [(_, named), ..]) => Err(contradiction(path, &[], page, named)),
        ([only], []) => Ok(*only),
        (at_path, named) => {
            let mut both = named.iter().filter(|(_, one)| {
                let mut here = at_path.iter();
                here.any(|(_, other)| std::ptr::eq(*one, *other))
            });
            match (both.next(), named) {
                (Some(one), _) => Ok(*one),
                (None, [(_, named), ..]) => Err(contradiction(path, at_path, page, named)),
                (None, []) => match most_titled(at_path, page) {
                    Some(one) => Ok(one),
                    None => most_similar(at_path, page),
                },
            }
        }
    }
}

fn contradiction(
    path: &str,
    owners: &[(&Api, &Operation)],
    page: &page::Operation,
    named: &Operation,
) -> FindError {
    let ids: Vec<String> = owners
        .iter()
        .map(|(_, one)| format!("`{}`", one.id))
        .collect();
    let owners = if ids.is_empty() {
        "no operation".to_owned()
    } else {
        ids.join(" and ")
    };
    FindError::Contradiction {
        path: path.to_owned(),
        owners,
        title: title_of(page),
        named: named.id.clone(),
        its_path: named.path.clone(),
    }
}

fn title_of(page: &page::Operation) -> String {
    let title = page.title.as_ref();
    title.map_or_else(String::new, |title| title.value.clone())
}

/// Returns whether a path on a page is that of an operation, with or without a prefix of the API.
fn is_path_of(path: &str, operation: &Operation) -> bool {
    let path = path.trim_end_matches('/');
    let own = operation.path.trim_end_matches('/');
    own.len() > 1 && own.starts_with('/') && path.ends_with(own)
}

/// Returns whether a path consists of a placeholder: the address is in a field of another request.
fn is_placeholder(path: &str) -> bool {
    path.starts_with('{')
}

/// Returns whether the title of a page is the name of an operation.
fn is_named(operation: &Operation, page: &page::Operation) -> bool {
    let Some(title) = page.title.as_ref().map(|title| letters(&title.value)) else {
        return false;
    };
    let translated = page.english_words().map(<[String]>::concat);
    [&operation.id, &operation.title].into_iter().any(|name| {
        let name = letters(name);
        name == title || translated.as_ref() == Some(&name)
    })
}

/// Returns the operation with the most words of its name in the page's title, if it is the only one.
fn most_titled<'m>(
    all: &[(&'m Api, &'m Operation)],
    page: &page::Operation,
) -> Option<(&'m Api, &'m Operation)> {
    let scores = all.iter().map(|one| titled(one.1, page));
    let best = scores.max()?;
    let mut first = all.iter().filter(|one| titled(one.1, page) == best);
    let found = first.next().copied()?;
    first.next().is_none().then_some(found)
}

/// Finds the operation with the most similar parameters.
fn most_similar<'m>(
    all: &[(&'m Api, &'m Operation)],
    page: &page::Operation,
) -> Result<(&'m Api, &'m Operation), FindError> {
    let at_path = page.path.is_some();
    let mut scored: Vec<_> = all
        .iter()
        .map(|(api, operation)| (similarity(operation, page), *api, *operation))
        .filter(|(score, ..)| at_path || *score >= ENOUGH)
        .collect();
    if scored.len() > 1 {
        for (score, api, operation) in &mut scored {
            *score -= PENALTY * contradictions(api, operation, page);
            *score += titled(operation, page);
        }
    }
    scored.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    match scored.as_slice() {
        [(_, api, operation)] => Ok((api, operation)),
        [(best, api, operation), (next, ..), ..] if best > next => Ok((api, operation)),
        rivals => {
            let ids = rivals.iter().map(|(.., operation)| operation.id.clone());
            Err(FindError::Unclear(ids.collect()))
        }
    }
}

/// Counts the words of the operation's name in the page's title.
fn titled(operation: &Operation, page: &page::Operation) -> i64 {
    let title = page.english_words().unwrap_or_default();
    let mut words = 0;
    for word in operation.id.split('_') {
        words += i64::from(title.iter().any(|one| one.starts_with(word)));
    }
    words
}

/// Counts the facts of the page that the operation contradicts.
fn contradictions(api: &Api, operation: &Operation, page: &page::Operation) -> i64 {
    let (page, spec) = (
        from_page::of_page(page, &[]),
        from_spec::of_spec(api, operation),
    );
    let against = Against::Spec { source: None };
    let found = compare(&page, &spec, &Alignment::new(&page, &spec), against);
    let mut both = 0;
    for difference in found {
        let both_state = difference.page.is_some() && difference.spec.is_some();
        both += i64::from(both_state && difference.subject != "endpoint");
    }
    both
}

/// Returns the percentage of parameters that are the same.
fn similarity(operation: &Operation, page: &page::Operation) -> i64 {
    let (mut same, mut all) = (0, 0);
    for side in Side::ALL.iter().copied() {
        let body = operation.body(side).map(|body| &body.object.fields);
        let fields = body.into_iter().flatten();
        let ours: BTreeSet<&str> = fields
            .flat_map(|field| std::iter::once(&field.name).chain(&field.page_names))
            .map(String::as_str)
            .collect();
        let body = operation
            .body(side)
            .map_or(0, |body| body.object.fields.len());
        let parameters = page.parameters(side).iter().filter(|one| one.depth == 0);
        let theirs: BTreeSet<&str> = parameters
            .map(|one| one.name.as_ref().unwrap_or(&one.name_as_printed).as_str())
            .collect();
        let both = ours.intersection(&theirs).count();
        same += both;
        all += body + theirs.len() - both;
    }
    let percent = same * 100 / all.max(1);
    i64::try_from(percent).unwrap_or_default()
}

/// Removes a prefix of the API from a path, as operations write it.
pub(crate) fn without_prefix<'p>(api: &Api, path: &'p str) -> &'p str {
    let prefixes = api.servers.iter().map(|prefix| prefix.prefix.as_str());
    let rest = prefixes.filter(|prefix| !prefix.is_empty());
    rest.filter_map(|prefix| path.strip_prefix(prefix))
        .find(|rest| rest.starts_with('/'))
        .unwrap_or(path)
}

/// Finds the source that the page is: the given one, or, of the operation's sources, the one with
/// the page's date, else the first.
pub(crate) fn source(
    api: &Api,
    operation: &Operation,
    page: &Page,
    tag: Option<&str>,
) -> Result<Option<usize>, FindError> {
    if let Some(tag) = tag {
        let named = api.sources.iter().position(|source| source.tag == tag);
        let none = || FindError::NoSource {
            tag: tag.to_owned(),
            api: api.id.clone(),
            known: api.sources.iter().map(|one| one.tag.clone()).collect(),
        };
        return named.map(Some).ok_or_else(none);
    }
    let day = page.date.as_ref().map(|date| day(&date.value));
    let of_day = operation.sources.iter().copied().find(|id| {
        let source = api.sources.get(*id);
        source.is_some_and(|source| Some(source.date.as_str()) == day)
    });
    Ok(of_day.or_else(|| operation.sources.first().copied()))
}

/// Returns the day of a date that may include a time.
pub(crate) fn day(date: &str) -> &str {
    date.split_once(' ').map_or(date, |(day, _)| day)
}
