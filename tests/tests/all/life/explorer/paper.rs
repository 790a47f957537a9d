//! A journal on paper: it holds one payment, and the disk below it can be full.

use super::way::Way;
use payspec_runtime::client::life::Payment;
use payspec_runtime::client::{
    Ended, Entry, EntryKind, Journal, JournalError, OpenEntry, Opened, UnderWay,
};
use std::sync::{Arc, Mutex, MutexGuard};

#[derive(Clone, Default)]
pub(super) struct Paper {
    kept: Arc<Mutex<Kept>>,
    under_way: UnderWay,
}

#[derive(Clone, Default)]
struct Kept {
    open: Option<Line>,
    is_full: bool,
}

#[derive(Clone)]
struct Line {
    operation: String,
    scope: String,
    id: String,
    bytes: Vec<u8>,
    state: String,
}

impl Line {
    fn entry(&self) -> Entry<'_> {
        Entry {
            kind: EntryKind::Payment,
            operation: &self.operation,
            scope: &self.scope,
            id: &self.id,
            bytes: &self.bytes,
            begun: None,
        }
    }
}

impl Paper {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().expect("paper")
    }

    /// Returns the paper that the next program finds; what the one before still writes is lost.
    pub(super) fn found(&self) -> Self {
        let kept = self.kept().clone();
        Paper {
            kept: Arc::new(Mutex::new(kept)),
            under_way: UnderWay::default(),
        }
    }

    /// The payment that is open.
    pub(super) fn payment<F: Way>(&self) -> Payment<F> {
        let line = self.kept().open.clone().expect("a payment is open");
        Payment::resume(line.entry(), &line.state).expect("it is in the journal")
    }

    pub(super) fn key(&self) -> String {
        let kept = self.kept();
        let state = kept.open.as_ref().map(|line| line.state.as_str());
        format!("{state:?} {}", kept.is_full)
    }

    pub(super) fn fill(&self) {
        self.kept().is_full = true;
    }

    pub(super) fn is_full(&self) -> bool {
        self.kept().is_full
    }

    /// The paper to write on, unless the disk is full, this once.
    fn written(&self) -> Result<MutexGuard<'_, Kept>, JournalError> {
        let mut kept = self.kept();
        match std::mem::take(&mut kept.is_full) {
            true => Err(JournalError::new("the disk is full")),
            false => Ok(kept),
        }
    }
}

impl Journal for Paper {
    fn before_send(&self, _: Entry<'_>) -> Result<Opened, JournalError> {
        panic!("the explorer calls nothing")
    }

    fn begin(&self, entry: Entry<'_>, state: &str) -> Result<(), JournalError> {
        self.written()?.open = Some(Line {
            operation: entry.operation.to_owned(),
            scope: entry.scope.to_owned(),
            id: entry.id.to_owned(),
            bytes: entry.bytes.to_vec(),
            state: state.to_owned(),
        });
        Ok(())
    }

    fn stands(&self, _: &str, id: &str, state: &str) -> Result<(), JournalError> {
        let mut kept = self.written()?;
        let open = kept.open.as_mut().filter(|line| line.id == id);
        open.expect("it has begun").state = state.to_owned();
        Ok(())
    }

    fn after(&self, _: &str, _: &str, _: Ended) -> Result<(), JournalError> {
        self.written()?.open = None;
        Ok(())
    }

    fn unfinished(&self) -> Result<Vec<OpenEntry>, JournalError> {
        let kept = self.kept();
        let open = kept.open.iter();
        open.map(|line| OpenEntry::new(line.entry(), &line.state))
            .collect()
    }

    fn under_way(&self) -> &UnderWay {
        &self.under_way
    }
}
