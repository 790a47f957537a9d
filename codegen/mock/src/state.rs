//! The part of a gateway that exchanges change.

use std::time::SystemTime;

use super::ledger::{Ledger, LedgerError};
use super::life::Life;
use super::resource::{Resource, millis, time};
use super::retention::Retention;
use super::schedule::Schedule;
use super::script::Script;
use super::tokens::Tokens;
use payspec_model::model::Model;

/// The part of a gateway that exchanges change.
pub(super) struct State {
    pub(super) ledger: Box<dyn Ledger>,
    pub(super) schedule: Schedule,
    pub(super) script: Script,
    pub(super) tokens: Tokens,
}

impl State {
    /// Ends the resources whose planned end is due, and forgets old ones.
    pub(super) fn settle(
        &mut self,
        model: &Model,
        retention: &Retention,
        now: SystemTime,
    ) -> Result<(), LedgerError> {
        let (ledger, schedule) = (self.ledger.as_mut(), &mut self.schedule);
        while let Some((at, id)) = schedule.plans.take(millis(now)) {
            let Some(mut resource) = Resource::load(ledger, &id)? else {
                continue;
            };
            let plan = resource.plan.take().filter(|plan| plan.at == Some(at));
            let begun = model.operation(&resource.operation);
            let (Some(plan), Some((api, operation))) = (plan, begun) else {
                continue;
            };
            let life = Life::of(api, operation);
            if let Some(end) = life.end(plan.well) {
                resource.finish(life, end, time(at));
                if let Err(error) = ledger.put(&[resource.entry()?]) {
                    // The end is not written down: it stays due.
                    schedule.plans.add(at, &id);
                    return Err(error);
                }
                schedule.announce(&resource);
            }
        }
        schedule.forget(ledger, retention, millis(now));
        Ok(())
    }
}
