//! Sends the answers of the gateway: signed, and with their faults.

use http::StatusCode;
use payspec_runtime::{StatusClass, rules};

use super::authenticate;
use super::exchange::{Exchange, ExchangeBuilder};
use super::fault::Fault;
use super::gateway::Gateway;
use super::handler::Reply;
use super::log_entry::Verdict;
use super::overrides::Overrides;
use super::refusal;
use super::refused::{self, Refused};
use super::sign::{self, Asked};
use payspec_model::model::{Api, Operation, Refusal};
use payspec_model::signing::Signing;

impl Gateway {
    /// Answers with the code of a refusal, or with an HTTP status where the spec has no such code.
    pub(super) fn refuse(
        &self,
        mut exchange: ExchangeBuilder<'_>,
        api: Option<&Api>,
        operation: Option<&Operation>,
        refused: Refused,
        overrides: Option<Overrides>,
    ) -> Exchange {
        let faults = overrides
            .map(|overrides| overrides.faults)
            .unwrap_or_default();
        exchange.record.note = match exchange.record.note.take() {
            Some(odd) => Some(format!("{}; {odd}", refused.why)),
            None => Some(refused.why),
        };
        exchange.record.violations = refused.violations;
        if faults.contains(&Fault::Drop) {
            return exchange.lost(&faults);
        }
        let reply = api.and_then(|api| {
            let reply = refusal::documented(api, operation, refused.refusal)?;
            Some((api, reply))
        });
        let Some((api, reply)) = reply else {
            let why = exchange.record.note.take().unwrap_or_default();
            return exchange.broken(refusal::http_status(refused.refusal), why);
        };
        let mut faults = faults;
        // A client that could not be authenticated gets an unsigned answer.
        if matches!(refused.refusal, Refusal::Signature | Refusal::Key) {
            faults.push(Fault::Unsigned);
        }
        self.send(exchange, api, reply, &faults)
    }

    /// Signs an answer and injects its faults.
    pub(super) fn send(
        &self,
        mut exchange: ExchangeBuilder<'_>,
        api: &Api,
        reply: Reply,
        faults: &[Fault],
    ) -> Exchange {
        let operation = exchange.record.operation.as_deref();
        let result = operation.and_then(|id| api.operation(id)?.result.as_ref());
        let class = result.zip(reply.status.as_deref());
        if let Some(class) = class.and_then(|(result, status)| api.class(result, status)) {
            exchange.record.verdict = match class {
                StatusClass::Succeeded => Verdict::Succeeded,
                StatusClass::Pending => Verdict::Pending,
                StatusClass::Failed => Verdict::Failed,
            };
        }
        exchange.record.status = reply.status;
        exchange.record.code = reply.code;
        exchange.record.replayed = reply.replayed;
        let notes = [exchange.record.note.take(), reply.note]
            .into_iter()
            .flatten();
        let notes = notes.collect::<Vec<_>>().join("; ");
        exchange.record.note = (!notes.is_empty()).then_some(notes);
        let body = match reply.http_status.is_some_and(rules::has_no_body) {
            true => Vec::new(),
            false => sign::corrupt(api, reply.body, faults),
        };
        let signing = Signing::of(api).ok();
        let client_id = exchange.request.headers();
        let client_id = signing
            .as_ref()
            .and_then(|signing| authenticate::client_id(client_id, signing).ok());
        let mut response = match (&signing, client_id) {
            (Some(signing), Some(client_id)) => {
                let asked = Asked {
                    method: exchange.request.method().as_str(),
                    uri: refused::target(exchange.request),
                    client_id,
                };
                let signer = self.signer(signing);
                signer.answer(&asked, body, exchange.now, faults)
            }
            (_, _) => {
                let mut response = sign::bare(body, sign::JSON);
                let (request, now) = (exchange.request, exchange.now);
                self.clients.prove(api, request, &mut response, now, faults);
                response
            }
        };
        exchange.by_http_status = reply.http_status.is_some();
        if let Some(mut status) = reply.http_status {
            if let (Some(result), true) = (result, faults.contains(&Fault::UnknownStatus)) {
                let mut all = 200..600;
                let is_open = |status: &u16| result.case_of(&status.to_string()).is_none();
                status = all.find(is_open).unwrap_or(status);
                exchange.record.verdict = Verdict::Pending;
            }
            *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
        }
        for fault in faults {
            if let Fault::HttpStatus(status) = fault {
                exchange.by_http_status = false;
                *response.status_mut() = StatusCode::from_u16(*status).unwrap_or_default();
            }
        }
        exchange.finish(response, faults)
    }
}
