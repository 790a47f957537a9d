//! An exchange: a request, its response and its log entry.

use std::time::{Duration, SystemTime};

use http::{Request, Response, StatusCode};
use payspec_runtime::Violation;

use super::fault::{Delivery, Fault};
use super::log_entry::{LogEntry, Verdict};
use super::{NOTE, OPERATION, REPLAYED, VIOLATIONS, sign};

/// The response to a request, with its faults and its log entry.
#[derive(Debug)]
pub struct Exchange {
    /// The response, before any fault of its delivery.
    pub response: Response<Vec<u8>>,
    /// The part of the response that arrives.
    pub delivery: Delivery,
    /// The delay before the response is sent.
    pub delay: Duration,
    /// The log entry.
    pub record: LogEntry,
}

/// Builds an [`Exchange`] while a request is handled.
pub(super) struct ExchangeBuilder<'r> {
    pub(super) request: &'r Request<Vec<u8>>,
    pub(super) now: SystemTime,
    pub(super) record: LogEntry,
    /// True if the HTTP status is the documented one that the verdict follows from.
    pub(super) by_http_status: bool,
}

impl<'r> ExchangeBuilder<'r> {
    pub(super) fn new(request: &'r Request<Vec<u8>>, now: SystemTime) -> Self {
        let record = LogEntry::of(request, now);
        ExchangeBuilder {
            request,
            now,
            record,
            by_http_status: false,
        }
    }

    /// Finishes with an HTTP status and a reason in plain text, where the provider has no documented answer.
    pub(super) fn broken(mut self, status: StatusCode, why: String) -> Exchange {
        let mut response = sign::bare(format!("{why}\n").into_bytes(), "text/plain; charset=utf-8");
        *response.status_mut() = status;
        self.record.note = Some(why);
        self.finish(response, &[])
    }

    /// Finishes a dropped request: nothing was processed, and nothing is sent.
    pub(super) fn lost(self, faults: &[Fault]) -> Exchange {
        self.finish(sign::bare(Vec::new(), sign::JSON), faults)
    }

    pub(super) fn finish(mut self, mut response: Response<Vec<u8>>, faults: &[Fault]) -> Exchange {
        let record = &mut self.record;
        let status = response.status();
        let is_error =
            (status.is_client_error() || status.is_server_error()) && !self.by_http_status;
        let delivery = Delivery::under(faults);
        record.http_status = status.as_u16();
        record.verdict = match delivery {
            Delivery::Lost => Verdict::NoAnswer,
            Delivery::Truncated => Verdict::Failed,
            Delivery::Whole if is_error => Verdict::Failed,
            Delivery::Whole => record.verdict,
        };
        record.faults = faults.iter().map(|fault| fault.to_string()).collect();
        let headers = response.headers_mut();
        let mut set = |name: &'static str, value: Option<String>| {
            if let Some(Ok(value)) = value.map(|value| ascii(&value).parse()) {
                headers.insert(name, value);
            }
        };
        set(OPERATION, record.operation.clone());
        set(NOTE, record.note.clone());
        set(REPLAYED, record.replayed.then(|| "true".to_owned()));
        set(VIOLATIONS, violations(&record.violations));
        Exchange {
            response,
            delivery,
            delay: Fault::delay(faults),
            record: self.record,
        }
    }
}

/// The largest number of violations in the header.
const SHOWN: usize = 20;

fn violations(all: &[Violation]) -> Option<String> {
    let shown = all.get(..SHOWN).unwrap_or(all);
    (!shown.is_empty()).then(|| serde_json::to_string(shown).unwrap_or_default())
}

/// Escapes a text for a header: control characters and characters beyond ASCII become JSON escapes.
fn ascii(text: &str) -> String {
    let mut out = String::new();
    for char in text.chars() {
        if char.is_ascii() && !char.is_ascii_control() {
            out.push(char);
        } else {
            for unit in char.encode_utf16(&mut [0; 2]) {
                out += &format!("\\u{unit:04x}");
            }
        }
    }
    out
}
