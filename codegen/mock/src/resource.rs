//! What is kept of the things that requests are about.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::clock::within_range;
use super::ledger::{Ledger, LedgerError};
use super::life::Life;
use super::notification::Manner;

/// A payment, a refund, a registration.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Resource {
    /// The key in the ledger.
    pub(super) id: String,
    /// Whose it is.
    pub(super) client: String,
    /// Id of the operation that began it.
    pub(super) operation: String,
    /// The key of the request that began it, where it may be shown.
    pub(super) key: Option<String>,
    /// The fields that were said of it.
    pub(super) fields: Value,
    /// How it ended: the name of an outcome.
    pub(super) end: Option<String>,
    /// When it ended, in milliseconds since 1970.
    pub(super) ended: Option<u64>,
    /// What becomes of it while it is open.
    pub(super) plan: Option<PlannedEnd>,
    /// Where its end is reported.
    pub(super) report: Option<Report>,
    /// The notification that is to be sent.
    pub(super) pending: Option<PendingNotification>,
    /// The keys of the ledger that are forgotten with it: its names, and the requests about it.
    #[serde(default)]
    pub(super) keys: Vec<String>,
    /// What requests about other things ask of it, such as the amounts of its refunds, by their ids.
    #[serde(default)]
    pub(super) claims: BTreeMap<String, Claim>,
}

/// A part of an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claim {
    /// The currency.
    pub(super) currency: String,
    /// In minor units.
    pub(super) value: u64,
}

/// What becomes of an open thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PlannedEnd {
    /// When, in milliseconds since 1970; never, when left out.
    pub(super) at: Option<u64>,
    /// True if it ends well.
    pub(super) well: bool,
}

/// Where an end is reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Report {
    /// Id of the operation.
    pub(super) operation: String,
    /// The address that the request named.
    pub(super) address: String,
    /// How it is sent.
    pub(super) manner: Manner,
}

/// A notification that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PendingNotification {
    /// The outcome that it tells.
    pub(super) outcome: String,
    /// When it is sent next, in milliseconds since 1970.
    pub(super) due: u64,
    /// How often it was sent.
    pub(super) tries: u32,
}

impl Resource {
    /// The one that bears one of these names.
    pub(super) fn find(ledger: &dyn Ledger, names: &[String]) -> Result<Option<Self>, LedgerError> {
        for name in names {
            if let Some(id) = ledger.get(name)? {
                return Self::load(ledger, &id);
            }
        }
        Ok(None)
    }

    /// The one with this id.
    pub(super) fn load(ledger: &dyn Ledger, id: &str) -> Result<Option<Self>, LedgerError> {
        ledger.get(id)?.map(|text| Self::read(&text)).transpose()
    }

    /// Reads what was written.
    pub(super) fn read(text: &str) -> Result<Self, LedgerError> {
        let read = serde_json::from_str(text);
        read.map_err(|error| LedgerError(format!("it is damaged: {error}")))
    }

    /// As it is kept.
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

    /// Takes in a key of the ledger that belongs to it; says whether it is new.
    pub(super) fn keep(&mut self, key: &str) -> bool {
        let is_new = !self.keys.iter().any(|one| one == key);
        if is_new {
            self.keys.push(key.to_owned());
        }
        is_new
    }
}

/// A time in milliseconds since 1970; what was before counts as 1970.
pub(super) fn millis(at: SystemTime) -> u64 {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The time back.
pub(super) fn time(millis: u64) -> SystemTime {
    let at = UNIX_EPOCH.checked_add(Duration::from_millis(millis));
    within_range(at.unwrap_or(UNIX_EPOCH))
}
