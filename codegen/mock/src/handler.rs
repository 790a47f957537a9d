//! Answers valid requests. A settled answer is stored, and given again to every repetition of its request.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::compose::{Composed, Composer, Want, text};
use super::fill::{Known, mix};
use super::ledger::{Ledger, LedgerError};
use super::life::{self, Life};
use super::overrides::{Overrides, amount};
use super::resource::{Claim, Resource, millis, time};
use super::retention::Retention;
use super::same::value_at;
use super::schedule::{NAMES, REQUESTS, RESOURCES, Schedule};
use super::settlement::Settlement;
use payspec_model::model::{Api, Code, Decide, Idempotency, Operation, Refusal};

/// The behaviour of the gateway where no override applies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Defaults {
    /// The seed of generated ids.
    pub(super) seed: u64,
    /// The settlement of resources that an answer leaves open.
    pub(super) settlement: Settlement,
    /// True if notifications may go to other machines.
    pub(super) remote_notifications: bool,
    /// The rule for forgetting old resources.
    pub(super) retention: Retention,
}

/// One request while it is handled.
pub(super) struct Handler<'m, 'r> {
    pub(super) api: &'m Api,
    pub(super) operation: &'m Operation,
    pub(super) request: &'r Value,
    pub(super) client_id: &'r str,
    pub(super) defaults: Defaults,
}

/// The body of an answer, with its status and code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) body: String,
    pub(super) status: Option<String>,
    pub(super) code: Option<String>,
    pub(super) replayed: bool,
    /// A remark for the tester.
    pub(super) note: Option<String>,
}

/// The reason why the operation gives no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HandleError {
    /// The resource is unknown, and the spec has a code for that.
    Unknown,
    /// An earlier request with the same key had other values, and the spec has no code for that.
    Conflict,
    /// The requested result is unknown.
    Overrides(String),
    /// The gateway failed; a provider would not answer this.
    Broken(String),
}

impl From<LedgerError> for HandleError {
    fn from(error: LedgerError) -> Self {
        HandleError::Broken(error.to_string())
    }
}

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
    status: Option<String>,
    code: Option<String>,
}

