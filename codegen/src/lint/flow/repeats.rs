use super::Scene;
use crate::diagnostic::codes;
use crate::model::{FlowEvent, Operation, Target};

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
        if !starts && moves_money(scene, pays, &step.send) {
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

/// Whether an operation can move money: the paying one, one of the same path, or what another flow
/// pays by.
fn moves_money(scene: &Scene<'_>, pays: &Operation, id: &str) -> bool {
    let same_path = scene
        .api
        .operation(id)
        .is_some_and(|other| (other.method, &other.path) == (pays.method, &pays.path));
    same_path || scene.api.flows.iter().any(|flow| flow.pays == id)
}
