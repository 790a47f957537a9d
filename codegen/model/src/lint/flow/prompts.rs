use super::{FlawSite, FlowFindings};
use crate::diagnostic::codes;
use crate::model::{Decide, End, FlowEvent, Operation, Role, Target};

/// Proves that a notification that nothing proves leads to an inquiry only, or changes nothing.
pub(super) fn prove(findings: &mut FlowFindings<'_>) {
    let (api, flow) = (findings.api, findings.flow);
    if api.auth.as_ref().is_none_or(|auth| auth.unproved.is_none()) {
        return;
    }
    for (_, state, step) in flow.steps() {
        for row in &step.rows {
            let FlowEvent::Outcome { operation, .. } = &row.event else {
                continue;
            };
            let inquires = match row.target {
                Target::Stay => true,
                Target::Again => false,
                Target::State(to) => match &flow.state(to).role {
                    Role::Step(step) => api.operation(&step.send).is_some_and(is_inquiry),
                    Role::End(_) => false,
                },
            };
            if inquires || !flow.notified_by.contains(operation) {
                continue;
            }
            let message = format!(
                "nothing proves `{}`, but it leads to `{}`, which sends no inquiry",
                row.event.name(),
                flow.target_name(row.target)
            );
            let site = FlawSite::row(state, row);
            let flaw = findings.add(&codes::UNPROVED_MOVES, message, site, row.origin);
            let help = "let it lead to a state that inquires, or use `stay`: anyone can send such a notification";
            flaw.help.push(help.to_owned());
        }
    }
}

/// Returns whether a request changes nothing: it neither moves money, for which it has a key, nor cancels.
fn is_inquiry(operation: &Operation) -> bool {
    let outcomes = operation.outcomes();
    let mut outcomes = outcomes.iter();
    let cancels =
        outcomes.any(|one| one.kind == Decide::Done && one.name == End::Cancelled.as_str());
    operation.idempotency.is_none() && !cancels
}
