//! Joins the rows that state the same code. What they state differently is unsure.

use std::collections::HashMap;

use crate::facts::{Advice, Aspect, Code, Confidence, Guess};

/// The codes of a page, each once.
pub(super) struct Joined {
    pub(super) codes: Vec<Code>,
    /// The number of the code that each row states.
    pub(super) of_row: Vec<usize>,
    /// For each code, true if its rows contradict each other.
    pub(super) contradicts: Vec<bool>,
}

pub(super) fn join(rows: Vec<Code>) -> Joined {
    let mut groups: Vec<Vec<Code>> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut of_row = Vec::with_capacity(rows.len());
    for row in rows {
        let at = *known.entry(row.code.clone()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
        of_row.push(at);
    }
    let joined = groups.into_iter().filter_map(joined);
    let (codes, contradicts) = joined.unzip();
    Joined {
        codes,
        of_row,
        contradicts,
    }
}

/// Joins the rows of one code; also returns whether they contradict each other.
fn joined(rows: Vec<Code>) -> Option<(Code, bool)> {
    let mut rows = rows.into_iter();
    let mut code = rows.next()?;
    let mut statuses = vec![code.status.take()];
    let mut http_statuses = vec![code.http_status.take()];
    let mut messages = vec![code.message.take()];
    let mut actions = vec![code.action.take()];
    for row in rows {
        statuses.push(row.status);
        http_statuses.push(row.http_status);
        messages.push(row.message);
        actions.push(row.action);
        code.guesses.extend(row.guesses);
    }
    let statuses = distinct(statuses);
    let http_statuses = distinct(http_statuses);
    let actions = distinct(actions);
    let mut contradicts = actions.len() > 1;
    let texts = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.join("\n"));
    code.message = texts(distinct(messages));
    if actions.len() > 1 {
        code.advice = Advice {
            unsure: actions.clone(),
            ..Advice::default()
        };
    }
    code.action = texts(actions);
    for (aspect, count) in [
        (Aspect::Status, statuses.len()),
        (Aspect::HttpStatus, http_statuses.len()),
    ] {
        if count > 1 {
            contradicts = true;
            code.guesses.push(Guess {
                aspect,
                confidence: Confidence::Low,
                why: "the page states the code several times, with different ones".to_owned(),
            });
        }
    }
    code.status = only(statuses);
    code.http_status = only(http_statuses);
    Some((code, contradicts))
}

fn distinct<T: PartialEq>(all: Vec<Option<T>>) -> Vec<T> {
    let mut distinct = Vec::new();
    for one in all.into_iter().flatten() {
        if !distinct.contains(&one) {
            distinct.push(one);
        }
    }
    distinct
}

fn only<T>(all: Vec<T>) -> Option<T> {
    let mut all = all.into_iter();
    let first = all.next()?;
    all.next().is_none().then_some(first)
}
