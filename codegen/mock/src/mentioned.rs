//! The other resources that a request is about: a refund is about its payment.

use super::draft::text;
use super::handler::{Handler, joined};
use super::life::{self, Life};
use super::schedule::NAMES;
use payspec_model::model::{Field, ResultHandling, Type};
use payspec_runtime::Location;

impl Handler<'_, '_> {
    /// Returns the ledger keys by which the request may name another resource: those of fields with the name of an
    /// id, or else, in a refund, of every text that may be an id which the gateway handed out.
    pub(super) fn mentioned(&self) -> Vec<String> {
        let named = self.at(life::mentions(self.api, self.operation), self.request);
        match named.is_empty() && life::refunds(self.api, self.operation) {
            true => self.by_value(),
            false => named,
        }
    }

    /// Returns the fields of the request that [`mentioned`](Self::mentioned) reads, by name.
    pub(super) fn mentioning(&self) -> Vec<&str> {
        let mentions = life::mentions(self.api, self.operation);
        let named = mentions.into_iter().filter_map(|path| path.last());
        let mut fields: Vec<&String> = named.collect();
        if fields.is_empty() {
            fields = self.may_be_ids().map(|field| &field.name).collect();
        }
        fields.retain(|name| text(self.request, std::slice::from_ref(*name)).is_some());
        fields.into_iter().map(String::as_str).collect()
    }

    fn by_value(&self) -> Vec<String> {
        let results = self.api.operations.iter();
        let results = results.filter_map(|one| one.result.as_ref());
        self.as_ids(self.may_be_ids(), results)
    }

    /// Returns the ledger keys of the resource that the request names: by fields with the name of an id, or else, in an
    /// inquiry, by the texts in its path, such as `/payments/{payment_id}` of what answers call `id`.
    pub(super) fn names_asked_for(&self) -> Vec<String> {
        let named = self.names(self.request);
        if !named.is_empty() || Life::of(self.api, self.operation).begins() {
            return named;
        }
        let fields = self.operation.request.object.fields.iter();
        let fields = fields.filter(|field| field.location == Location::Path);
        self.as_ids(fields, self.operation.result.iter())
    }

    /// Returns the ledger keys of the values of these fields, as each of the ids of these results.
    fn as_ids<'f>(
        &self,
        fields: impl Iterator<Item = &'f Field>,
        results: impl Iterator<Item = &'f ResultHandling>,
    ) -> Vec<String> {
        let references = results.flat_map(|result| &result.references);
        let mut ids: Vec<&str> = references
            .filter_map(|path| path.last().map(String::as_str))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let values =
            fields.filter_map(|field| text(self.request, std::slice::from_ref(&field.name)));
        let keys = values.flat_map(|value| {
            let places = ids.iter().map(move |id| [value, *id]);
            places.map(|[value, id]| joined(&[value, id, self.client_id, &self.api.id]))
        });
        keys.map(|key| format!("{NAMES}{key}")).collect()
    }

    /// Returns the texts of a refund that may name its payment: not those with rules for their values, nor its own
    /// names.
    fn may_be_ids(&self) -> impl Iterator<Item = &Field> {
        let own = life::names(self.api, self.operation);
        let fields = self.operation.request.object.fields.iter();
        let fields = fields.filter(|_| life::refunds(self.api, self.operation));
        fields.filter(move |field| {
            let is_own = own.iter().any(|path| path.last() == Some(&field.name));
            let is_listed = field
                .constraints
                .iter()
                .any(|one| one.rule.texts().is_some());
            field.ty == Type::String && field.sensitive.is_none() && !is_own && !is_listed
        })
    }
}
