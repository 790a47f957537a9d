//! The effect of an exchange on its resource.

use std::time::SystemTime;

use payspec_runtime::StatusClass;
use payspec_runtime::client::StampForm;
use serde_json::{Map, Value};

use super::compose::Composed;
use super::destination::Destination;
use super::handler::{Handler, codes, shown_key};
use super::ledger::LedgerError;
use super::life::{self, Life};
use super::overrides::Overrides;
use super::resource::{PlannedEnd, Report, Resource, millis};
use super::schedule::{NAMES, RESOURCES};
use super::settlement::Settlement;
use payspec_model::model::{Amount, Decide, Field, Operation, StatusPlace, Type};

impl<'m> Handler<'m, '_> {
    /// Returns the resource as this answer leaves it; [`None`] when the answer leaves no trace.
    pub(super) fn remembered(
        &self,
        before: Option<Resource>,
        composed: &Composed,
        overrides: &Overrides,
        now: SystemTime,
    ) -> Option<Resource> {
        let life = Life::of(self.api, self.operation);
        let outcomes = self.operation.outcomes();
        let mut outcomes = outcomes.iter();
        let outcome = outcomes.find(|outcome| Some(outcome.name) == composed.outcome.as_deref())?;
        let is_open = before.as_ref().is_none_or(|before| before.end.is_none());
        let failed = outcome.kind == Decide::Failed;
        if failed && !(life.begins() && is_open && self.was_looked_at(composed)) {
            return None;
        }
        // A cancellation can come before its payment: the payment must not succeed later.
        let cancels = outcome.kind == Decide::Done && life::is_cancelled(outcome.name);
        // A request with its own key begins a resource; an inquiry about it does not.
        if before.is_none() && !life.begins() && !cancels {
            return None;
        }
        let mut resource = before.or_else(|| self.begun(&composed.json))?;
        if life.begins() {
            self.learn_report(&mut resource, life, overrides);
        }
        self.keep_fields(&mut resource, &composed.json);
        if outcome.kind == Decide::Waiting {
            resource.outcome = Some(outcome.name.to_owned());
        }
        if failed {
            // The answer itself reports the end, so that no notification is needed.
            resource.report = None;
            if let Some(end) = life.end(false) {
                resource.finish(life, end, now);
            }
        } else if life.is_end(outcome.name) {
            if is_open || cancels && resource.end.as_deref() != Some(outcome.name) {
                resource.finish(life, outcome.name, now);
            }
        } else if is_open && life.begins() {
            self.plan(&mut resource, life, composed, overrides, now);
        }
        Some(resource)
    }

    /// Returns whether the code judges the request, and does not refuse it beforehand.
    fn was_looked_at(&self, composed: &Composed) -> bool {
        let code = codes(self.operation).find(|code| Some(&code.name) == composed.code.as_ref());
        code.is_none_or(|code| code.refuses.is_none())
    }

    fn begun(&self, answer: &Value) -> Option<Resource> {
        let mut names = self.names(self.request);
        names.extend(self.names(answer));
        Some(Resource {
            id: names.first()?.replacen(NAMES, RESOURCES, 1),
            client: self.client_id.to_owned(),
            operation: self.operation.id.clone(),
            key: shown_key(self.operation, self.request),
            ..Resource::default()
        })
    }

    fn learn_report(&self, resource: &mut Resource, life: Life<'m>, overrides: &Overrides) {
        let report = self.report(life);
        let Some((operation, address)) = report.filter(|(_, address)| self.sends_to(address))
        else {
            return;
        };
        resource.report = Some(Report {
            operation: operation.id.clone(),
            address,
            manner: overrides.manner.clone().unwrap_or_default(),
        });
    }

    /// Returns the operation that reports the end, and its address.
    fn report(&self, life: Life<'m>) -> Option<(&'m Operation, String)> {
        life.report(self.request, self.defaults.notify_url.as_deref())
    }

    /// Plans the end of a resource that the answer leaves open.
    fn plan(
        &self,
        resource: &mut Resource,
        life: Life<'_>,
        composed: &Composed,
        overrides: &Overrides,
        now: SystemTime,
    ) {
        let status = composed.status.as_deref();
        let result = self.operation.result.as_ref();
        let class = status.and_then(|status| result?.class(status));
        // If the request may not have arrived, nobody acts on it, unless an override chooses that.
        let usual = (class == Some(StatusClass::Succeeded)).then_some(self.defaults.settlement);
        let Some(settlement) = overrides.settlement.or(usual) else {
            return;
        };
        let (after, mut well) = match settlement {
            Settlement::Succeeds(after) => (Some(after), true),
            Settlement::Fails(after) => (Some(after), false),
            Settlement::Waits => (None, false),
        };
        let mut at = after.map(|after| now.checked_add(after).unwrap_or(now));
        // The expiry in a documented example is long past and has no effect.
        let expiry = life.expiry(self.request);
        let expiry = expiry.and_then(|text| Some(StampForm::read(&text)?.1));
        if let Some(expiry) = expiry.filter(|expiry| *expiry > now)
            && at.is_none_or(|at| at > expiry)
        {
            (at, well) = (Some(expiry), false);
        }
        match (at, life.end(well)) {
            (Some(at), Some(end)) if at <= now => resource.finish(life, end, now),
            // What waits stays open, even if nothing ends it badly.
            (at, Some(_)) | (at @ None, None) => {
                let at = at.map(millis);
                resource.plan = Some(PlannedEnd { at, well });
            }
            (Some(_), None) => {}
        }
    }

    /// Returns a remark if the request asks for a notification that the gateway does not send.
    pub(super) fn unreported(&self) -> Option<String> {
        let life = Life::of(self.api, self.operation);
        let (_, address) = self.report(life).filter(|_| life.begins())?;
        let why = match Destination::of(&address) {
            _ if self.sends_to(&address) => return None,
            _ if !life::sends_notifications(self.api) => "the spec does not say how to prove it",
            Destination::Invalid => "its address is invalid",
            Destination::Loopback | Destination::Remote => {
                "its address is not on this machine; allow it with `--allow-remote-notify`"
            }
        };
        Some(format!("no notification is sent: {why}"))
    }

    /// Returns whether the gateway sends notifications to an address.
    fn sends_to(&self, address: &str) -> bool {
        let reaches = match Destination::of(address) {
            Destination::Loopback => true,
            Destination::Remote => self.defaults.remote_notifications,
            Destination::Invalid => false,
        };
        reaches && life::sends_notifications(self.api)
    }

    fn keep_fields(&self, resource: &mut Resource, answer: &Value) {
        let mut fields = match resource.fields.take() {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        for (side, message) in [
            (Some(&self.operation.request), self.request),
            (self.operation.response.as_ref(), answer),
        ] {
            let amounts = side.iter().flat_map(|body| &body.object.amounts);
            let amounts: Vec<&str> = amounts.flat_map(Amount::fields).collect();
            let own = side.iter().flat_map(|body| &body.object.fields);
            for field in own.filter(|field| !field.is_whole_body()) {
                let is_amount = amounts.iter().any(|name| *name == field.name);
                let is_kept = is_amount || self.is_kept(field);
                let value = message.get(&field.name).filter(|_| is_kept);
                if let Some(value) = value {
                    fields
                        .entry(field.name.clone())
                        .or_insert_with(|| value.clone());
                }
            }
        }
        resource.fields = Value::Object(fields);
    }

    /// Returns whether later answers repeat a field that is no amount itself: ids and objects, such as amounts.
    fn is_kept(&self, field: &Field) -> bool {
        let result = self.operation.result.as_ref();
        let judged = result.and_then(|result| match &result.status {
            StatusPlace::Field(path) => path.first(),
            StatusPlace::HttpStatus | StatusPlace::Always(_) => None,
        });
        match field.ty {
            Type::String | Type::Object(_) => {
                field.sensitive.is_none() && judged != Some(&field.name)
            }
            Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_) => false,
        }
    }

    /// Returns the ledger entries for the resource and for all of its names.
    pub(super) fn entries(
        &self,
        resource: &mut Resource,
        slot: Option<&str>,
        composed: &Composed,
    ) -> Result<Vec<(String, String)>, LedgerError> {
        let mut names = self.names(self.request);
        names.extend(self.names(&composed.json));
        names.extend(self.names(&resource.fields));
        names.sort();
        names.dedup();
        for key in names.iter().map(String::as_str).chain(slot) {
            resource.keep(key);
        }
        let named = names.into_iter().map(|name| (name, resource.id.clone()));
        Ok(std::iter::once(resource.entry()?).chain(named).collect())
    }
}
