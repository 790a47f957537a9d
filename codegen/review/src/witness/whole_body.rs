//! Makes bodies that prove that their JSON became one value as a whole, or an object with fields.

use super::{Part, Witness};
use crate::change::Change;
use payspec_model::check::Checker;
use payspec_model::model::{Model, Side};
use payspec_model::sample;

/// Returns the full message of each of the two specs, if the other one refuses it.
pub(super) fn witnesses(old: &Model, new: &Model, change: &Change, side: Side) -> Vec<Witness> {
    let Some(id) = &change.place.operation else {
        return Vec::new();
    };
    // The operation may have had another id.
    let was = change.was.as_ref().and_then(|was| was.operation.as_ref());
    let [Some(old), Some(new)] = [(old, was.unwrap_or(id)), (new, id)].map(|(model, id)| {
        let (api, operation) = model.operation(id)?;
        let full = sample::full(api, operation.body(side)?);
        Some((Checker::new(api, operation, side)?, full))
    }) else {
        return Vec::new();
    };
    let takes = |checker: &Checker<'_>, message: &serde_json::Value| {
        let found = checker.check(message.to_string().as_bytes());
        found.is_ok_and(|found| found.is_valid())
    };
    let pairs = [(&old, &new, true), (&new, &old, false)];
    let proved = pairs
        .into_iter()
        .filter(|((own, full), (other, _), _)| takes(own, full) && !takes(other, full));
    let found = proved.map(|((_, full), _, lost)| Witness {
        operation: Some(id.clone()),
        side,
        part: Part::Body,
        http_status: None,
        pointer: String::new(),
        message: full.clone(),
        lost,
    });
    found.collect()
}
