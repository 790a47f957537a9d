//! The keys by which a reader finds the exchanges of one payment.

use super::handler::{Handler, names_at, shown_at, shown_key};
use super::ledger::{Ledger, LedgerError};
use super::life;
use super::resource::Resource;
use payspec_model::model::Api;

/// The keys of an exchange, without sensitive ones.
#[derive(Debug, Default)]
pub(super) struct ShownKeys {
    /// The key of the payment, refund or registration that the exchange is about.
    pub(super) key: Option<String>,
    /// The key of the payment or registration that it belongs to.
    pub(super) group: Option<String>,
}

impl Handler<'_, '_> {
    /// Returns the keys of the request. A damaged state leads to fewer keys: the answer reports it.
    pub(super) fn shown_keys(&self, ledger: &dyn Ledger) -> ShownKeys {
        let find = |names: &[String]| Resource::find(ledger, names).ok().flatten();
        let group = |resource: &Resource| group(ledger, self.api, resource).ok().flatten();
        let resource = find(&self.names_asked_for());
        let own = || shown_key(self.operation, self.request);
        let known = || resource.as_ref()?.key.clone();
        let key = own().or_else(known).or_else(|| self.first_name());
        let others = self.mentioned();
        let group = resource.as_ref().and_then(group);
        let group = group.or_else(|| find(&others).as_ref().and_then(self::key));
        ShownKeys {
            group: group.or_else(|| key.clone()),
            key,
        }
    }

    /// Returns the first name of the request's resource that can be shown.
    fn first_name(&self) -> Option<String> {
        let mut paths = life::names(self.api, self.operation).into_iter();
        paths.find_map(|path| shown_at(self.operation, self.request, path))
    }
}

fn key(resource: &Resource) -> Option<String> {
    resource.key.clone()
}

/// Returns the key of the payment or registration that a resource belongs to: a refund belongs to its payment,
/// a payment to itself.
pub(super) fn group(
    ledger: &dyn Ledger,
    api: &Api,
    resource: &Resource,
) -> Result<Option<String>, LedgerError> {
    let others = match api.operation(&resource.operation) {
        Some(begun) => life::mentions(api, begun),
        None => Vec::new(),
    };
    let others = names_at(api, &resource.client, others, &resource.fields);
    let other = Resource::find(ledger, &others)?;
    Ok(other.as_ref().and_then(key).or_else(|| key(resource)))
}
