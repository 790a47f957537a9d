use super::{FlawSite, FlowFindings};
use crate::diagnostic::codes;

/// Warns if no client can run the flow, with the obstacle.
pub(super) fn check(findings: &mut FlowFindings<'_>) {
    let flow = findings.flow;
    let Err(Some(obstacle)) = flow.driven_by(findings.api) else {
        return;
    };
    let mut steps = flow.steps();
    let step = steps.find(|(_, _, step)| step.send == obstacle.operation().id);
    let at = step.map_or(flow.origin, |(_, _, step)| step.origin);
    let message = format!("a client cannot run `{}`: {obstacle}", flow.id);
    let help = "a client fills in the idempotency key of `pays` or `refunds` and the values in `with`, and \
                nothing else; ignore this if your program drives the state machine itself";
    let flaw = findings.add(&codes::NOT_DRIVEN, message, FlawSite::Flow, at);
    flaw.help.push(help.to_owned());
}