impl<'m> Handler<'m, '_> {
    /// Answers the request. A settled answer is stored when this returns.
    pub(super) fn answer(
        &self,
        ledger: &mut dyn Ledger,
        schedule: &mut Schedule,
        overrides: &Overrides,
        now: SystemTime,
    ) -> Result<Reply, HandleError> {
        let composer = Composer::new(self.api, self.operation);
        let slot = self.slot();
        let before: Option<Entry> = match &slot {
            Some((_, slot)) => kept(ledger, slot)?,
            None => None,
        };
        let mut is_void = false;
        if let (Some((rule, _)), Some(entry)) = (&slot, before) {
            if entry.compared != self.compared(rule) {
                return self.conflict(&composer, rule);
            }
            is_void = entry.settled.is_some() && self.is_void(ledger)?;
            if let Some(answer) = entry.settled.filter(|_| !is_void) {
                return Ok(Reply {
                    body: answer.body,
                    status: answer.status,
                    code: answer.code,
                    replayed: true,
                    note: None,
                });
            }
        }
        let names = self.names(self.request);
        let resource = Resource::find(ledger, &names)?;
        let requested = overrides.result.as_ref().filter(|_| !is_void);
        let want = match requested {
            Some(word) => composer.want(word).map_err(HandleError::Overrides)?,
            None => self.usual(ledger, &names, resource.as_ref())?,
        };
        let mut notes: Vec<String> = Vec::new();
        if requested.is_none() {
            notes.extend(self.unheard_of(ledger, &names, resource.as_ref())?);
        }
        let ended = resource.as_ref().and_then(|resource| {
            let reported =
                matches!(want, Want::Outcome(name) if resource.end.as_deref() == Some(name));
            resource.ended.filter(|_| reported)
        });
        let known = Known {
            request: self.request,
            before: resource.as_ref().map(|resource| &resource.fields),
            seed: self.id_seed(&names, resource.as_ref()),
            now: ended.map_or(now, time),
        };
        let composed = composer.answer(want, &known);
        let composed = composed.map_err(|why| match requested {
            Some(_) => HandleError::Overrides(why),
            None => HandleError::Broken(why),
        })?;
        let mut reply = said(&composed);
        let mut entries = Vec::new();
        let mut about = resource.clone();
        let key = slot.as_ref().map(|(_, slot)| slot.as_str());
        if let Some(mut resource) = self.remembered(resource, &composed, overrides, now) {
            notes.extend(self.unreported());
            if let Some((other, note)) = self.claim(ledger, &resource)? {
                notes.extend(note);
                entries.push(other.entry()?);
            }
            entries.extend(self.entries(&mut resource, key, &composed)?);
            about = Some(resource);
        } else if let (Some(resource), Some(key)) = (&mut about, key)
            && resource.keep(key)
        {
            entries.push(resource.entry()?);
        }
        reply.note = (!notes.is_empty()).then(|| notes.join("; "));
        let mut alone = None;
        // The first answer stays stored, even if its repetition is refused by now.
        if let Some((rule, slot)) = slot.filter(|_| !is_void) {
            let status = reply.status.as_ref();
            let is_settled = status.is_none_or(|status| rule.settled.contains(status))
                && self.reached_operation(&composed);
            let entry = Entry {
                compared: self.compared(rule),
                settled: is_settled.then(|| StoredReply {
                    body: reply.body.clone(),
                    status: reply.status.clone(),
                    code: reply.code.clone(),
                }),
                alone: about.is_none().then(|| millis(now)),
            };
            alone = Some((slot.clone(), entry.alone));
            let text = serde_json::to_string(&entry);
            let text = text.map_err(|error| HandleError::Broken(error.to_string()))?;
            entries.push((slot, text));
        }
        ledger.put(&entries)?;
        // The schedule follows only what is written down.
        if let Some(resource) = about {
            schedule.announce(&resource);
        }
        match alone {
            Some((slot, Some(at))) => schedule.remembered.note(&slot, Some(at)),
            // The answer is forgotten with its resource.
            Some((slot, None)) => schedule.remembered.remove(&slot),
            None => {}
        }
        schedule.forget(ledger, &self.defaults.retention, millis(now));
        Ok(reply)
    }

    /// Returns the ledger key of the answer to this request. Operations at one path share their keys.
    fn slot(&self) -> Option<(&'m Idempotency, String)> {
        let rule = self.operation.idempotency.as_ref()?;
        let key = key(self.operation, self.request)?;
        let place = [&self.api.id, self.client_id, &self.operation.path, key];
        Some((rule, format!("{REQUESTS}{}", joined(&place))))
    }

    /// Returns the values that a repetition must repeat.
    fn compared(&self, rule: &Idempotency) -> Vec<Option<Value>> {
        let object = &self.operation.request.object;
        let paths = rule.must_repeat.iter();
        paths
            .map(|path| value_at(self.api, object, path, self.request))
            .collect()
    }

    /// Returns whether the request reached the operation. An answer that refuses it earlier, whatever it asks
    /// for, settles nothing.
    fn reached_operation(&self, composed: &Composed) -> bool {
        let mut codes = codes(self.operation);
        let code = codes.find(|code| Some(&code.name) == composed.code.as_ref());
        match code.and_then(|code| code.refuses) {
            None | Some(Refusal::Subject | Refusal::Cancelled | Refusal::Closed) => true,
            Some(
                Refusal::Address
                | Refusal::Method
                | Refusal::MediaType
                | Refusal::Client
                | Refusal::Key
                | Refusal::Signature
                | Refusal::Parameters,
            ) => false,
        }
    }

    fn conflict(&self, composer: &Composer<'m>, rule: &Idempotency) -> Result<Reply, HandleError> {
        let code = rule.conflict_code.as_deref();
        let mut codes = codes(self.operation);
        match codes.find(|one| Some(one.name.as_str()) == code) {
            Some(code) => Ok(said(&composer.bare(code))),
            None => Err(HandleError::Conflict),
        }
    }

    /// Returns the ledger keys of the names in a message.
    pub(super) fn names(&self, message: &Value) -> Vec<String> {
        self.at(life::names(self.api, self.operation), message)
    }

    pub(super) fn at(&self, paths: Vec<&[String]>, message: &Value) -> Vec<String> {
        names_at(self.api, self.client_id, paths, message)
    }

    /// Chooses the answer when no override does: the call did what it is for, unless the state of the resource
    /// forbids it.
    fn usual(
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
            let other = Resource::find(ledger, &others)?;
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
        if let Some(code) = refusing(self.refusal_after(resource)) {
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

    /// Returns whether a repetition no longer gets its first answer: the resource was cancelled, and the spec
    /// has a code for that.
    fn is_void(&self, ledger: &dyn Ledger) -> Result<bool, HandleError> {
        let mut codes = codes(self.operation);
        if !codes.any(|code| code.refuses == Some(Refusal::Cancelled)) {
            return Ok(false);
        }
        let resource = Resource::find(ledger, &self.names(self.request))?;
        Ok(resource.is_some_and(|resource| {
            resource.operation == self.operation.id
                && resource.end.as_deref().is_some_and(life::is_cancelled)
        }))
    }

    /// Returns a remark for the tester if no request began the resource that this one is about.
    fn unheard_of(
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
        let mentions = life::mentions(self.api, self.operation);
        let others = self.at(mentions.clone(), self.request);
        if others.is_empty() || Resource::find(ledger, &others)?.is_some() {
            return Ok(None);
        }
        let mentioned = mentions
            .into_iter()
            .filter(|path| text(self.request, path).is_some());
        let mentioned = mentioned.filter_map(|path| path.last().map(String::as_str));
        Ok(Some(format!(
            "unknown resource: no earlier request to this gateway used these values of {}",
            mentioned.collect::<Vec<_>>().join(", ")
        )))
    }

    /// Records the claim of the request on another resource, such as a refund on its payment. Returns the other
    /// resource, with a remark if the claims exceed its amount or differ in currency.
    fn claim(
        &self,
        ledger: &dyn Ledger,
        resource: &Resource,
    ) -> Result<Option<(Resource, Option<String>)>, HandleError> {
        let amount = amount(self.api, self.operation, self.request);
        let claim = amount.and_then(|(value, currency)| {
            Some(Claim {
                currency: currency.to_owned(),
                value: value.parse().ok()?,
            })
        });
        let others = self.at(life::mentions(self.api, self.operation), self.request);
        let begins = Life::of(self.api, self.operation).begins();
        let Some(claim) = claim.filter(|_| begins) else {
            return Ok(None);
        };
        let Some(mut other) = Resource::find(ledger, &others)? else {
            return Ok(None);
        };
        let begun = self.api.operation(&other.operation);
        let has = begun.and_then(|begun| amount_of(self.api, begun, &other.fields));
        let Some(has) = has else {
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

    /// Returns the refusal that follows from the end of a resource.
    fn refusal_after(&self, resource: &Resource) -> Option<Refusal> {
        let begun = self.api.operation(&resource.operation)?;
        Life::of(self.api, begun).refusal(resource.end.as_deref()?)
    }

    /// Chooses the answer about an open resource: it must not report an end that is still planned.
    fn while_open(&self, resource: &Resource) -> Want<'m> {
        if resource.plan.is_none() {
            return Want::Usual;
        }
        let life = Life::of(self.api, self.operation);
        let outcomes = self.operation.outcomes();
        let mut waiting = outcomes.iter().filter(|one| one.kind == Decide::Waiting);
        if let Some(waiting) = waiting.next() {
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

    /// Returns the seed of generated ids, from the resource, its first name or else the whole request.
    fn id_seed(&self, names: &[String], resource: Option<&Resource>) -> u64 {
        let named = names.first().and_then(|name| name.strip_prefix(NAMES));
        let known = resource.and_then(|resource| resource.id.strip_prefix(RESOURCES));
        match known.or(named) {
            Some(name) => mix(self.defaults.seed, name.as_bytes()),
            None => mix(self.defaults.seed, self.request.to_string().as_bytes()),
        }
    }
}

/// Returns the amount with which a resource began.
fn amount_of(api: &Api, begun: &Operation, fields: &Value) -> Option<Claim> {
    let (value, currency) = amount(api, begun, fields)?;
    Some(Claim {
        currency: currency.to_owned(),
        value: value.parse().ok()?,
    })
}

/// Returns the time of an answer that belongs to no resource.
pub(super) fn answered_alone(entry: &str) -> Option<u64> {
    let entry: Entry = serde_json::from_str(entry).ok()?;
    entry.alone
}

/// Returns the idempotency key of a request.
pub(super) fn key<'r>(operation: &Operation, request: &'r Value) -> Option<&'r str> {
    text(request, &operation.idempotency.as_ref()?.key)
}

/// Returns the idempotency key of a request, unless it is sensitive or nested.
pub(super) fn shown_key(operation: &Operation, request: &Value) -> Option<String> {
    shown_at(operation, request, &operation.idempotency.as_ref()?.key)
}

/// Returns the text at a path of a request, unless it is sensitive or nested.
pub(super) fn shown_at(operation: &Operation, request: &Value, path: &[String]) -> Option<String> {
    let [name] = path else {
        return None;
    };
    let field = operation.request.object.field(name)?;
    let shown = text(request, path).filter(|_| field.sensitive.is_none());
    shown.map(str::to_owned)
}

/// Returns the ledger keys of the names at these paths of a message.
pub(super) fn names_at(
    api: &Api,
    client_id: &str,
    paths: Vec<&[String]>,
    message: &Value,
) -> Vec<String> {
    let names = paths.into_iter().filter_map(|path| {
        let name = text(message, path)?;
        // The name comes first, so that a prefix search finds it without knowing the rest.
        let place = [name, path.last()?, client_id, &api.id];
        Some(format!("{NAMES}{}", joined(&place)))
    });
    names.collect()
}

/// Returns the documented codes of an operation.
pub(super) fn codes(operation: &Operation) -> impl Iterator<Item = &Code> {
    let results = operation.result.iter();
    results.flat_map(|result| &result.codes)
}

/// Joins texts, so that different texts never give the same result.
pub(super) fn joined(parts: &[&str]) -> String {
    serde_json::json!(parts).to_string()
}

fn said(composed: &Composed) -> Reply {
    Reply {
        body: composed.json.to_string(),
        status: composed.status.clone(),
        code: composed.code.clone(),
        ..Reply::default()
    }
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
