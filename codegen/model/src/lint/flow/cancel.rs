use std::collections::BTreeSet;

use super::{FlawSite, FlowFindings};
use crate::diagnostic::codes;
use crate::model::{Decide, End, FlowEvent, Operation, Role, Step, Target};

/// The possible states of a cancellation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cancel {
    /// None was sent.
    None,
    /// The provider refused it, and no other was sent: the payment is unchanged.
    Refused,
    /// It was sent, and may have been accepted.
    Open,
}

/// The possible states of a cancellation, for each state of the flow that can be entered.
type Known = Vec<BTreeSet<Cancel>>;

/// Proves that an answer "the money moved" is not ignored before a cancellation, and not believed after
/// it.
pub(super) fn prove(findings: &mut FlowFindings<'_>) {
    let flow = findings.flow;
    let (success, noun) = (flow.kind.success(), flow.kind.noun());
    let done = success.as_str();
    let known = known(findings);
    for (id, state, step) in flow.steps() {
        let open = during(findings, step, &known[id.0]).contains(&Cancel::Open);
        for row in &step.rows {
            let to_success = findings.end(row.target) == Some(success);
            let name = row.event.name();
            if to_success && open {
                let message = format!(
                    "in `{}` the {noun} may have been cancelled, but `{name}` makes it {done}",
                    state.name
                );
                findings.add(
                    &codes::PAID_AFTER_CANCEL,
                    message,
                    FlawSite::row(state, row),
                    row.origin,
                );
            } else if !to_success && !open && findings.proves(&row.event, success) {
                let message = format!(
                    "`{name}` says that the {noun} is {done}, but it leads to `{}`",
                    flow.target_name(row.target)
                );
                findings.add(
                    &codes::PASSED_OVER,
                    message,
                    FlawSite::row(state, row),
                    row.origin,
                );
            }
        }
    }
}

/// Follows all paths from the start until nothing new is found.
fn known(findings: &FlowFindings<'_>) -> Known {
    let flow = findings.flow;
    let mut known: Known = vec![BTreeSet::new(); flow.states.len()];
    known[flow.starts.0].insert(Cancel::None);
    let mut open = vec![flow.starts];
    while let Some(id) = open.pop() {
        let Role::Step(step) = &flow.state(id).role else {
            continue;
        };
        for row in &step.rows {
            let Target::State(to) = row.target else {
                continue;
            };
            let before = known[id.0].clone();
            let after = after(findings, step, &row.event, &before);
            if !after.is_subset(&known[to.0]) {
                known[to.0].extend(after);
                open.push(to);
            }
        }
    }
    known
}

/// Returns the possible states of a cancellation during a step.
fn during(findings: &FlowFindings<'_>, step: &Step, before: &BTreeSet<Cancel>) -> BTreeSet<Cancel> {
    match cancels(findings, step) {
        Some(_) => BTreeSet::from([Cancel::Open]),
        None => before.clone(),
    }
}

/// Returns the possible states after an event. A refusal is about its own sending only: an earlier
/// unanswered one may have been accepted, or may still arrive.
fn after(
    findings: &FlowFindings<'_>,
    step: &Step,
    event: &FlowEvent,
    before: &BTreeSet<Cancel>,
) -> BTreeSet<Cancel> {
    let Some(cancel) = cancels(findings, step) else {
        return before.clone();
    };
    let refused = findings.outcome(event).is_some_and(|(operation, outcome)| {
        operation.id == cancel.id && outcome.kind == Decide::Failed
    });
    if refused && step.pauses.len() == 1 && !before.contains(&Cancel::Open) {
        BTreeSet::from([Cancel::Refused])
    } else {
        BTreeSet::from([Cancel::Open])
    }
}

/// Returns the operation that a step sends, if it cancels.
fn cancels<'a>(findings: &FlowFindings<'a>, step: &Step) -> Option<&'a Operation> {
    let operation = findings.api.operation(&step.send)?;
    let outcomes = operation.outcomes();
    let mut done = outcomes
        .iter()
        .filter(|outcome| outcome.kind == Decide::Done);
    done.any(|outcome| outcome.proves(End::Cancelled, false))
        .then_some(operation)
}
