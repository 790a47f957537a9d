//! Log entries for requests and their responses.

use std::fmt;
use std::time::{Duration, SystemTime};

use http::Request;
use payspec_runtime::Violation;
use serde::{Serialize, Serializer};

use super::clock::shown;
use super::shown_keys::ShownKeys;

/// A log entry for one request and its response, without sensitive values.
#[derive(Debug, Clone, Serialize)]
pub struct LogEntry {
    /// The time of the exchange, by the gateway's clock.
    #[serde(serialize_with = "time")]
    pub at: SystemTime,
    /// The HTTP method.
    pub method: String,
    /// The path, without a query.
    pub path: String,
    /// The host and the port of the receiver, if the gateway sent the request itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The client id, if there was one.
    pub client_id: Option<String>,
    /// The operation that was found.
    pub operation: Option<String>,
    /// The idempotency key, unless it is sensitive. An inquiry has the key of the payment, refund or
    /// registration that it is about.
    pub key: Option<String>,
    /// The key of the payment or registration that the exchange belongs to, unless it is sensitive: a refund
    /// belongs to its payment.
    pub group: Option<String>,
    /// The result for the sender.
    pub verdict: Verdict,
    /// The HTTP status of the answer; 0 when there was none.
    pub http_status: u16,
    /// The status of the answer.
    pub status: Option<String>,
    /// The result code of the answer.
    pub code: Option<String>,
    /// True if the same was answered before.
    pub replayed: bool,
    /// The reason for a refusal, or another remark.
    pub note: Option<String>,
    /// The violations in the request.
    pub violations: Vec<Violation>,
    /// The injected faults.
    pub faults: Vec<String>,
    /// The time from the request to its answer, with injected delays. The server measures it; it is [`None`]
    /// from a gateway without one.
    #[serde(
        rename = "duration_ms",
        serialize_with = "millis",
        skip_serializing_if = "Option::is_none"
    )]
    pub duration: Option<Duration>,
}

/// The result of an exchange for its sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The answer reports success, or the notification is acknowledged.
    Succeeded,
    /// The answer leaves the result open.
    Pending,
    /// The answer is a refusal or a failure, or arrives damaged.
    Failed,
    /// No answer arrives.
    NoAnswer,
}

impl LogEntry {
    /// Returns whether a reader looks for it first: it failed, or a fault was injected.
    pub fn is_failure(&self) -> bool {
        let failed = match self.verdict {
            Verdict::Succeeded | Verdict::Pending => false,
            Verdict::Failed | Verdict::NoAnswer => true,
        };
        failed || !self.faults.is_empty()
    }

    /// Creates an entry for a request of which nothing else is known yet.
    pub(super) fn of(request: &Request<Vec<u8>>, at: SystemTime) -> Self {
        Self::new(request.method().as_str(), request.uri().path(), at)
    }

    /// Creates an entry for a request with this method and path.
    pub(super) fn new(method: &str, path: &str, at: SystemTime) -> Self {
        LogEntry {
            at,
            method: method.to_owned(),
            path: path.to_owned(),
            to: None,
            client_id: None,
            operation: None,
            key: None,
            group: None,
            verdict: Verdict::Succeeded,
            http_status: 0,
            status: None,
            code: None,
            replayed: false,
            note: None,
            violations: Vec::new(),
            faults: Vec::new(),
            duration: None,
        }
    }
}

impl LogEntry {
    pub(super) fn belongs_to(&mut self, keys: ShownKeys) {
        (self.key, self.group) = (keys.key, keys.group);
    }

    /// Notes that the messages could not be recorded.
    pub(super) fn not_recorded(&mut self, error: &std::io::Error) {
        let before = self
            .note
            .take()
            .map_or_else(String::new, |note| format!("{note}; "));
        self.note = Some(format!("{before}not recorded: {error}"));
    }
}

fn time<S: Serializer>(at: &SystemTime, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&shown(*at))
}

fn millis<S: Serializer>(duration: &Option<Duration>, to: S) -> Result<S::Ok, S::Error> {
    let millis = duration.unwrap_or_default().as_millis();
    to.serialize_u64(u64::try_from(millis).unwrap_or(u64::MAX))
}

/// Writes the entry on one line, for people.
impl fmt::Display for LogEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} {}",
            shown(self.at),
            plain(&self.method),
            plain(&self.path)
        )?;
        let texts = [
            ("to", &self.to),
            ("client", &self.client_id),
            ("operation", &self.operation),
            ("key", &self.key),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                write!(f, " {name}={}", plain(text))?;
            }
        }
        write!(f, " -> {}", self.http_status)?;
        for text in [&self.status, &self.code].into_iter().flatten() {
            write!(f, " {}", plain(text))?;
        }
        if self.replayed {
            f.write_str(" replayed")?;
        }
        for fault in &self.faults {
            write!(f, " fault={fault}")?;
        }
        if let Some(note) = &self.note {
            write!(f, ": {}", plain(note))?;
        }
        for violation in &self.violations {
            write!(f, "; {violation}")?;
        }
        Ok(())
    }
}

/// Shortens a text and makes it safe to print on one line of a terminal.
fn plain(text: &str) -> String {
    let short: String = text.chars().take(200).collect();
    payspec_report::plain(&short).to_string()
}
