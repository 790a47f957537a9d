use super::Scene;
use crate::diagnostic::codes;
use crate::model::End;

/// An end is entered by an event that proves it.
pub(super) fn prove(scene: &mut Scene<'_>) {
    let flow = scene.flow;
    for (_, _, step) in flow.steps() {
        for row in &step.rows {
            let Some(end) = scene.end(row.target) else {
                continue;
            };
            if end == End::Escalated || scene.proves(&row.event, end) {
                continue;
            }
            let (name, end) = (row.event.name(), end.as_str());
            let message = format!("`{name}` does not prove that the payment is {end}");
            scene.say(&codes::FALSE_END, message, row.origin);
        }
    }
}
