//! What the gateway does by itself: open things end, and ends are reported.

use std::time::SystemTime;

use http::{Response, Uri};
use serde_json::Value;

use super::agenda::{Agenda, NAMES, SUBJECTS};
use super::clock::within_range;
use super::compose::{Composer, Want};
use super::fill::{Known, mix};
use super::gateway::{Gateway, State};
use super::ledger::{Ledger, LedgerError};
use super::life::{self, Life};
use super::notice::{Notice, PAUSES};
use super::process::joined;
use super::retention::Retention;
use super::seal::{self, Asked};
use super::subject::{Duty, Report, Subject, millis, time};
use super::{MockError, Silence};
use payspec_model::check::Checker;
use payspec_model::model::{Model, Side};
use payspec_model::signing::Signing;

/// Ends the things whose time has come.
fn settle(
    model: &Model,
    ledger: &mut dyn Ledger,
    agenda: &mut Agenda,
    retention: &Retention,
    now: SystemTime,
) -> Result<(), LedgerError> {
    while let Some((at, id)) = agenda.plans.take(millis(now)) {
        let Some(mut subject) = Subject::load(ledger, &id)? else {
            continue;
        };
        let plan = subject.plan.take().filter(|plan| plan.at == Some(at));
        let begun = model.operation(&subject.operation);
        let (Some(plan), Some((api, operation))) = (plan, begun) else {
            continue;
        };
        let life = Life::of(api, operation);
        if let Some(end) = life.end(plan.well) {
            subject.finish(life, end, time(at));
            if let Err(error) = ledger.put(&[subject.entry()?]) {
                // It is still to happen.
                agenda.plans.add(at, &id);
                return Err(error);
            }
            subject.announce(agenda);
        }
    }
    agenda.forget(ledger, retention, millis(now));
    Ok(())
}

impl Gateway {
    /// Ends the things whose time has come.
    pub(super) fn settle(&self, state: &mut State, now: SystemTime) -> Result<(), LedgerError> {
        let State { ledger, agenda, .. } = state;
        settle(
            &self.model,
            ledger.as_mut(),
            agenda,
            &self.custom.retention,
            now,
        )
    }

    /// The notices that are to be sent by now, signed. One that is not [acknowledged](Self::acknowledge)
    /// comes again after a while, a few times.
    ///
    /// # Errors
    ///
    /// When the state cannot be read or written.
    pub fn notices(&self, now: SystemTime) -> Result<Vec<Notice>, MockError> {
        let now = within_range(now);
        let mut due = Vec::new();
        {
            let mut state = self.state();
            let state = &mut *state;
            self.settle(state, now)?;
            while let Some((at, id)) = state.agenda.duties.take(millis(now)) {
                let Some(mut subject) = Subject::load(state.ledger.as_ref(), &id)? else {
                    continue;
                };
                let duty = subject.duty.clone().filter(|duty| duty.due == at);
                let (Some(mut duty), Some(report)) = (duty, subject.report.clone()) else {
                    continue;
                };
                let told = duty.outcome.clone();
                duty.tries += 1;
                let pause = PAUSES.get(duty.tries as usize);
                let next = pause.and_then(|pause| now.checked_add(*pause));
                duty.due = next.map_or(0, millis);
                let number = duty.tries;
                subject.duty = next.map(|_| duty);
                if let Err(error) = state.ledger.put(&[subject.entry()?]) {
                    // It is still to be sent; those before it are written down and leave now.
                    state.agenda.duties.add(at, &id);
                    match due.is_empty() {
                        true => return Err(error.into()),
                        false => break,
                    }
                }
                subject.announce(&mut state.agenda);
                due.push((subject, report, told, number));
            }
        }
        // Signing takes a while: the others need not wait for it.
        let mut notices = Vec::new();
        for (subject, report, told, number) in due {
            let notice = self.notice(&subject, &report, &told, number, now)?;
            let copies = report.manner.copies.filter(|_| number == 1).unwrap_or(1);
            notices.extend(std::iter::repeat_n(notice, copies.into()));
        }
        Ok(notices)
    }

    fn notice(
        &self,
        subject: &Subject,
        report: &Report,
        told: &str,
        number: u32,
        now: SystemTime,
    ) -> Result<Notice, MockError> {
        let failed = |why: String| MockError::Notice(why);
        let found = self.model.operation(&report.operation);
        let (api, operation) =
            found.ok_or_else(|| failed(format!("there is no operation `{}`", report.operation)))?;
        let composer = Composer::new(api, operation);
        let known = Known {
            request: &Value::Null,
            before: Some(&subject.fields),
            seed: mix(
                self.custom.seed,
                subject.id.trim_start_matches(SUBJECTS).as_bytes(),
            ),
            now: subject.ended.map_or(now, time),
        };
        let outcomes = operation.outcomes();
        let told = outcomes.iter().find(|outcome| outcome.name == told);
        let told = told.ok_or_else(|| failed(format!("`{}` cannot tell it", operation.id)))?;
        let composed = composer
            .answer(Want::Outcome(told.name), &known)
            .map_err(failed)?;
        let faults = &report.manner.faults;
        let body = match operation.method.has_body() {
            true => seal::spoilt(api, composed.json.to_string(), faults),
            false => Vec::new(),
        };
        let address: Uri = report
            .address
            .parse()
            .map_err(|_| failed("the address is none".to_owned()))?;
        let signing = Signing::of(api)?;
        let uri = address.path_and_query().map_or("/", |path| path.as_str());
        let asked = Asked {
            method: operation.method.as_str(),
            uri,
            client_id: &subject.client,
        };
        let request = self
            .sealer(&signing)
            .notice(&asked, address.clone(), body, now, faults)
            .map_err(|error| failed(error.to_string()))?;
        Ok(Notice {
            operation: operation.id.clone(),
            key: subject.key.clone(),
            outcome: told.name.to_owned(),
            number,
            request,
            client: subject.client.clone(),
            subject: subject.id.clone(),
        })
    }

