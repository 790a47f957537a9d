use std::collections::BTreeSet;

use super::{FlawSite, FlowFindings};
use crate::diagnostic::codes;
use crate::model::{CarriedValue, FlowEvent, Object, Operation, Role, Side, Target};

/// Proves that the values which a request carries are known whenever a state sends it.
pub(super) fn prove(findings: &mut FlowFindings<'_>) {
    let flow = findings.flow;
    let known = known(findings);
    for (id, state, step) in flow.steps() {
        // A state that nothing enters is reported as such.
        let Some(known) = &known[id.0] else { continue };
        for value in flow.carried_by(&step.send) {
            if known.contains(&value.name()) {
                continue;
            }
            let message = format!(
                "`{}` sends `{}` with `{}`, which may not be known by then",
                state.name,
                step.send,
                value.name()
            );
            let help = match value.side {
                Side::Request => {
                    format!("make the value required in the request of `{}`", value.from)
                }
                Side::Response => format!(
                    "enter `{}` only after outcomes of `{}` whose `needs` list the value",
                    state.name, value.from
                ),
            };
            let flaw = findings.add(
                &codes::NOT_GIVEN,
                message,
                FlawSite::state(state),
                value.origin,
            );
            flaw.help.push(help);
            // One flaw of a state is enough: it has one cause.
            break;
        }
    }
}

/// The names of the values that are certainly known in a state; [`None`] while no event leads to it.
type Known = Option<BTreeSet<String>>;

/// Follows all paths from the start until nothing changes: on each further path to a state, only what
/// all of them know remains.
fn known(findings: &FlowFindings<'_>) -> Vec<Known> {
    let flow = findings.flow;
    let mut known: Vec<Known> = vec![None; flow.states.len()];
    known[flow.starts.0] = Some(sent_first(findings));
    let mut open = vec![flow.starts];
    while let Some(id) = open.pop() {
        let (Role::Step(step), Some(before)) = (&flow.state(id).role, known[id.0].clone()) else {
            continue;
        };
        for row in &step.rows {
            let Target::State(to) = row.target else {
                continue;
            };
            let given = flow
                .with
                .iter()
                .filter(|one| gives(findings, &row.event, one));
            let mut after = before.clone();
            after.extend(given.map(CarriedValue::name));
            if let Some(others) = &known[to.0] {
                after.retain(|name| others.contains(name));
            }
            if known[to.0].as_ref() != Some(&after) {
                known[to.0] = Some(after);
                open.push(to);
            }
        }
    }
    known
}

/// Returns the values that every first request has.
fn sent_first(findings: &FlowFindings<'_>) -> BTreeSet<String> {
    let with = findings.flow.with.iter();
    let sent = with.filter(|value| match value.side {
        Side::Request => {
            let operation = findings.api.operation(&value.from);
            operation.is_some_and(|from| always_has(findings, &from.request.object, value))
        }
        Side::Response => false,
    });
    sent.map(CarriedValue::name).collect()
}

/// Returns whether an event is an answer that certainly has a value.
fn gives(findings: &FlowFindings<'_>, event: &FlowEvent, value: &CarriedValue) -> bool {
    let FlowEvent::Outcome {
        operation, outcome, ..
    } = event
    else {
        return false;
    };
    value.side == Side::Response
        && *operation == value.from
        && findings
            .api
            .operation(operation)
            .is_some_and(|operation| is_sure(findings, operation, outcome, value))
}

/// Returns whether every answer with this outcome has the value.
fn is_sure(
    findings: &FlowFindings<'_>,
    operation: &Operation,
    outcome: &str,
    value: &CarriedValue,
) -> bool {
    let decisions = operation.result.iter().flat_map(|result| &result.decisions);
    let mut own = decisions
        .filter(|decision| decision.name == outcome)
        .peekable();
    let answer = operation.response.as_ref();
    // A message that decides nothing has no decision.
    own.peek().is_some()
        && (answer.is_some_and(|body| always_has(findings, &body.object, value))
            || own.all(|decision| decision.needs.contains(&value.path)))
}

/// Returns whether a message without the value cannot be made or read.
fn always_has(findings: &FlowFindings<'_>, body: &Object, value: &CarriedValue) -> bool {
    (1..=value.path.len()).all(|length| {
        let field = findings.api.field_at(body, &value.path[..length]);
        field.is_some_and(|field| field.plain && !field.nullable)
    })
}
