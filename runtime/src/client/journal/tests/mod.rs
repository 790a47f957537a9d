//! A journal over a disk that fails, and over files that are damaged.

mod damage;
mod failing_disk;
mod first_attempt;
mod open_entries;

use super::disk::Disk;
use super::record::Record;
use super::{DamageKind, Ended, Entry, EntryKind, FileJournal, Journal, JournalError, Opened};
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The first attempt of each call.
fn first() -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(1_795_435_200_123)
}

/// The answer of a journal to a call that is open with the same body.
fn again() -> Result<Opened, JournalError> {
    let begun = Some(first());
    Ok(Opened::Again { begun })
}

fn call<'a>(id: &'a str, body: &'a str) -> Entry<'a> {
    Entry {
        kind: EntryKind::Call,
        operation: "pay",
        scope: "/paymentRequestId",
        id,
        bytes: body.as_bytes(),
        begun: Some(first()),
    }
}

fn payment<'a>(id: &'a str, body: &'a str) -> Entry<'a> {
    Entry {
        kind: EntryKind::Payment,
        operation: "pay_flow",
        begun: None,
        ..call(id, body)
    }
}

/// Returns the ids and bodies of the open entries.
fn open(journal: &FileJournal) -> Vec<(String, String)> {
    let open = journal.unfinished().expect("readable").into_iter();
    open.map(|one| {
        let body = one.entry().map(|entry| entry.bytes.to_vec());
        let body = String::from_utf8(body.unwrap_or_default()).expect("UTF-8");
        (one.id().to_owned(), body)
    })
    .collect()
}

/// An operation of a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Op {
    Append,
    Sync,
    Truncate,
    WriteBeside,
    Keep,
    Replace,
    SyncFolder,
}

/// The content of a disk, and the numbers of the operations that fail, counted from the first one.
#[derive(Debug, Default)]
struct State {
    file: Vec<u8>,
    beside: Vec<u8>,
    kept: Vec<Vec<u8>>,
    done: Vec<Op>,
    fails: BTreeSet<usize>,
    /// Percentage of a failing append that is written nevertheless.
    written: usize,
}

#[derive(Clone, Default)]
struct Faulty(Arc<Mutex<State>>);

impl Faulty {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().expect("a state")
    }

    fn does(&self, op: Op) -> io::Result<()> {
        let mut state = self.state();
        state.done.push(op);
        match state.fails.contains(&(state.done.len() - 1)) {
            true => Err(io::Error::other(format!("{op:?} fails"))),
            false => Ok(()),
        }
    }

    fn open(&self) -> FileJournal {
        let bytes = self.state().file.clone();
        let disk = Box::new(self.clone());
        FileJournal::over(disk, PathBuf::from("journal"), &bytes).expect("a journal")
    }
}

impl Disk for Faulty {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let done = self.does(Op::Append);
        let mut state = self.state();
        let length = match done {
            Ok(()) => bytes.len(),
            Err(_) => bytes.len() * state.written / 100,
        };
        state.file.extend_from_slice(&bytes[..length]);
        done
    }

    fn sync(&mut self) -> io::Result<()> {
        self.does(Op::Sync)
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.does(Op::Truncate)?;
        let length = usize::try_from(length).expect("a length");
        self.state().file.truncate(length);
        Ok(())
    }

    fn write_beside(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.does(Op::WriteBeside)?;
        self.state().beside = bytes.to_vec();
        Ok(())
    }

    fn keep(&mut self) -> io::Result<()> {
        self.does(Op::Keep)?;
        let mut state = self.state();
        let file = state.file.clone();
        state.kept.push(file);
        Ok(())
    }

    fn replace(&mut self) -> io::Result<()> {
        self.does(Op::Replace)?;
        let mut state = self.state();
        state.file = std::mem::take(&mut state.beside);
        Ok(())
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        self.does(Op::SyncFolder)
    }
}

fn over(bytes: &[u8]) -> (FileJournal, Faulty) {
    let disk = Faulty::default();
    disk.state().file = bytes.to_vec();
    (disk.open(), disk)
}
