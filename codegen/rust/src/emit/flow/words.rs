//! A flow in words: the times of a step's sendings, and the targets of its events.

use payspec_model::model::{Api, Flow, FlowEvent, Pause, Step, Target};

/// A target of a step, with its events in short lines.
pub struct Group {
    /// The common target of the events.
    pub target: Target,
    /// `inquiry_payment: processing, pending`, `no_answer`.
    pub lines: Vec<String>,
}

/// Groups the events of a step by target, in the order of the rows.
pub fn groups(api: &Api, flow: &Flow, step: &Step) -> Vec<Group> {
    let mut targets: Vec<Target> = Vec::new();
    for row in &step.rows {
        if !targets.contains(&row.target) {
            targets.push(row.target);
        }
    }
    // States in their order, then the targets that keep the state.
    targets.sort_by_key(|target| matches!(target, Target::Again | Target::Stay));
    let group = |target| Group {
        target,
        lines: lines(api, flow, step, target),
    };
    targets.into_iter().map(group).collect()
}

fn lines(api: &Api, flow: &Flow, step: &Step, target: Target) -> Vec<String> {
    let here = || step.rows.iter().filter(|row| row.target == target);
    let mut lines = Vec::new();
    for id in flow.operations() {
        let mut words = Vec::new();
        for row in here() {
            let FlowEvent::Outcome {
                operation,
                outcome,
                code,
            } = &row.event
            else {
                continue;
            };
            if operation == id {
                words.push(match code {
                    Some(code) => format!("{outcome} {code}"),
                    None => outcome.clone(),
                });
            }
        }
        let outcomes = api.operation(id).map_or(0, |one| one.outcomes().len());
        if words.len() > 1 && words.len() == outcomes {
            lines.push(format!("{id}: any outcome"));
        } else if !words.is_empty() {
            lines.push(format!("{id}: {}", words.join(", ")));
        }
    }
    let others: Vec<String> = here()
        .filter(|row| !matches!(row.event, FlowEvent::Outcome { .. }))
        .map(|row| row.event.name())
        .collect();
    if !others.is_empty() {
        lines.push(others.join(", "));
    }
    lines
}

/// Returns the times of a step's sendings: `at once, then after 2, 3, 3 s`.
pub fn schedule(step: &Step) -> String {
    let (first, rest) = match step.pauses.split_first() {
        Some((first, rest)) => (*first, rest),
        None => return "never".to_owned(),
    };
    let start = match first {
        Pause::Seconds(0) => "at once".to_owned(),
        Pause::Seconds(_) => return format!("after {}", pauses(&step.pauses)),
        Pause::Unknown => "after a pause of the client's choice".to_owned(),
    };
    let own = rest.iter().all(|pause| *pause == Pause::Unknown);
    match rest.len() {
        0 => format!("{start}, once"),
        times if own => format!("{start}, then up to {times} times at the client's own pace"),
        _ => format!("{start}, then after {}", pauses(rest)),
    }
}

fn pauses(pauses: &[Pause]) -> String {
    let words: Vec<String> = pauses
        .iter()
        .map(|pause| match pause {
            Pause::Seconds(seconds) => seconds.to_string(),
            Pause::Unknown => "?".to_owned(),
        })
        .collect();
    format!("{} s", words.join(", "))
}
