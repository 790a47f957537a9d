use super::Scene;
use crate::diagnostic::codes;

/// Warns if no client can run the flow, with the obstacle.
pub(super) fn look(scene: &mut Scene<'_>) {
    let flow = scene.flow;
    let Err(Some(obstacle)) = flow.driven_by(scene.api) else {
        return;
    };
    let mut steps = flow.steps();
    let step = steps.find(|(_, _, step)| step.send == obstacle.operation().id);
    let at = step.map_or(flow.origin, |(_, _, step)| step.origin);
    let message = format!("no client can carry `{}` through: {obstacle}", flow.id);
    let help = "what a flow sends and hears names the payment by the idempotency key of `pays`, and \
                needs nothing else; leave it as it is when the program drives the state machine itself";
    let flaw = scene.say(&codes::NOT_DRIVEN, message, at);
    flaw.help.push(help.to_owned());
}
