//! A life as a line of text, and back.

use super::driven::Driven;
use super::error::NotResumed;
use super::payment::Payment;
use crate::client::attempt::asked;
use crate::client::call::{Call, journal_scope};
use crate::client::doubt::OtherEntry;
use crate::client::journal::{Entry, EntryKind};
use crate::flow::{Flow, Machine};
use crate::{Sent, decode};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

impl<F: Driven> Payment<F> {
    /// Where the life stands, as one line for a journal: what the next run needs beside the id and the
    /// bytes. It holds no data of the payment.
    pub fn save(&self) -> String {
        let since = self.started.duration_since(UNIX_EPOCH);
        let millis = since.unwrap_or_default().as_millis();
        format!("{millis} {}", self.machine.save())
    }

    /// What is written down of it as it begins.
    pub fn entry(&self) -> Entry<'_> {
        Entry {
            kind: EntryKind::Payment,
            operation: <F as Flow>::TABLE.id,
            scope: journal_scope::<F::Request>(),
            id: self.id(),
            bytes: self.sent().bytes(),
        }
    }

    /// A life that an earlier run of the program began: its entry in the journal, and the line that was
    /// [saved](Self::save) last. A sending that was under way counts as not answered.
    ///
    /// # Errors
    ///
    /// When it is not a life of this flow.
    pub fn resume(entry: Entry<'_>, state: &str) -> Result<Self, NotResumed> {
        let name = <F as Flow>::TABLE.id;
        let other = || NotResumed::OtherEntry(OtherEntry::new(entry.operation, entry.id, name));
        let request = decode::<F::Request>(entry.bytes).map_err(|_| other())?;
        let is_same = entry.kind == EntryKind::Payment
            && entry.operation == name
            && request.id().unwrap_or_default() == entry.id;
        if !is_same {
            return Err(other());
        }
        let (started, line) = state.split_once(' ').unwrap_or_default();
        let machine = Machine::restore(line).map_err(NotResumed::State)?;
        let started = instant(started).ok_or_else(other)?;
        let sent = Sent::of(entry.bytes.to_vec(), entry.id.to_owned());
        let follow_ups = F::follow_ups(entry.id).map_err(NotResumed::FollowUp)?;
        let mut payment = Self::at(machine, started, (sent, asked(&request)), follow_ups);
        payment.resumed = true;
        Ok(payment)
    }
}

/// A time as digits: milliseconds since 1970.
fn instant(text: &str) -> Option<SystemTime> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let millis = text.parse().ok().filter(|_| is_number)?;
    UNIX_EPOCH.checked_add(Duration::from_millis(millis))
}
