//! Reports the ends of resources, and ends those that somebody decides.

use std::time::SystemTime;

use http::{Response, StatusCode};
use serde_json::Value;

use super::clock::within_range;
use super::gateway::Gateway;
use super::handler::joined;
use super::ledger::{Ledger, LedgerError};
use super::life::{self, Life};
use super::log_entry::LogEntry;
use super::notification::{Notification, PAUSES};
use super::resource::{PendingNotification, Resource, millis};
use super::schedule::NAMES;
use super::shown_keys::group;
use super::{MockError, SettleError};
use payspec_model::check::Checker;
use payspec_model::model::Side;
use payspec_model::signing::Signing;

impl Gateway {
    /// Returns the notifications that are due. A notification that is not [acknowledged](Self::acknowledge) becomes due
    /// again after a pause, a few times. One that cannot be made does not hold up the others: [`serve`](crate::serve) logs it.
    ///
    /// # Errors
    ///
    /// When the state cannot be read or written, or none of those that are due can be made.
    pub fn notifications(&self, now: SystemTime) -> Result<Vec<Notification>, MockError> {
        let (made, failed) = self.due(now)?;
        match failed.into_iter().next() {
            Some(failed) if made.is_empty() => {
                let why = failed.note.unwrap_or_default();
                Err(MockError::Notification(why))
            }
            Some(_) | None => Ok(made),
        }
    }

    /// Returns the notifications that are due, and the log entries of those that cannot be made.
    pub(super) fn due(
        &self,
        now: SystemTime,
    ) -> Result<(Vec<Notification>, Vec<LogEntry>), MockError> {
        let now = within_range(now);
        let mut due = Vec::new();
        {
            let mut state = self.state();
            let state = &mut *state;
            state.settle(&self.model, &self.defaults.retention, now)?;
            while let Some((at, id)) = state.schedule.duties.take(millis(now)) {
                let Some(mut resource) = Resource::load(state.ledger.as_ref(), &id)? else {
                    continue;
                };
                let pending = resource.pending.clone().filter(|pending| pending.due == at);
                let (Some(mut pending), Some(report)) = (pending, resource.report.clone()) else {
                    continue;
                };
                let outcome = pending.outcome.clone();
                pending.tries += 1;
                let pause = PAUSES.get(pending.tries as usize);
                let next = pause.and_then(|pause| now.checked_add(*pause));
                pending.due = next.map_or(0, millis);
                let number = pending.tries;
                resource.pending = next.map(|_| pending);
                if let Err(error) = state.ledger.put(&[resource.entry()?]) {
                    // This one stays due. Those before it are already written down as sent, so they leave now.
                    state.schedule.duties.add(at, &id);
                    match due.is_empty() {
                        true => return Err(error.into()),
                        false => break,
                    }
                }
                state.schedule.announce(&resource);
                let begun = self.model.operation(&resource.operation);
                let group = match begun {
                    Some((api, _)) => group(state.ledger.as_ref(), api, &resource)?,
                    None => None,
                };
                due.push((resource, group, report, outcome, number));
            }
        }
        // Signing is slow, so it happens after the lock is released.
        let (mut made, mut failed) = (Vec::new(), Vec::new());
        for (resource, group, report, outcome, number) in due {
            match self.notification(&resource, &report, &outcome, number, now) {
                Ok(mut notification) => {
                    notification.group = group;
                    let copies = report.manner.copies.filter(|_| number == 1).unwrap_or(1);
                    made.extend(std::iter::repeat_n(notification, copies.into()));
                }
                Err(why) => failed.push(LogEntry {
                    group,
                    ..self.unmade(&resource, &report, (&outcome, number), &why, now)
                }),
            }
        }
        Ok((made, failed))
    }

    /// Reads the answer to a notification. An acknowledged notification is not sent again.
    ///
    /// # Errors
    ///
    /// When the answer does not acknowledge the notification.
    pub fn acknowledge(
        &self,
        notification: &Notification,
        reply: &Response<Vec<u8>>,
    ) -> Result<(), MockError> {
        self.is_acknowledgement(notification, reply)
            .map_err(MockError::Notification)?;
        let mut state = self.state();
        let state = &mut *state;
        let Some(mut resource) = Resource::load(state.ledger.as_ref(), &notification.resource)?
        else {
            return Ok(());
        };
        // The outcome may have changed in the meantime; then the new outcome is still to be reported.
        let is_this = |pending: &PendingNotification| pending.outcome == notification.outcome;
        if resource.pending.as_ref().is_some_and(is_this) {
            resource.pending = None;
            state.ledger.put(&[resource.entry()?])?;
            state.schedule.announce(&resource);
        }
        Ok(())
    }

