//! A request whose bytes are fixed.

use super::call::{Call, journal_id, journal_scope};
use super::clock::Moment;
use super::journal::{Entry, EntryKind, Lease, UnderWay};
use super::key_lifetime::{self, KeyExpired};
use super::other_entry::OtherEntry;
use crate::{EncodeError, PaymentReference, Sent, decode, encode};
use std::time::SystemTime;

/// A request whose bytes are fixed, with the ids by which it names its payment.
pub(super) struct Fixed<R: Call> {
    pub(super) sent: Sent<R>,
    pub(super) asked: Vec<PaymentReference>,
    /// The moment of the first attempt to send it; [`None`] before it, and if it is unknown.
    first: Option<Moment>,
    /// Marks it as held by this program.
    lease: Option<Lease>,
}

impl<R: Call> Fixed<R> {
    pub(super) fn new(request: &R) -> Result<Self, EncodeError> {
        let id = request.id().unwrap_or_default().to_owned();
        Ok(Self {
            sent: Sent::of(encode(request)?, id),
            asked: asked(request),
            first: None,
            lease: None,
        })
    }

    /// Restores a request from its journal entry.
    pub(super) fn written(entry: Entry<'_>) -> Result<Self, OtherEntry> {
        let other = || OtherEntry::new(entry.operation, entry.id, R::ENDPOINT.name);
        let request = decode::<R>(entry.bytes).map_err(|_| other())?;
        let key = request.id().unwrap_or_default();
        let asked = asked(&request);
        let is_same = entry.kind == EntryKind::Call
            && entry.operation == R::ENDPOINT.name
            && entry.id == journal_id(key, &asked, entry.bytes);
        match is_same {
            true => Ok(Self {
                sent: Sent::of(entry.bytes.to_vec(), key.to_owned()),
                asked,
                first: entry.begun.map(Moment::from),
                lease: None,
            }),
            false => Err(other()),
        }
    }

    /// Makes a copy with a share of its lease that does not send.
    pub(super) fn copy(&self) -> Self {
        Self {
            sent: Sent::of(self.sent.bytes().to_vec(), self.sent.key().to_owned()),
            asked: self.asked.clone(),
            first: self.first,
            lease: self.lease.as_ref().map(Lease::share),
        }
    }

    /// Returns its id in a journal.
    pub(super) fn journal_id(&self) -> String {
        journal_id(self.sent.key(), &self.asked, self.sent.bytes())
    }

    /// Returns its journal entry under this id.
    pub(super) fn entry<'a>(&'a self, id: &'a str) -> Entry<'a> {
        Entry {
            kind: EntryKind::Call,
            operation: R::ENDPOINT.name,
            scope: journal_scope::<R>(),
            id,
            bytes: self.sent.bytes(),
            begun: self.first.map(Moment::wall),
        }
    }

    /// Notes the moment of an attempt to send it: the first one counts.
    pub(super) fn attempt(&mut self, now: Moment) {
        self.first.get_or_insert(now);
    }

    /// Replaces the moment of the first attempt by that of an earlier one.
    pub(super) fn begun(&mut self, first: Option<SystemTime>) {
        self.first = first.map(Moment::from);
    }

    /// Returns the time of the first attempt to send it, if known: no answer can be older.
    pub(super) fn first(&self) -> Option<SystemTime> {
        self.first.map(Moment::wall)
    }

    /// Checks that the provider still recognises it by its key, if it may have arrived.
    pub(super) fn check_key(&self, now: Moment) -> Result<(), KeyExpired> {
        let age = self.first.and_then(|first| now.age_since(first));
        key_lifetime::check(R::KEY_LIFETIME, age)
    }

    /// Returns whether its age can be known: without it, a key that expires is expired.
    pub(super) fn is_datable(&self) -> bool {
        R::KEY_LIFETIME.is_none() || self.first.is_some()
    }

    /// Marks it as being sent; returns `false` if it is being sent already.
    pub(super) fn send(&mut self, under_way: &UnderWay) -> bool {
        let lease = under_way.send(R::ENDPOINT.name, &self.journal_id());
        let is_free = lease.is_some();
        self.lease = lease.or(self.lease.take());
        is_free
    }

    /// Marks it as held.
    pub(super) fn held(mut self, lease: Lease) -> Self {
        self.lease = Some(lease);
        self
    }

    /// Marks it as no longer being sent.
    pub(super) fn at_rest(mut self) -> Self {
        self.lease = self.lease.map(|lease| lease.share());
        self
    }
}

/// Returns the ids by which a request names its payment.
pub(super) fn asked<R: Call>(request: &R) -> Vec<PaymentReference> {
    let asked = request.asked();
    asked.iter().filter_map(PaymentReference::of).collect()
}
