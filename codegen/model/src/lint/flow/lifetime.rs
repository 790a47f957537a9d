use super::graph::successors;
use super::{FlawSite, FlowFindings};
use crate::diagnostic::codes;
use crate::model::{Flow, Pause, Role, StateId};

/// Proves that no request is sent again after the provider has forgotten its key. Pauses that no source
/// states count for nothing: a client chooses them.
pub(super) fn prove(findings: &mut FlowFindings<'_>) {
    let flow = findings.flow;
    let latest = latest(flow);
    for (id, state, step) in flow.steps() {
        let operation = findings.api.operation(&step.send);
        let rule = operation.and_then(|operation| operation.idempotency.as_ref());
        let Some(Pause::Seconds(lifetime)) = rule.and_then(|rule| rule.lifetime) else {
            continue;
        };
        // A state that goes on with a request is part of the first one that sends it.
        let goes_on = flow.steps().any(|(from, _, before)| {
            before.send == step.send && successors(flow, from).any(|(to, _)| to == id)
        });
        let first = step.pauses.first().map_or(0, seconds);
        let last = latest[id.0].saturating_sub(first);
        if goes_on || last <= u64::from(lifetime) {
            continue;
        }
        let message = format!(
            "`{}` may be sent again after {last} s, but its key is kept for {lifetime} s",
            step.send
        );
        let site = FlawSite::state(state);
        findings.add(&codes::KEY_EXPIRED, message, site, step.origin);
    }
}

/// Returns the seconds from the entry of each state to the last sending of the same request, in it or in
/// states that go on with it. A flow in circles is reported as such, and followed once through all states.
fn latest(flow: &Flow) -> Vec<u64> {
    let mut latest = vec![0; flow.states.len()];
    for _ in 0..flow.states.len() {
        for (id, _, step) in flow.steps() {
            let next = successors(flow, id).map(|(to, _)| to);
            let next = next.filter(|to| sends(flow, *to, &step.send));
            let later = next.map(|to| latest[to.0]).max().unwrap_or_default();
            let here: u64 = step.pauses.iter().map(seconds).sum();
            latest[id.0] = here.saturating_add(later);
        }
    }
    latest
}

fn sends(flow: &Flow, id: StateId, send: &str) -> bool {
    match &flow.state(id).role {
        Role::Step(step) => step.send == send,
        Role::End(_) => false,
    }
}

fn seconds(pause: &Pause) -> u64 {
    match pause {
        Pause::Seconds(seconds) => u64::from(*seconds),
        Pause::Unknown => 0,
    }
}
