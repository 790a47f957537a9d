use super::{FlawSite, Scene};
use crate::diagnostic::codes;
use crate::model::{FlowEvent, Operation, StateId, Target};

/// Proves that money moves once, and that no decided request is repeated.
pub(super) fn prove(scene: &mut Scene<'_>) {
    let flow = scene.flow;
    let Some(principal) = scene.api.operation(&flow.principal) else {
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
            scene.say(
                &codes::PAYS_TWICE,
                message,
                FlawSite::state(state),
                step.origin,
            );
        }
        let repeats = step.send == flow.principal && repeats(scene, id);
        if !starts && !repeats && moves_money(scene, principal, &step.send) {
            let message = format!(
                "`{}` sends `{}`, but `{}` may already have moved the money",
                state.name, step.send, flow.principal
            );
            scene.say(
                &codes::PAYS_TWICE,
                message,
                FlawSite::state(state),
                step.origin,
            );
        }
        for row in step.rows.iter().filter(|row| row.target == Target::Again) {
            let Some((_, outcome)) = scene.outcome(&row.event) else {
                continue;
            };
            let coded = matches!(row.event, FlowEvent::Outcome { code: Some(_), .. });
            let name = row.event.name();
            if step.send == flow.principal && (coded || !outcome.is_pending()) {
                let message = format!(
                    "`{name}` reports the state of the {}, but the request is sent again",
                    flow.kind.noun()
                );
                scene.say(
                    &codes::PAYS_TWICE,
                    message,
                    FlawSite::row(state, row),
                    row.origin,
                );
            } else if outcome.is_settled() {
                let message = format!("`{name}` is final: the same request gets the same answer");
                scene.say(
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
fn repeats(scene: &Scene<'_>, id: StateId) -> bool {
    let flow = scene.flow;
    flow.steps().all(|(_, _, step)| {
        let mut leading = step
            .rows
            .iter()
            .filter(|row| row.target == Target::State(id));
        leading.all(|row| step.send == flow.principal && is_open(scene, &row.event))
    })
}

/// Returns whether an event of the step that sends the principal leaves its outcome open.
fn is_open(scene: &Scene<'_>, event: &FlowEvent) -> bool {
    match event {
        FlowEvent::NoAnswer | FlowEvent::Exhausted => true,
        FlowEvent::Expired => false,
        FlowEvent::Outcome {
            operation, code, ..
        } => {
            let outcome = scene.outcome(event);
            let pending = outcome.is_some_and(|(_, outcome)| outcome.is_pending());
            *operation == scene.flow.principal && code.is_none() && pending
        }
    }
}

/// Returns whether an operation can move money: the principal, one of the same path, or the principal of another flow.
fn moves_money(scene: &Scene<'_>, principal: &Operation, id: &str) -> bool {
    let same_path = scene
        .api
        .operation(id)
        .is_some_and(|other| (other.method, &other.path) == (principal.method, &principal.path));
    same_path || scene.api.flows.iter().any(|flow| flow.principal == id)
}
