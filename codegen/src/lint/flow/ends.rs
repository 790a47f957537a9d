use super::Scene;
use crate::diagnostic::codes;
use crate::model::{End, FlowEvent, Row, Step};

/// An end is entered by an event that proves it.
pub(super) fn prove(scene: &mut Scene<'_>) {
    let flow = scene.flow;
    for (_, _, step) in flow.steps() {
        for row in &step.rows {
            let Some(end) = scene.end(row.target) else {
                continue;
            };
            let name = row.event.name();
            if end == End::Unpaid
                && let Some(code) = conflict(scene, step, row)
            {
                let message = format!(
                    "`{name}` can have the code `{code}`, which speaks of another request under the same key"
                );
                let found = scene.say(&codes::FALSE_END, message, row.origin);
                let help = format!("say where it leads: `{}.failed {code}: STATE`", flow.pays);
                found.help.push(help);
            } else if end != End::Escalated && !scene.proves(&row.event, end) {
                let end = end.as_str();
                let message = format!("`{name}` does not prove that the payment is {end}");
                scene.say(&codes::FALSE_END, message, row.origin);
            }
        }
    }
}

/// The code, if a row covers it, by which the provider says that the key belongs to a request with
/// other values: that one may have been paid.
fn conflict<'a>(scene: &Scene<'a>, step: &Step, row: &Row) -> Option<&'a str> {
    let FlowEvent::Outcome {
        operation,
        outcome,
        code,
    } = &row.event
    else {
        return None;
    };
    if *operation != scene.flow.pays {
        return None;
    }
    let pays = scene.api.operation(operation)?;
    let conflict = pays.idempotency.as_ref()?.conflict_code.as_ref()?;
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
