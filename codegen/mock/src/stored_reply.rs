//! Stored answers. A settled answer is given again to every repetition of its request.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::handler::{HandleError, Handler, Reply, codes, joined, key};
use super::ledger::Ledger;
use super::life;
use super::resource::Resource;
use super::same::value_at;
use super::schedule::REQUESTS;
use payspec_model::model::{Idempotency, Refusal};

/// The stored state of a request with an idempotency key.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// The values that a repetition must repeat.
    compared: Vec<Option<Value>>,
    /// The answer, once it is settled.
    settled: Option<StoredReply>,
    /// The time of the answer, in milliseconds since 1970, if it belongs to no resource: then it is forgotten
    /// on its own.
    #[serde(default)]
    alone: Option<u64>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredReply {
    body: String,
    #[serde(default)]
    http_status: Option<u16>,
    status: Option<String>,
    code: Option<String>,
}

/// The place of the answer to a request with an idempotency key.
pub(super) struct Slot<'m> {
    rule: &'m Idempotency,
    /// The key in the ledger.
    pub(super) key: String,
}

/// The effect of an earlier request with the same key on a request.
pub(super) enum Before<'m> {
    /// None: no request came before, or its answer was not settled.
    Nothing,
    /// The earlier answer no longer counts.
    Void,
    /// The earlier answer is given again.
    Answered(Reply),
    /// The earlier request had other values.
    Conflict(&'m Idempotency),
}

impl<'m> Handler<'m, '_> {
    /// Returns the ledger key of the answer to this request. Operations at one path share their keys.
    pub(super) fn slot(&self) -> Option<Slot<'m>> {
        let rule = self.operation.idempotency.as_ref()?;
        let key = key(self.operation, self.request)?;
        let place = [&self.api.id, self.client_id, &self.operation.path, key];
        let key = format!("{REQUESTS}{}", joined(&place));
        Some(Slot { rule, key })
    }

    /// Returns the effect of an earlier request with the same key on this one.
    pub(super) fn before(
        &self,
        ledger: &dyn Ledger,
        slot: &Slot<'m>,
    ) -> Result<Before<'m>, HandleError> {
        let Some(entry) = kept::<Entry>(ledger, &slot.key)? else {
            return Ok(Before::Nothing);
        };
        if entry.compared != self.compared(slot.rule) {
            return Ok(Before::Conflict(slot.rule));
        }
        Ok(match entry.settled {
            None => Before::Nothing,
            Some(_) if self.is_void(ledger)? => Before::Void,
            Some(StoredReply {
                body,
                http_status,
                status,
                code,
            }) => Before::Answered(Reply {
                body,
                http_status,
                status,
                code,
                replayed: true,
                note: None,
            }),
        })
    }

    /// Returns the entry of the ledger for a reply. Only a settled one is given again.
    pub(super) fn stored(
        &self,
        slot: &Slot<'m>,
        reply: &Reply,
        reached_operation: bool,
        alone: Option<u64>,
    ) -> Result<(String, String), HandleError> {
        let status = reply.status.as_deref();
        let result = self.operation.result.as_ref();
        let case = status.map(|status| result.and_then(|it| it.case_of(status)).unwrap_or(status));
        let is_settled = case.is_none_or(|case| slot.rule.settled.iter().any(|one| one == case));
        let entry = Entry {
            compared: self.compared(slot.rule),
            settled: (is_settled && reached_operation).then(|| StoredReply {
                body: reply.body.clone(),
                http_status: reply.http_status,
                status: reply.status.clone(),
                code: reply.code.clone(),
            }),
            alone,
        };
        let text = serde_json::to_string(&entry);
        let text = text.map_err(|error| HandleError::Broken(error.to_string()))?;
        Ok((slot.key.clone(), text))
    }

    /// Returns the values that a repetition must repeat.
    fn compared(&self, rule: &Idempotency) -> Vec<Option<Value>> {
        let object = &self.operation.request.object;
        let paths = rule.must_repeat.iter();
        paths
            .map(|path| value_at(self.api, object, path, self.request))
            .collect()
    }

    /// Returns whether a repetition no longer gets its first answer: the resource was cancelled, and the spec
    /// has a code for that.
    fn is_void(&self, ledger: &dyn Ledger) -> Result<bool, HandleError> {
        let mut codes = codes(self.operation);
        if !codes.any(|code| code.refuses == Some(Refusal::Cancelled)) {
            return Ok(false);
        }
        let resource = Resource::find(ledger, &self.names_asked_for())?;
        Ok(resource.is_some_and(|resource| {
            resource.operation == self.operation.id
                && resource.end.as_deref().is_some_and(life::is_cancelled)
        }))
    }
}

/// Returns the time of an answer that belongs to no resource.
pub(super) fn answered_alone(entry: &str) -> Option<u64> {
    let entry: Entry = serde_json::from_str(entry).ok()?;
    entry.alone
}

fn kept<T: for<'d> Deserialize<'d>>(
    ledger: &dyn Ledger,
    key: &str,
) -> Result<Option<T>, HandleError> {
    let read = ledger
        .get(key)?
        .map(|text| serde_json::from_str(&text))
        .transpose();
    read.map_err(|error| HandleError::Broken(format!("damaged state: {error}")))
}
