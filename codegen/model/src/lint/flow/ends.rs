use super::{FlawSite, FlowFindings};
use crate::diagnostic::codes;
use crate::model::{Decide, End, FlowEvent, Row, Step};

/// Proves that each end is entered only by an event that proves it.
pub(super) fn prove(findings: &mut FlowFindings<'_>) {
    let flow = findings.flow;
    let (failure, noun) = (flow.kind.failure(), flow.kind.noun());
    for (id, state, step) in flow.steps() {
        // If this is a later sending, or one of several, another one may have arrived.
        let repeated = id != flow.starts || step.sends_again();
        for row in &step.rows {
            let Some(end) = findings.end(row.target) else {
                continue;
            };
            let name = row.event.name();
            if end == failure && repeated && is_failure(findings, &row.event) {
                let message = format!(
                    "`{name}` may refuse a repetition although an earlier sending succeeded"
                );
                let found = findings.add(
                    &codes::FALSE_END,
                    message,
                    FlawSite::row(state, row),
                    row.origin,
                );
                let help = "repeat in a separate state, in which a failure leads to an inquiry";
                found.help.push(help.to_owned());
                continue;
            }
            let conflicting = if end == failure {
                conflict(findings, step, row)
            } else {
                None
            };
            if let Some(code) = conflicting {
                let message = format!(
                    "`{name}` can have the code `{code}`, which refers to another request with the same key"
                );
                let found = findings.add(
                    &codes::FALSE_END,
                    message,
                    FlawSite::row(state, row),
                    row.origin,
                );
                let help = format!(
                    "add a row for this code: `{}.failed {code}: STATE`",
                    flow.principal
                );
                found.help.push(help);
            } else if end != End::Escalated && !findings.proves(&row.event, end) {
                let end = end.as_str();
                let message = format!("`{name}` does not prove that the {noun} is {end}");
                findings.add(
                    &codes::FALSE_END,
                    message,
                    FlawSite::row(state, row),
                    row.origin,
                );
            }
        }
    }
}

/// Returns whether the event is a failure of the principal.
fn is_failure(findings: &FlowFindings<'_>, event: &FlowEvent) -> bool {
    findings.outcome(event).is_some_and(|(operation, outcome)| {
        operation.id == findings.flow.principal && outcome.kind == Decide::Failed
    })
}

/// Returns the code of a row, if any, by which the provider says that the key belongs to a request with
/// other values: that request may have succeeded.
fn conflict<'a>(findings: &FlowFindings<'a>, step: &Step, row: &Row) -> Option<&'a str> {
    let FlowEvent::Outcome {
        operation,
        outcome,
        code,
    } = &row.event
    else {
        return None;
    };
    if *operation != findings.flow.principal {
        return None;
    }
    let principal = findings.api.operation(operation)?;
    let conflict = principal.idempotency.as_ref()?.conflict_code.as_ref()?;
    // Beside another status the code leaves the outcome pending.
    let result = principal.result.as_ref()?;
    let code_of_it = result.codes.iter().find(|code| code.name == *conflict)?;
    let mut decisions = result.decisions.iter();
    if !decisions.any(|one| one.name == *outcome && one.status == code_of_it.status) {
        return None;
    }
    let own = FlowEvent::Outcome {
        operation: operation.clone(),
        outcome: outcome.clone(),
        code: Some(conflict.clone()),
    };
    let covers = match code {
        Some(code) => code == conflict,
        None => step.row(&own).is_none(),
    };
    covers.then_some(conflict.as_str())
}
