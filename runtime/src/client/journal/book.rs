//! The open entries of a journal, in memory.

use super::record::{Record, VERSION};
use super::{Entry, EntryKind, JournalError, Opened};
use core::fmt;
use std::collections::{BTreeMap, HashMap};
use std::time::SystemTime;

/// An entry that was begun and is not over.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenEntry {
    kind: EntryKind,
    operation: String,
    scope: String,
    id: String,
    /// [`None`] if the line that held it is damaged.
    body: Option<String>,
    state: String,
    begun: Option<SystemTime>,
    /// True if the request may have left before it was last tried.
    is_doubtful: bool,
}

impl OpenEntry {
    /// Makes an entry from the store of a program's own journal: the recorded request, and the last
    /// state of a payment (empty for a call).
    ///
    /// # Errors
    ///
    /// When the body is not UTF-8.
    pub fn new(entry: Entry<'_>, state: &str) -> Result<Self, JournalError> {
        Ok(Self {
            kind: entry.kind,
            operation: entry.operation.to_owned(),
            scope: entry.scope.to_owned(),
            id: entry.id.to_owned(),
            body: Some(body_of(entry)?.to_owned()),
            state: state.to_owned(),
            begun: entry.begun,
            is_doubtful: false,
        })
    }

    /// Returns the recorded request; [`None`] if the line that held it is damaged, so that only
    /// operation and id are known.
    pub fn entry(&self) -> Option<Entry<'_>> {
        Some(Entry {
            kind: self.kind,
            operation: &self.operation,
            scope: &self.scope,
            id: &self.id,
            bytes: self.body.as_ref()?.as_bytes(),
            begun: self.begun,
        })
    }

    /// Returns the name of the operation or the flow.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Returns the id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the last recorded state of a payment; empty for a call.
    pub fn state(&self) -> &str {
        &self.state
    }

    fn lost(operation: String, id: String) -> Self {
        Self {
            kind: EntryKind::Call,
            operation,
            scope: String::new(),
            id,
            body: None,
            state: String::new(),
            begun: None,
            is_doubtful: true,
        }
    }

    fn record(&self) -> Record<&str> {
        let (operation, id) = (self.operation.as_str(), self.id.as_str());
        match (&self.body, self.kind) {
            (None, _) => Record::Lost { operation, id },
            (Some(body), EntryKind::Call) => Record::Call {
                operation,
                id,
                scope: &self.scope,
                body,
                begun: self.begun,
            },
            (Some(body), EntryKind::Payment) => Record::Payment {
                operation,
                id,
                scope: &self.scope,
                body,
                state: &self.state,
            },
        }
    }

    fn is_named(&self, operation: &str, id: &str) -> bool {
        self.operation == operation && self.id == id
    }

    /// Returns whether the provider would take both for the same request. An entry without a scope may
    /// be about anything.
    fn collides(&self, entry: &Entry<'_>) -> bool {
        self.id == entry.id
            && (self.operation == entry.operation
                || self.scope == entry.scope
                || self.scope.is_empty())
    }
}

