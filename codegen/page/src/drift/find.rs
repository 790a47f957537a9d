//! Finds the operation that a page describes, and the source of the spec that the page is.

use std::collections::BTreeSet;

use super::align::Alignment;
use super::compare::{Against, compare};
use super::{from_page, from_spec};
use crate as page;
use crate::Page;
use payspec_model::model::{Api, Model, Operation, Side};

/// The reason why a page's operation or source was not found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// The page has neither parameters nor codes.
    #[error("the page describes no operation: it has no parameters and no result codes")]
    Nothing,
    /// Several operations, or none, could be the one. Holds the ids of the candidates.
    #[error("cannot determine which operation the page describes\nhelp: name it with `--operation OP`{}", candidates(.0))]
    Unclear(Vec<String>),
    /// The spec has no operation of that name.
    #[error("unknown operation `{0}`")]
    NoOperation(String),
    /// No source has that tag.
    #[error("unknown source `{tag}` in the API `{api}`")]
    NoSource {
        /// The tag.
        tag: String,
        /// The API.
        api: String,
    },
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
    page.operations.iter().find(full).ok_or(FindError::Nothing)
}

/// Finds the operation of the spec that a page describes: by its id if given, else by endpoint and
/// parameters.
pub(crate) fn operation<'m>(
    model: &'m Model,
    page: &page::Operation,
    id: Option<&str>,
) -> Result<(&'m Api, &'m Operation), FindError> {
    if let Some(id) = id {
        let found = model.operation(id);
        return found.ok_or_else(|| FindError::NoOperation(id.to_owned()));
    }
    let all = model.apis.iter().flat_map(|api| {
        let operations = api.operations.iter();
        operations.map(move |operation| (api, operation))
    });
    let mut scored: Vec<_> = all
        .map(|(api, operation)| (similarity(operation, page), api, operation))
        .filter(|(score, ..)| score.0 || score.1 >= ENOUGH)
        .collect();
    if scored.len() > 1 {
        for ((_, score), api, operation) in &mut scored {
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
    let title = page.title.as_ref().map(|title| title.value.to_lowercase());
    let title = title.unwrap_or_default();
    let mut words = 0;
    for word in operation.id.split('_') {
        words += i64::from(title.contains(word));
    }
    words
}

/// Counts the facts of the page that the operation contradicts.
fn contradictions(api: &Api, operation: &Operation, page: &page::Operation) -> i64 {
    let (page, spec) = (from_page::of_page(page), from_spec::of_spec(api, operation));
    let against = Against::Spec { source: None };
    let found = compare(&page, &spec, &Alignment::new(&page, &spec), against);
    let mut both = 0;
    for difference in found {
        let both_state = difference.page.is_some() && difference.spec.is_some();
        both += i64::from(both_state && difference.subject != "endpoint");
    }
    both
}

/// Returns whether the endpoint is the same, and the percentage of parameters that are.
fn similarity(operation: &Operation, page: &page::Operation) -> (bool, i64) {
    let path = page.path.as_ref().map(|path| path.value.as_str());
    let endpoint =
        path.is_some_and(|path| path.ends_with(&operation.path) && operation.path.len() > 1);
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
    (endpoint, i64::try_from(percent).unwrap_or_default())
}

/// Removes a prefix of the API from a path, as operations write it.
pub(crate) fn without_prefix<'p>(api: &Api, path: &'p str) -> &'p str {
    let prefixes = api
        .path_prefixes
        .iter()
        .map(|prefix| prefix.prefix.as_str());
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