    /// Takes the answer to a notice: when it says that the notice arrived, it does not come again.
    ///
    /// # Errors
    ///
    /// Why the answer does not say so.
    pub fn acknowledge(&self, notice: &Notice, reply: &Response<Vec<u8>>) -> Result<(), MockError> {
        self.is_acknowledgement(notice, reply)
            .map_err(MockError::Notice)?;
        let mut state = self.state();
        let state = &mut *state;
        let Some(mut subject) = Subject::load(state.ledger.as_ref(), &notice.subject)? else {
            return Ok(());
        };
        // What was told in the meantime is still to be heard.
        let is_this = |duty: &Duty| duty.outcome == notice.outcome;
        if subject.duty.as_ref().is_some_and(is_this) {
            subject.duty = None;
            state.ledger.put(&[subject.entry()?])?;
            subject.announce(&mut state.agenda);
        }
        Ok(())
    }

    fn is_acknowledgement(&self, notice: &Notice, reply: &Response<Vec<u8>>) -> Result<(), String> {
        if reply.status() != http::StatusCode::OK {
            return Err(format!("the HTTP status is {}", reply.status()));
        }
        let found = self.model.operation(&notice.operation);
        let (api, operation) = found.ok_or("there is no such operation")?;
        let json = serde_json::from_slice(reply.body());
        let json: Value = json.map_err(|error| format!("it is no JSON: {error}"))?;
        if let Some(checker) = Checker::new(api, operation, Side::Response) {
            let findings = checker.check(reply.body());
            let findings = findings.map_err(|error| error.to_string())?;
            let mut wrong = findings.iter().map(|one| one.violation.to_string());
            if let Some(wrong) = wrong.next().filter(|_| !findings.is_valid()) {
                return Err(wrong);
            }
        }
        if !life::acknowledges(api, operation, &json) {
            return Err("it says that the notice was not taken".to_owned());
        }
        match Signing::of(api) {
            Ok(signing) => self.clients.verify_reply(&signing, notice, reply),
            Err(_) => Ok(()),
        }
    }

    /// Ends an open thing, such as a payment whose payer now pays; it is named as in any message about
    /// it. Says how it ended.
    ///
    /// # Errors
    ///
    /// When there is no such thing, or it has ended.
    pub fn decide(&self, name: &str, well: bool, now: SystemTime) -> Result<String, Silence> {
        let now = within_range(now);
        let mut state = self.state();
        let state = &mut *state;
        self.settle(state, now)?;
        let mut subject = named(state.ledger.as_ref(), name)?.ok_or(Silence::Unknown)?;
        if let Some(end) = subject.end {
            return Err(Silence::Ended(end));
        }
        let begun = self.model.operation(&subject.operation);
        let (api, operation) = begun.ok_or(Silence::Unknown)?;
        let life = Life::of(api, operation);
        let end = life.end(well).ok_or(Silence::Endless)?;
        subject.finish(life, end, now);
        state.ledger.put(&[subject.entry()?])?;
        subject.announce(&mut state.agenda);
        Ok(end.to_owned())
    }

    /// Reports the end of a thing once more, or for the first time, however the request wished it. Says
    /// what is reported.
    ///
    /// # Errors
    ///
    /// When there is no such thing, or nothing to report of it.
    pub fn report(&self, name: &str, now: SystemTime) -> Result<String, Silence> {
        let now = within_range(now);
        let mut state = self.state();
        let state = &mut *state;
        self.settle(state, now)?;
        let mut subject = named(state.ledger.as_ref(), name)?.ok_or(Silence::Unknown)?;
        let begun = self.model.operation(&subject.operation);
        let (api, operation) = begun.ok_or(Silence::Unknown)?;
        let end = subject.end.clone().ok_or(Silence::Open)?;
        let report = subject.report.as_ref();
        if !report.is_some_and(|it| Life::of(api, operation).reports(&it.operation, &end)) {
            return Err(Silence::Endless);
        }
        subject.duty = Some(Duty {
            outcome: end.clone(),
            due: millis(now),
            tries: 0,
        });
        state.ledger.put(&[subject.entry()?])?;
        subject.announce(&mut state.agenda);
        Ok(end)
    }
}

/// The thing with this name, whatever kind of name it is and whoever gave it.
fn named(ledger: &dyn Ledger, name: &str) -> Result<Option<Subject>, LedgerError> {
    let beginning = joined(&[name]);
    let beginning = beginning.strip_suffix(']').unwrap_or(&beginning);
    let named = ledger.all(&format!("{NAMES}{beginning},"))?;
    match named.first() {
        Some((_, id)) => Subject::load(ledger, id),
        None => Ok(None),
    }
}
