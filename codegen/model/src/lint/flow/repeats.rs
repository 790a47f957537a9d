use super::{FlawSite, FlowFindings};
use crate::diagnostic::codes;
use crate::model::{FlowEvent, Operation, StateId, Target};

/// Proves that money moves once, and that no decided request is repeated.
pub(super) fn prove(findings: &mut FlowFindings<'_>) {
    let flow = findings.flow;
    let Some(principal) = findings.api.operation(&flow.principal) else {
        return;
    };
    for (id, state, step) in flow.steps() {
        let starts = id == flow.starts;
        if starts && principal.idempotency.is_none() {
            let message = format!(
                "`{}` has no idempotency key, so a repeated request makes another {}",
                principal.id,
                flow.kind.noun()
            );
            findings.add(
                &codes::PAYS_TWICE,
                message,
                FlawSite::state(state),
                step.origin,
            );
        }
        let repeats = step.send == flow.principal && repeats(findings, id);
        if !starts && !repeats && moves_money(findings, principal, &step.send) {
            let message = format!(
                "`{}` sends `{}`, but `{}` may already have moved the money",
                state.name, step.send, flow.principal
            );
            findings.add(
                &codes::PAYS_TWICE,
                message,
                FlawSite::state(state),
                step.origin,
            );
        }
        for row in step.rows.iter().filter(|row| row.target == Target::Again) {
            let Some((_, outcome)) = findings.outcome(&row.event) else {
                continue;
            };
            let coded = matches!(row.event, FlowEvent::Outcome { code: Some(_), .. });
            let name = row.event.name();
            if step.send == flow.principal && (coded || !outcome.is_pending()) {
                let message = format!(
                    "`{name}` reports the state of the {}, but the request is sent again",
                    flow.kind.noun()
                );
                findings.add(
                    &codes::PAYS_TWICE,
                    message,
                    FlawSite::row(state, row),
                    row.origin,
                );
            } else if outcome.is_settled() {
                let message = format!("`{name}` is final: the same request gets the same answer");
                findings.add(
                    &codes::POINTLESS_REPEAT,
                    message,
                    FlawSite::row(state, row),
                    row.origin,
                );
            }
        }
    }
}

/// Returns whether a state that sends the principal only repeats an earlier sending whose outcome is
/// unknown: it is entered only from the principal, and only by events that decide nothing.
fn repeats(findings: &FlowFindings<'_>, id: StateId) -> bool {
    let flow = findings.flow;
    flow.steps().all(|(_, _, step)| {
        let mut leading = step
            .rows
            .iter()
            .filter(|row| row.target == Target::State(id));
        leading.all(|row| step.send == flow.principal && is_open(findings, &row.event))
    })
}

/// Returns whether an event of the step that sends the principal leaves its outcome open.
fn is_open(findings: &FlowFindings<'_>, event: &FlowEvent) -> bool {
    match event {
        FlowEvent::NoAnswer | FlowEvent::Exhausted => true,
        FlowEvent::Expired => false,
        FlowEvent::Outcome {
            operation, code, ..
        } => {
            let outcome = findings.outcome(event);
            let pending = outcome.is_some_and(|(_, outcome)| outcome.is_pending());
            *operation == findings.flow.principal && code.is_none() && pending
        }
    }
}

/// Returns whether an operation can move money: the principal, one of the same path, or the principal of another flow.
fn moves_money(findings: &FlowFindings<'_>, principal: &Operation, id: &str) -> bool {
    let same_path = findings
        .api
        .operation(id)
        .is_some_and(|other| (other.method, &other.path) == (principal.method, &principal.path));
    same_path || findings.api.flows.iter().any(|flow| flow.principal == id)
}
