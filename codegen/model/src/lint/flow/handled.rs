use super::{FlawSite, FlowFindings};
use crate::diagnostic::codes;
use crate::model::FlowEvent;

/// Proves that a message that contradicts the request leads from every step to an end for people.
pub(super) fn contradiction(findings: &mut FlowFindings<'_>) {
    let flow = findings.flow;
    let operations = flow.operations().into_iter();
    let mut agreeing = operations.filter(|id| {
        let operation = findings.api.operation(id);
        let result = operation.and_then(|operation| operation.result.as_ref());
        result.is_some_and(|result| !result.agrees.is_empty())
    });
    if let (Some(id), None) = (agreeing.next(), flow.contradicted()) {
        let message = format!(
            "`{}` has no end `escalated` for a message of `{id}` that contradicts the request",
            flow.id
        );
        findings.add(&codes::NO_DOUBT, message, FlawSite::Flow, flow.origin);
    }
}

/// Proves that every step has a target for each event that can happen in it.
pub(super) fn prove(findings: &mut FlowFindings<'_>) {
    let flow = findings.flow;
    for (_, state, step) in flow.steps() {
        let mut events: Vec<FlowEvent> = Vec::new();
        for operation in findings.received_operations(step) {
            let outcomes = operation.outcomes();
            events.extend(outcomes.iter().map(|outcome| FlowEvent::Outcome {
                operation: operation.id.clone(),
                outcome: outcome.name.to_owned(),
                code: None,
            }));
        }
        events.push(FlowEvent::NoAnswer);
        // If nothing is sent again, the sendings cannot run out.
        if step.sends_again() {
            events.push(FlowEvent::Exhausted);
        }
        events.extend(flow.expires.iter().map(|_| FlowEvent::Expired));
        let missing = events.iter().filter(|event| step.row(event).is_none());
        let missing: Vec<String> = missing.map(|event| format!("`{}`", event.name())).collect();
        if !missing.is_empty() {
            let message = format!("`{}` has no row for {}", state.name, missing.join(", "));
            findings.add(
                &codes::NOT_HANDLED,
                message,
                FlawSite::state(state),
                state.origin,
            );
        }
    }
}
