//! The claims of requests on other resources, such as those of refunds on their payment.

use serde_json::Value;

use super::handler::{HandleError, Handler};
use super::ledger::Ledger;
use super::life::Life;
use super::overrides::amount;
use super::resource::{Claim, Resource};
use payspec_model::model::{AmountUnit, Api, Operation};

impl Handler<'_, '_> {
    /// Records the claim of the request on another resource, such as a refund on its payment. Returns the other
    /// resource, with a remark if the claims exceed its amount or differ in currency.
    pub(super) fn claim(
        &self,
        ledger: &dyn Ledger,
        resource: &Resource,
    ) -> Result<Option<(Resource, Option<String>)>, HandleError> {
        if !Life::of(self.api, self.operation).begins() {
            return Ok(None);
        }
        let Some(mut other) = Resource::find(ledger, &self.mentioned())? else {
            return Ok(None);
        };
        let begun = self.api.operation(&other.operation);
        let has = begun.and_then(|begun| amount_of(self.api, begun, &other.fields));
        let Some(has) = has else {
            return Ok(None);
        };
        let own = amount_of(self.api, self.operation, self.request);
        let Some(claim) = own.or_else(|| self.part_of(&has, resource, &other)) else {
            return Ok(None);
        };
        let currency = claim.currency.clone();
        let is_failed = resource
            .end
            .as_deref()
            .is_some_and(|end| Life::of(self.api, self.operation).refusal(end).is_some());
        match is_failed {
            true => drop(other.claims.remove(&resource.id)),
            false => drop(other.claims.insert(resource.id.clone(), claim)),
        }
        if currency != has.currency {
            let note = format!(
                "the amount is in {currency}, the amount of the earlier request in {}",
                has.currency
            );
            return Ok(Some((other, Some(note))));
        }
        let claims = other.claims.values();
        let all = claims.filter(|claim| claim.currency == has.currency);
        let all: u128 = all.map(|claim| u128::from(claim.value)).sum();
        let note = (all > u128::from(has.value)).then(|| {
            format!(
                "the requests claim {all} in total, but the amount is {} {}",
                has.value, has.currency
            )
        });
        Ok(Some((other, note)))
    }
}

impl Handler<'_, '_> {
    /// Returns the claim of a request without a currency, whose answer has an amount in the same field: so much in
    /// the currency of the other resource, or all that is left of it.
    fn part_of(&self, has: &Claim, resource: &Resource, other: &Resource) -> Option<Claim> {
        let body = &self.operation.request.object;
        let answered = self.operation.response.as_ref()?.object.amounts.first()?;
        if answered.unit != AmountUnit::Minor {
            return None;
        }
        body.field(&answered.value)?;
        let value = match self.request.get(&answered.value) {
            Some(value) => value.as_u64()?,
            None => {
                let others = other.claims.iter().filter(|(id, _)| **id != resource.id);
                let claimed: u64 = others.map(|(_, claim)| claim.value).sum();
                has.value.saturating_sub(claimed)
            }
        };
        Some(Claim {
            currency: has.currency.clone(),
            value,
        })
    }
}

/// Returns the amount with which a resource began.
fn amount_of(api: &Api, begun: &Operation, fields: &Value) -> Option<Claim> {
    let (value, currency) = amount(api, begun, fields)?;
    Some(Claim {
        currency,
        value: value.parse().ok()?,
    })
}
