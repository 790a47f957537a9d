//! Makes the requests of notifications, with their proofs and faults.

use std::time::SystemTime;

use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Request, Uri};
use serde_json::{Value, json};

use super::MockError;
use super::candidates::Want;
use super::compose::Composer;
use super::fault::Fault;
use super::fill::{Known, mix};
use super::gateway::Gateway;
use super::life;
use super::log_entry::{LogEntry, Verdict};
use super::notification::{Notification, PAUSES};
use super::resource::{Report, Resource, time};
use super::schedule::RESOURCES;
use super::sign::{self, Asked};
use payspec_model::model::{Api, Each, Operation};
use payspec_model::signing::Signing;

impl Gateway {
    /// Makes the request of a notification.
    pub(super) fn notification(
        &self,
        resource: &Resource,
        report: &Report,
        outcome: &str,
        number: u32,
        now: SystemTime,
    ) -> Result<Notification, MockError> {
        let failed = |why: String| MockError::Notification(why);
        let found = self.model.operation(&report.operation);
        let (api, operation) =
            found.ok_or_else(|| failed(format!("unknown operation `{}`", report.operation)))?;
        let composer = Composer::new(api, operation);
        let known = Known {
            request: &Value::Null,
            before: Some(&resource.fields),
            seed: mix(
                self.defaults.seed,
                resource.id.trim_start_matches(RESOURCES).as_bytes(),
            ),
            now: resource.ended.map_or(now, time),
            reported: Some(outcome),
        };
        let reported = life::reported(api, operation, outcome);
        let reported = reported
            .ok_or_else(|| failed(format!("`{}` cannot report the outcome", operation.id)))?;
        let composed = composer
            .answer(Want::Outcome(reported), &known)
            .map_err(failed)?;
        let faults = &report.manner.faults;
        let body = match operation.method.has_body() {
            true => sign::corrupt(api, composed.json.to_string(), faults),
            false => Vec::new(),
        };
        // A fault can leave nothing to encrypt.
        let is_whole = serde_json::from_slice::<Value>(&body).is_ok_and(|json| json != json!({}));
        let body = match is_whole {
            true => self.clients.encrypt(api, operation, body).map_err(failed)?,
            false => body,
        };
        let address: Uri = report
            .address
            .parse()
            .map_err(|_| failed("invalid address: expected a URL".to_owned()))?;
        let request = self
            .request(
                api,
                operation,
                (address, &resource.client),
                body,
                now,
                faults,
            )
            .map_err(|error| failed(error.to_string()))?;
        Ok(Notification {
            operation: operation.id.clone(),
            key: resource.key.clone(),
            group: None,
            outcome: outcome.to_owned(),
            number,
            request,
            client: resource.client.clone(),
            resource: resource.id.clone(),
        })
    }

    /// Returns the log entry of a notification that cannot be made.
    pub(super) fn unmade(
        &self,
        resource: &Resource,
        report: &Report,
        (outcome, number): (&str, u32),
        why: &MockError,
        now: SystemTime,
    ) -> LogEntry {
        let operation = self.model.operation(&report.operation);
        let (method, path) = operation.map_or(("", ""), |(_, operation)| {
            (operation.method.as_str(), operation.path.as_str())
        });
        LogEntry {
            operation: Some(report.operation.clone()),
            key: resource.key.clone(),
            client_id: Some(resource.client.clone()).filter(|id| !id.is_empty()),
            verdict: Verdict::Failed,
            note: Some(format!("{}: not made: {why}", ordinal(number, outcome))),
            ..LogEntry::new(method, path, now)
        }
    }

    fn request(
        &self,
        api: &Api,
        operation: &Operation,
        (address, client_id): (Uri, &str),
        body: Vec<u8>,
        now: SystemTime,
        faults: &[Fault],
    ) -> Result<Request<Vec<u8>>, http::Error> {
        let method = operation.method.as_str();
        if let Ok(signing) = Signing::of(api) {
            let uri = address.path_and_query().map_or("/", |path| path.as_str());
            let asked = Asked {
                method,
                uri,
                client_id,
            };
            let signer = self.signer(&signing);
            return signer.notification(&asked, address.clone(), body, now, faults);
        }
        let request = Request::builder().method(method).uri(address);
        let mut request = request.body(body)?;
        let media_type = HeaderValue::from_static(sign::JSON);
        request.headers_mut().insert(CONTENT_TYPE, media_type);
        self.clients
            .prove_notification(api, &mut request, now, faults);
        if let Some(each) = &operation.each {
            let body = std::mem::take(request.body_mut());
            *request.body_mut() = batch(each, &body);
        }
        Ok(request)
    }
}

/// Returns the words by which log entries name an attempt to send a notification.
pub(super) fn ordinal(number: u32, outcome: &str) -> String {
    format!("notification {number} of {}, {outcome}", PAUSES.len())
}

/// Returns the message with this one notification.
fn batch(each: &Each, notification: &[u8]) -> Vec<u8> {
    let member = |inner: Vec<u8>, name: &String| {
        let name = Value::from(name.as_str()).to_string();
        [b"{", name.as_bytes(), b":", &inner, b"}"].concat()
    };
    let Each { list, inside, .. } = each;
    let element = inside.iter().rev().fold(notification.to_vec(), member);
    let elements = [b"[", element.as_slice(), b"]"].concat();
    list.iter().rev().fold(elements, member)
}
