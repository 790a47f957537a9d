use super::Scene;
use crate::diagnostic::codes;
use crate::model::{FlowEvent, Operation, StateId, Target};

/// Money moves once, and nothing is repeated that was decided.
pub(super) fn prove(scene: &mut Scene<'_>) {
    let flow = scene.flow;
    let Some(pays) = scene.api.operation(&flow.pays) else {
        return;
    };
    for (id, state, step) in flow.steps() {
        let starts = id == flow.starts;
        if starts && pays.idempotency.is_none() {
            let message = format!(
                "`{}` has no idempotency key: a repeated request is another payment",
                pays.id
            );
            scene.say(&codes::PAYS_TWICE, message, step.origin);
        }
        let repeats = step.send == flow.pays && repeats(scene, id);
        if !starts && !repeats && moves_money(scene, pays, &step.send) {
            let message = format!(
                "`{}` sends `{}`, and `{}` may have been paid before",
                state.name, step.send, flow.pays
            );
            scene.say(&codes::PAYS_TWICE, message, step.origin);
        }
        for row in step.rows.iter().filter(|row| row.target == Target::Again) {
            let Some((_, outcome)) = scene.outcome(&row.event) else {
                continue;
            };
            let coded = matches!(row.event, FlowEvent::Outcome { code: Some(_), .. });
            let name = row.event.name();
            if step.send == flow.pays && (coded || !outcome.is_pending()) {
                let message = format!("`{name}` says how the payment stands, yet it is paid again");
                scene.say(&codes::PAYS_TWICE, message, row.origin);
            } else if outcome.is_settled() {
                let message = format!("`{name}` decides, so asking again brings nothing new");
                scene.say(&codes::POINTLESS_REPEAT, message, row.origin);
            }
        }
    }
}

/// Whether a state that sends the payment only goes on with an earlier sending whose outcome nobody
/// knows: it is entered from the payment alone, and by nothing that decides.
fn repeats(scene: &Scene<'_>, id: StateId) -> bool {
    let flow = scene.flow;
    flow.steps().all(|(_, _, step)| {
        let mut leading = step
            .rows
            .iter()
            .filter(|row| row.target == Target::State(id));
        leading.all(|row| step.send == flow.pays && is_open(scene, &row.event))
    })
}

/// Whether an event of the paying step leaves open what came of it.
fn is_open(scene: &Scene<'_>, event: &FlowEvent) -> bool {
    match event {
        FlowEvent::NoAnswer | FlowEvent::Exhausted => true,
        FlowEvent::Expired => false,
        FlowEvent::Outcome {
            operation, code, ..
        } => {
            let outcome = scene.outcome(event);
            let pending = outcome.is_some_and(|(_, outcome)| outcome.is_pending());
            *operation == scene.flow.pays && code.is_none() && pending
        }
    }
}

/// Whether an operation can move money: the paying one, one of the same path, or what another flow
/// pays by.
fn moves_money(scene: &Scene<'_>, pays: &Operation, id: &str) -> bool {
    let same_path = scene
        .api
        .operation(id)
        .is_some_and(|other| (other.method, &other.path) == (pays.method, &pays.path));
    same_path || scene.api.flows.iter().any(|flow| flow.pays == id)
}
