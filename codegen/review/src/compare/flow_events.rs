//! Events of flows that cannot happen in one of the specs.

use super::Sides;
use crate::location::{Item, Location};
use crate::property::Property;
use payspec_model::model::{Flow, FlowEvent, Model};

impl Sides<'_> {
    /// Returns whether an event cannot happen in one of the specs. The finding about its outcome,
    /// its code or the expiry covers it.
    pub(super) fn cannot_happen(&self, place: &Location) -> bool {
        let Item::FlowEvent(flow, _, event) = &place.subject else {
            return false;
        };
        let events = self
            .models
            .into_iter()
            .flat_map(|model| events(model, place, flow));
        match events.into_iter().find(|known| known.name() == *event) {
            Some(FlowEvent::Outcome {
                operation,
                outcome,
                code,
            }) => {
                let comes = |model| comes_out(model, place, operation, outcome, code.as_deref());
                !self.models.into_iter().all(comes)
            }
            Some(FlowEvent::Expired) => {
                let flow = place.with(Item::Flow(flow.clone()));
                let [old, new] = self.stated(&flow, Property::FlowExpires);
                old.is_some() != new.is_some()
            }
            Some(FlowEvent::NoAnswer | FlowEvent::Exhausted) | None => false,
        }
    }
}

/// Returns the events of a flow in the API of a place.
fn events<'m>(model: &'m Model, place: &Location, flow: &str) -> Vec<&'m FlowEvent> {
    let flows = model.api(&place.api).map_or(&[][..], |api| &api.flows);
    let flow = flows.iter().filter(|one| one.id == flow);
    let rows = flow
        .flat_map(Flow::steps)
        .flat_map(|(_, _, step)| &step.rows);
    rows.map(|row| &row.event).collect()
}

/// Returns whether an operation can have an outcome, with this code.
fn comes_out(
    model: &Model,
    place: &Location,
    operation: &str,
    outcome: &str,
    code: Option<&str>,
) -> bool {
    let Some(operation) = model
        .api(&place.api)
        .and_then(|api| api.operation(operation))
    else {
        return false;
    };
    let mut outcomes = operation.outcomes().into_iter();
    let mut codes = operation.result.iter().flat_map(|result| &result.codes);
    outcomes.any(|one| one.name == outcome)
        && code.is_none_or(|code| codes.any(|known| known.name == code))
}