    fn is_acknowledgement(
        &self,
        notification: &Notification,
        reply: &Response<Vec<u8>>,
    ) -> Result<(), String> {
        let found = self.model.operation(&notification.operation);
        let (api, operation) = found.ok_or("unknown operation")?;
        let status = reply.status();
        let is_taken = match operation.response {
            Some(_) => status == StatusCode::OK,
            // The HTTP status is all that the spec asks for.
            None if status.is_success() => return Ok(()),
            None => false,
        };
        if !is_taken {
            return Err(format!("the HTTP status is {status}"));
        }
        let json = serde_json::from_slice(reply.body());
        let json: Value = json.map_err(|error| format!("invalid JSON: {error}"))?;
        if let Some(checker) = Checker::new(api, operation, Side::Response) {
            let findings = checker.check(reply.body());
            let findings = findings.map_err(|error| error.to_string())?;
            let mut wrong = findings.iter().map(|one| one.violation.to_string());
            if let Some(wrong) = wrong.next().filter(|_| !findings.is_valid()) {
                return Err(wrong);
            }
        }
        if !life::acknowledges(operation, &json) {
            return Err("the answer does not report success".to_owned());
        }
        match Signing::of(api) {
            Ok(signing) => self.clients.verify_reply(&signing, notification, reply),
            Err(_) => Ok(()),
        }
    }

    /// Ends an open resource, such as a payment whose payer now pays. `name` is any of its ids. Returns the
    /// name of the end.
    ///
    /// # Errors
    ///
    /// When the resource is unknown or has ended, or the spec describes no such end.
    pub fn decide(&self, name: &str, well: bool, now: SystemTime) -> Result<String, SettleError> {
        let now = within_range(now);
        let mut state = self.state();
        let state = &mut *state;
        state.settle(&self.model, &self.defaults.retention, now)?;
        let mut resource = named(state.ledger.as_ref(), name)?.ok_or(SettleError::UnknownId)?;
        if let Some(end) = resource.end {
            return Err(SettleError::AlreadyEnded(end));
        }
        let begun = self.model.operation(&resource.operation);
        let (api, operation) = begun.ok_or(SettleError::UnknownId)?;
        let life = Life::of(api, operation);
        let end = life.end(well).ok_or(SettleError::NoEnd)?;
        resource.finish(life, end, now);
        state.ledger.put(&[resource.entry()?])?;
        state.schedule.announce(&resource);
        Ok(end.to_owned())
    }

    /// Reports the end of a resource, even if it was reported before or the request chose `never`. Returns the
    /// name of the end.
    ///
    /// # Errors
    ///
    /// When the resource is unknown or open, or its end cannot be reported.
    pub fn report(&self, name: &str, now: SystemTime) -> Result<String, SettleError> {
        let now = within_range(now);
        let mut state = self.state();
        let state = &mut *state;
        state.settle(&self.model, &self.defaults.retention, now)?;
        let mut resource = named(state.ledger.as_ref(), name)?.ok_or(SettleError::UnknownId)?;
        let begun = self.model.operation(&resource.operation);
        let (api, operation) = begun.ok_or(SettleError::UnknownId)?;
        let end = resource.end.clone().ok_or(SettleError::StillOpen)?;
        let report = resource.report.as_ref();
        if !report.is_some_and(|it| Life::of(api, operation).reports(&it.operation, &end)) {
            return Err(SettleError::NoEnd);
        }
        resource.pending = Some(PendingNotification {
            outcome: end.clone(),
            due: millis(now),
            tries: 0,
        });
        state.ledger.put(&[resource.entry()?])?;
        state.schedule.announce(&resource);
        Ok(end)
    }
}

/// Finds the resource with this name, among the names of all kinds and clients.
fn named(ledger: &dyn Ledger, name: &str) -> Result<Option<Resource>, LedgerError> {
    let beginning = joined(&[name]);
    let beginning = beginning.strip_suffix(']').unwrap_or(&beginning);
    let named = ledger.all(&format!("{NAMES}{beginning},"))?;
    match named.first() {
        Some((_, id)) => Resource::load(ledger, id),
        None => Ok(None),
    }
}