impl fmt::Debug for OpenEntry {
    /// Leaves the body out: it may hold sensitive values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenEntry")
            .field("kind", &self.kind)
            .field("operation", &self.operation)
            .field("id", &self.id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

pub(super) fn body_of(entry: Entry<'_>) -> Result<&str, JournalError> {
    core::str::from_utf8(entry.bytes).map_err(|_| JournalError::new("the body is not UTF-8"))
}

/// The open entries, the oldest first.
#[derive(Default)]
pub(super) struct Book {
    entries: BTreeMap<u64, OpenEntry>,
    by_id: HashMap<String, Vec<u64>>,
    next: u64,
}

impl Book {
    /// Returns the entries that are open after these records of an earlier run. Each of them may have
    /// left.
    pub(super) fn replay(records: Vec<Record<String>>) -> Self {
        let mut book = Self::default();
        for record in records {
            book.take(record);
        }
        for entry in book.entries.values_mut() {
            entry.is_doubtful = true;
        }
        book
    }

    fn take(&mut self, record: Record<String>) {
        match record {
            Record::Header { version: _ } => {}
            Record::Call {
                operation,
                id,
                scope,
                body,
                begun,
            } => self.insert(OpenEntry {
                kind: EntryKind::Call,
                operation,
                scope,
                id,
                body: Some(body),
                state: String::new(),
                begun,
                is_doubtful: false,
            }),
            Record::Payment {
                operation,
                id,
                scope,
                body,
                state,
            } => self.insert(OpenEntry {
                kind: EntryKind::Payment,
                operation,
                scope,
                id,
                body: Some(body),
                state,
                begun: None,
                is_doubtful: false,
            }),
            Record::Stands {
                operation,
                id,
                state,
            } => match self.named(&operation, &id) {
                Some(entry) => entry.state = state,
                // The line that held the body is damaged.
                None => self.insert(OpenEntry::lost(operation, id)),
            },
            Record::Decided { operation, id } | Record::NotSent { operation, id } => {
                self.remove(&operation, &id);
            }
            Record::Lost { operation, id } => self.insert(OpenEntry::lost(operation, id)),
        }
    }

    /// Inserts an entry; it replaces one with the same operation and id.
    pub(super) fn insert(&mut self, entry: OpenEntry) {
        self.remove(&entry.operation, &entry.id);
        let place = self.next;
        self.next += 1;
        self.by_id.entry(entry.id.clone()).or_default().push(place);
        self.entries.insert(place, entry);
    }

    fn place(&self, operation: &str, id: &str) -> Option<u64> {
        let mut places = self.by_id.get(id)?.iter().copied();
        places.find(|place| {
            let entry = self.entries.get(place);
            entry.is_some_and(|entry| entry.is_named(operation, id))
        })
    }

    fn named(&mut self, operation: &str, id: &str) -> Option<&mut OpenEntry> {
        let place = self.place(operation, id)?;
        self.entries.get_mut(&place)
    }

    pub(super) fn remove(&mut self, operation: &str, id: &str) {
        let Some(place) = self.place(operation, id) else {
            return;
        };
        self.entries.remove(&place);
        if let Some(places) = self.by_id.get_mut(id) {
            places.retain(|other| *other != place);
            if places.is_empty() {
                self.by_id.remove(id);
            }
        }
    }

    /// Compares a call or a payment that is about to begin with the open entries.
    pub(super) fn admits(&self, entry: &Entry<'_>) -> Result<Opened, JournalError> {
        let places = self.by_id.get(entry.id).into_iter().flatten();
        let mut same = places.filter_map(|place| self.entries.get(place));
        let Some(open) = same.find(|open| open.collides(entry)) else {
            return Ok(Opened::New);
        };
        let (operation, id) = (open.operation.clone(), open.id.clone());
        let both_calls = (open.kind, entry.kind) == (EntryKind::Call, EntryKind::Call);
        match &open.body {
            Some(body) if both_calls && open.operation == entry.operation => {
                match body.as_bytes() == entry.bytes {
                    true => Ok(Opened::Again { begun: open.begun }),
                    false => Err(JournalError::OtherBody { operation, id }),
                }
            }
            Some(_) | None => Err(JournalError::Unfinished { operation, id }),
        }
    }

    pub(super) fn set_doubtful(&mut self, operation: &str, id: &str) {
        if let Some(entry) = self.named(operation, id) {
            entry.is_doubtful = true;
        }
    }

    /// Returns whether an open entry may have left before it was last tried; [`None`] if it is not
    /// open.
    pub(super) fn is_doubtful(&self, operation: &str, id: &str) -> Option<bool> {
        let place = self.place(operation, id)?;
        self.entries.get(&place).map(|entry| entry.is_doubtful)
    }

    pub(super) fn set_state(&mut self, operation: &str, id: &str, state: &str) {
        if let Some(entry) = self.named(operation, id) {
            state.clone_into(&mut entry.state);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &OpenEntry> {
        self.entries.values()
    }

    /// Returns a complete file with the open entries only.
    pub(super) fn file(&self) -> String {
        let mut file = Record::Header { version: VERSION }.line();
        for entry in self.entries.values() {
            file.push_str(&entry.record().line());
        }
        file
    }
}
