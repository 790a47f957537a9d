//! Stored resources: payments, refunds and registrations.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::clock::within_range;
use super::ledger::{Ledger, LedgerError};
use super::life::Life;
use super::notification::Manner;

/// A payment, a refund or a registration.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Resource {
    /// The key in the ledger.
    pub(super) id: String,
    /// The client id that began it.
    pub(super) client: String,
    /// Id of the operation that began it.
    pub(super) operation: String,
    /// The idempotency key of the request that began it, unless the key is sensitive.
    pub(super) key: Option<String>,
    /// Fields of earlier messages about it.
    pub(super) fields: Value,
    /// The name of the outcome of the last answer that left it open.
    #[serde(default)]
    pub(super) outcome: Option<String>,
    /// The name of the outcome with which it ended.
    pub(super) end: Option<String>,
    /// The time of its end, in milliseconds since 1970.
    pub(super) ended: Option<u64>,
    /// The planned end, while it is open.
    pub(super) plan: Option<PlannedEnd>,
    /// The report of its end.
    pub(super) report: Option<Report>,
    /// The notification waiting to be sent.
    pub(super) pending: Option<PendingNotification>,
    /// The ledger keys that are forgotten with it: its names, and the requests about it.
    #[serde(default)]
    pub(super) keys: Vec<String>,
    /// The claims of other resources by their ids, such as the amounts of its refunds.
    #[serde(default)]
    pub(super) claims: BTreeMap<String, Claim>,
}

/// An amount, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claim {
    /// The currency.
    pub(super) currency: String,
    /// In minor units.
    pub(super) value: u64,
}

/// The planned end of an open resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PlannedEnd {
    /// The time, in milliseconds since 1970; [`None`] means never.
    pub(super) at: Option<u64>,
    /// True if it ends well.
    pub(super) well: bool,
}

/// The operation and the address that report an end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Report {
    /// Id of the operation that reports it.
    pub(super) operation: String,
    /// The address that the request named.
    pub(super) address: String,
    /// The delivery options.
    pub(super) manner: Manner,
}

/// A notification waiting to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PendingNotification {
    /// The outcome that it reports.
    pub(super) outcome: String,
    /// The time of the next attempt, in milliseconds since 1970.
    pub(super) due: u64,
    /// The number of attempts so far.
    pub(super) tries: u32,
}

impl Resource {
    /// Finds the resource that has one of these names.
    pub(super) fn find(ledger: &dyn Ledger, names: &[String]) -> Result<Option<Self>, LedgerError> {
        for name in names {
            if let Some(id) = ledger.get(name)? {
                return Self::load(ledger, &id);
            }
        }
        Ok(None)
    }

    /// Loads the resource with this id.
    pub(super) fn load(ledger: &dyn Ledger, id: &str) -> Result<Option<Self>, LedgerError> {
        ledger.get(id)?.map(|text| Self::read(&text)).transpose()
    }

    /// Parses the stored text.
    pub(super) fn read(text: &str) -> Result<Self, LedgerError> {
        let read = serde_json::from_str(text);
        read.map_err(|error| LedgerError(format!("damaged entry: {error}")))
    }

    /// Returns its ledger entry.
    pub(super) fn entry(&self) -> Result<(String, String), LedgerError> {
        let text = serde_json::to_string(self).map_err(|error| LedgerError(error.to_string()))?;
        Ok((self.id.clone(), text))
    }

    /// Ends it, and plans the notification that reports it.
    pub(super) fn finish(&mut self, life: Life<'_>, end: &str, at: SystemTime) {
        self.end = Some(end.to_owned());
        self.ended = Some(millis(at));
        self.plan = None;
        if let Some(report) = &self.report
            && let Some(delay) = report.manner.delay()
            && life.reports(&report.operation, end)
        {
            self.pending = Some(PendingNotification {
                outcome: end.to_owned(),
                due: millis(at.checked_add(delay).unwrap_or(at)),
                tries: 0,
            });
        }
    }

    /// Adds a ledger key that belongs to it. Returns whether the key is new.
    pub(super) fn keep(&mut self, key: &str) -> bool {
        let is_new = !self.keys.iter().any(|one| one == key);
        if is_new {
            self.keys.push(key.to_owned());
        }
        is_new
    }
}

/// Converts a time to milliseconds since 1970; an earlier time becomes 1970.
pub(super) fn millis(at: SystemTime) -> u64 {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Converts milliseconds since 1970 back to a time.
pub(super) fn time(millis: u64) -> SystemTime {
    let at = UNIX_EPOCH.checked_add(Duration::from_millis(millis));
    within_range(at.unwrap_or(UNIX_EPOCH))
}
