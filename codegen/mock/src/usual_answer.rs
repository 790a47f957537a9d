//! Chooses the answer when the request does not: by the state of the resource.

use super::candidates::Want;
use super::draft::text;
use super::handler::{HandleError, Handler, codes};
use super::ledger::Ledger;
use super::life::{self, Life};
use super::resource::Resource;
use payspec_model::model::{Decide, Refusal};

impl<'m> Handler<'m, '_> {
    /// Chooses the answer when no override does: the call did what it is for, unless the state of the resource
    /// forbids it.
    pub(super) fn usual(
        &self,
        ledger: &dyn Ledger,
        names: &[String],
        resource: Option<&Resource>,
    ) -> Result<Want<'m>, HandleError> {
        let refusing = |refusal: Option<Refusal>| {
            let mut codes = codes(self.operation);
            codes.find(|code| code.refuses.is_some() && code.refuses == refusal)
        };
        let Some(resource) = resource else {
            let others = self.at(life::mentions(self.api, self.operation), self.request);
            let other = Resource::find(ledger, &self.mentioned())?;
            // A new resource is not known yet; then the other resource that it mentions must be known.
            let life = Life::of(self.api, self.operation);
            let is_unknown = match life.begins() {
                true => !others.is_empty() && other.is_none(),
                false => !names.is_empty(),
            };
            if is_unknown && refusing(Some(Refusal::Subject)).is_some() {
                return Err(HandleError::Unknown);
            }
            if is_unknown && life.tells_of_a_record() {
                return Ok(Want::NoRecord);
            }
            // The end of the other resource can forbid the request.
            let code = other.and_then(|other| refusing(self.refusal_after(&other)));
            return Ok(code.map_or(Want::Usual, Want::Code));
        };
        // Nothing can be done any more about what has ended, such as a confirmation of a payment.
        let over = resource.end.as_ref().filter(|_| self.acts());
        let over = over.and_then(|_| {
            refusing(Some(Refusal::Closed)).or_else(|| refusing(Some(Refusal::Cancelled)))
        });
        if let Some(code) = refusing(self.refusal_after(resource)).or(over) {
            return Ok(Want::Code(code));
        }
        let outcomes = self.operation.outcomes();
        let Some(end) = &resource.end else {
            return Ok(self.while_open(resource));
        };
        let mut outcomes = outcomes.iter();
        let reported = outcomes.find(|outcome| outcome.name == end);
        Ok(reported.map_or(Want::Usual, |outcome| Want::Outcome(outcome.name)))
    }

    /// Returns a remark for the tester if no request began the resource that this one is about.
    pub(super) fn unheard_of(
        &self,
        ledger: &dyn Ledger,
        names: &[String],
        resource: Option<&Resource>,
    ) -> Result<Option<String>, HandleError> {
        if resource.is_some() {
            return Ok(None);
        }
        if !Life::of(self.api, self.operation).begins() {
            let why = "unknown id: no earlier request to this gateway used it";
            return Ok((!names.is_empty()).then(|| why.to_owned()));
        }
        let others = self.mentioned();
        if others.is_empty() || Resource::find(ledger, &others)?.is_some() {
            return Ok(None);
        }
        Ok(Some(format!(
            "unknown resource: no earlier request to this gateway used these values of {}",
            self.mentioning().join(", ")
        )))
    }

    /// Returns the refusal that follows from the end of a resource.
    fn refusal_after(&self, resource: &Resource) -> Option<Refusal> {
        let begun = self.api.operation(&resource.operation)?;
        Life::of(self.api, begun).refusal(resource.end.as_deref()?)
    }

    /// Returns whether the request does something about a resource that an earlier one began: it has a key of its own and
    /// the name of the resource.
    fn acts(&self) -> bool {
        let Some(rule) = &self.operation.idempotency else {
            return false;
        };
        let mut names = life::names(self.api, self.operation).into_iter();
        names.any(|path| path != rule.key && text(self.request, path).is_some())
    }

    /// Chooses the answer about an open resource: it must not report an end that is still planned.
    fn while_open(&self, resource: &Resource) -> Want<'m> {
        if resource.plan.is_none() || self.acts() {
            return Want::Usual;
        }
        let life = Life::of(self.api, self.operation);
        let outcomes = self.operation.outcomes();
        let mut waiting = outcomes.iter().filter(|one| one.kind == Decide::Waiting);
        let last = waiting
            .clone()
            .find(|one| Some(one.name) == resource.outcome.as_deref());
        if let Some(waiting) = last.or_else(|| waiting.next()) {
            return Want::Outcome(waiting.name);
        }
        let ends = outcomes
            .iter()
            .any(|one| one.kind == Decide::Done && life.is_end(one.name));
        match life.begins() && ends {
            true => Want::Outcome(Decide::Pending.as_str()),
            false => Want::Usual,
        }
    }
}
