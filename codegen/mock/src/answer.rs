//! Answers valid requests. A settled answer is stored, and given again to every repetition of its request.

use std::time::SystemTime;

use super::candidates::Want;
use super::compose::{Composed, Composer};
use super::fill::{Known, mix};
use super::handler::{HandleError, Handler, Reply, codes, said};
use super::ledger::Ledger;
use super::overrides::Overrides;
use super::resource::{Resource, millis, time};
use super::schedule::{NAMES, RESOURCES, Schedule};
use super::stored_reply::Before;
use payspec_model::model::{Idempotency, Refusal};

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
        let is_void = match slot.as_ref().map(|slot| self.before(ledger, slot)) {
            None => false,
            Some(before) => match before? {
                Before::Nothing => false,
                Before::Void => true,
                Before::Answered(reply) => return Ok(reply),
                Before::Conflict(rule) => return self.conflict(&composer, rule),
            },
        };
        let names = self.names_asked_for();
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
        let known = Known {
            request: self.request,
            before: resource.as_ref().map(|resource| &resource.fields),
            seed: self.id_seed(&names, resource.as_ref()),
            now: reported_end(&want, resource.as_ref()).map_or(now, time),
            reported: None,
        };
        let composed = composer.answer(want, &known);
        let composed = composed.map_err(|why| match (requested, want) {
            (Some(_), _) => HandleError::Overrides(why),
            (None, Want::NoRecord) => HandleError::Unknown,
            (None, Want::Usual | Want::Code(_) | Want::Outcome(_) | Want::Example(_)) => {
                HandleError::Broken(why)
            }
        })?;
        let mut entries = Vec::new();
        let mut about = resource.clone();
        let key = slot.as_ref().map(|slot| slot.key.as_str());
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
        let reply = Reply {
            note: (!notes.is_empty()).then(|| notes.join("; ")),
            ..said(&composed)
        };
        // The first answer stays stored, even if its repetition is refused by now.
        let slot = slot.filter(|_| !is_void);
        let alone = about.is_none().then(|| millis(now));
        if let Some(slot) = &slot {
            let is_settled = self.reached_operation(&composed);
            entries.push(self.stored(slot, &reply, is_settled, alone)?);
        }
        ledger.put(&entries)?;
        // The schedule follows only what is written down.
        if let Some(resource) = about {
            schedule.announce(&resource);
        }
        match (slot, alone) {
            (Some(slot), Some(at)) => schedule.remembered.note(&slot.key, Some(at)),
            // The answer is forgotten with its resource.
            (Some(slot), None) => schedule.remembered.remove(&slot.key),
            (None, _) => {}
        }
        schedule.forget(ledger, &self.defaults.retention, millis(now));
        Ok(reply)
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

/// Returns the time at which the resource ended, if the answer reports that end.
fn reported_end(want: &Want<'_>, resource: Option<&Resource>) -> Option<u64> {
    let resource = resource?;
    let reported = matches!(want, Want::Outcome(name) if resource.end.as_deref() == Some(*name));
    resource.ended.filter(|_| reported)
}
