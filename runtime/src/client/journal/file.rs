//! A journal in a file.

use super::book::{Book, OpenEntry, body_of};
use super::disk::{Disk, Files};
use super::record::{READABLE, Record};
use super::scan::{Damage, DamageKind, Scan, scan};
use super::{Ended, Entry, Journal, JournalError, Opened, UnderWay};
use core::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A [`Journal`] in a file that only this process uses.
///
/// # Guarantees
///
/// * **Written first.** An entry is one line, written whole and brought to the disk (`fdatasync`) before
///   anything leaves. The folder is brought to the disk whenever the file is made or replaced.
/// * **One process.** The file is locked while it is open, by a file beside it (`NAME.lock`, which
///   stays); a second opener gets [`JournalError::Locked`]. On a network file system this depends on
///   the lock support of server and mount (NFS: not with `nolock`). If in doubt, give each machine a
///   journal on its own local disk, or implement [`Journal`] over a database.
/// * **No request is sent after its key has expired.** The line of a call has the time when its first
///   attempt began, by the client's clock. If the wall clock shows an earlier time than that, the age of
///   the call is unknown, and it is not sent again either.
/// * **No changed request is sent.** Each line has a CRC-32 over operation, id, state and body. A line
///   that does not match it is never read as an entry. This finds damage, not forgery: anyone who can
///   write the file can write entries.
/// * **Every whole line is read, even beside damage.** Unreadable parts are listed in
///   [`damage`](Self::damage), and a copy of the original file is kept as `NAME.damaged-1` and so on.
///   An end that was cut off by a crash is listed as well, without a copy.
/// * **A line that fails is taken back**, so that the next run does not find a line that was reported
///   as not written. After a failed `fsync`, or when taking back fails, the journal accepts no more
///   lines until it is opened again ([`JournalError::Broken`]).
/// * **It stays small.** When more than half of the file (and at least 64 KiB) is obsolete, it is
///   rewritten with the open entries; so it is on opening. Memory use is proportional to the open
///   entries.
///
/// # Limits
///
/// * When the line that closes an entry is damaged, the entry is open again: it is sent again with the
///   same id and bytes, which the provider recognises. When the line that holds a body is damaged, only
///   its operation and id may be known.
/// * A disk that falsely reports a completed write may lose the last lines in a power failure.
/// * The file holds the bodies of requests, including sensitive values. On Unix only its owner can read
///   it. It is not encrypted.
///
/// The format is our own rather than an embedded database's: it can be read with a pager, one damaged
/// page does not hide other entries, and `redb` 4, which the mock gateway uses, needs a newer Rust than
/// this crate and stops after one I/O error as well. Files of earlier format versions are read, and
/// rewritten. A call that version 1 or 2 recorded has no time, so it is not sent again if the provider keeps its key for
/// a limited time.
///
/// ```
/// use payspec_runtime::client::{Ended, Entry, EntryKind, FileJournal, Journal};
///
/// # let folder = std::env::temp_dir().join(format!("payspec-journal-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("journal");
/// let journal = FileJournal::open(&path)?;
/// assert!(journal.damage().is_empty());
/// journal.before_send(Entry {
///     kind: EntryKind::Call,
///     operation: "pay",
///     scope: "/paymentRequestId",
///     id: "r-1",
///     bytes: b"{}",
///     begun: Some(std::time::SystemTime::now()),
/// })?;
/// drop(journal); // The program stops here.
///
/// let journal = FileJournal::open(&path)?;
/// assert_eq!(journal.unfinished()?[0].id(), "r-1");
/// journal.after("pay", "r-1", Ended::Decided)?;
/// assert!(journal.unfinished()?.is_empty());
/// # drop(journal);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct FileJournal {
    path: PathBuf,
    damage: Vec<Damage>,
    store: Mutex<Store>,
    under_way: UnderWay,
}

impl FileJournal {
    /// Opens a journal, or creates it.
    ///
    /// # Errors
    ///
    /// When it is already open, cannot be read or written, is not a journal, or was written by a newer
    /// version of this crate.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        let (files, path, bytes) = Files::open(path.as_ref())?;
        Self::over(Box::new(files), path, &bytes)
    }

    /// Makes a journal over a disk that holds these bytes.
    pub(super) fn over(
        disk: Box<dyn Disk>,
        path: PathBuf,
        bytes: &[u8],
    ) -> Result<Self, JournalError> {
        let Scan {
            records,
            damage,
            is_old,
        } = scan(bytes);
        for record in &records {
            let Record::Header { version } = record else {
                continue;
            };
            if !READABLE.contains(&version.as_str()) {
                let found = version.clone();
                return Err(JournalError::Version { path, found });
            }
        }
        if records.is_empty() && !is_old && !may_be_new(bytes) {
            return Err(JournalError::NotAJournal { path });
        }
        let book = Book::replay(records);
        let mut store = Store {
            disk,
            book,
            length: length(bytes),
            rewrite_at: 0,
            broken: None,
        };
        let opened = store.open(bytes, is_old, &damage);
        opened.map_err(|error| JournalError::unreadable(&path, &error))?;
        Ok(Self {
            path,
            damage,
            store: Mutex::new(store),
            under_way: UnderWay::default(),
        })
    }

    /// Returns the parts that could not be read when the file was opened. A person should look at them:
    /// a payment may be missing.
    pub fn damage(&self) -> &[Damage] {
        &self.damage
    }

    /// Returns the path, with symbolic links resolved.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns whether a file without a record may be a new journal whose first line did not reach the
/// disk.
fn may_be_new(bytes: &[u8]) -> bool {
    let begins = |version| {
        let header = Record::Header { version }.line();
        header.as_bytes().starts_with(bytes)
    };
    READABLE.into_iter().any(begins) || bytes.iter().all(|byte| *byte == 0)
}

/// The smallest length at which a file is rewritten, in bytes.
const LEAST: u64 = 64 << 10;

/// The file, with its open entries.
struct Store {
    disk: Box<dyn Disk>,
    book: Book,
    /// The length up to which every line is whole and synced.
    length: u64,
    /// The length at which the file is rewritten.
    rewrite_at: u64,
    /// The reason why it accepts no more lines.
    broken: Option<String>,
}

impl Store {
    /// Makes the records that were read durable, and rewrites the file if that removes damage or
    /// obsolete lines.
    fn open(&mut self, bytes: &[u8], is_old: bool, damage: &[Damage]) -> io::Result<()> {
        let file = self.book.file();
        let is_clean = damage.is_empty() && !is_old && bytes.ends_with(b"\n");
        let is_small = self.length <= grown(length(file.as_bytes()));
        if is_clean && is_small && !(self.book.is_empty() && bytes != file.as_bytes()) {
            // An earlier run may have stopped before it was synced.
            self.disk.sync()?;
            self.disk.sync_folder()?;
            self.rewrite_at = grown(length(file.as_bytes()));
            return Ok(());
        }
        if damage.iter().any(|one| one.kind != DamageKind::CutOff) {
            self.disk.keep()?;
        }
        self.disk.write_beside(file.as_bytes())?;
        self.disk.replace()?;
        self.disk.sync_folder()?;
        self.length = length(file.as_bytes());
        self.rewrite_at = grown(self.length);
        Ok(())
    }

    fn admits(&self) -> Result<(), JournalError> {
        match &self.broken {
            Some(why) => Err(JournalError::Broken { why: why.clone() }),
            None => Ok(()),
        }
    }

    /// Writes a line and syncs it to the disk, or takes it back.
    fn append(&mut self, record: &Record<&str>) -> Result<(), JournalError> {
        self.admits()?;
        let line = record.line();
        let (is_whole, error) = match self.disk.append(line.as_bytes()) {
            Err(error) => (false, error),
            Ok(()) => match self.disk.sync() {
                Err(error) => (true, error),
                Ok(()) => {
                    self.length += length(line.as_bytes());
                    return Ok(());
                }
            },
        };
        let why = error.to_string();
        let taken_back = self.disk.truncate(self.length);
        // After a failed sync the content of the disk is unknown, even if the next sync succeeds.
        if is_whole || taken_back.is_err() {
            drop(self.disk.sync());
            self.broken = Some(why.clone());
        }
        let remains = is_whole && taken_back.is_err() && self.void(record).is_err();
        Err(JournalError::Unwritten { why, remains })
    }

    /// Cancels an opening line that could not be taken back, by a second line.
    fn void(&mut self, record: &Record<&str>) -> io::Result<()> {
        match *record {
            Record::Call { operation, id, .. } | Record::Payment { operation, id, .. } => {
                let line = Record::NotSent { operation, id }.line();
                self.disk.append(line.as_bytes())?;
                self.disk.sync()
            }
            // The other records begin nothing, so nothing is sent because of them.
            Record::Header { .. }
            | Record::Stands { .. }
            | Record::Decided { .. }
            | Record::NotSent { .. }
            | Record::Lost { .. } => Ok(()),
        }
    }

    /// Rewrites the file when more than half of it is obsolete.
    fn shrink(&mut self) {
        if self.length < self.rewrite_at || self.broken.is_some() {
            return;
        }
        let file = self.book.file();
        let needed = length(file.as_bytes());
        if self.length < grown(needed) {
            self.rewrite_at = grown(needed);
            return;
        }
        let written = self.disk.write_beside(file.as_bytes());
        if written.and_then(|()| self.disk.replace()).is_err() {
            // The old file is as good as before, and there may be space later.
            self.rewrite_at = grown(self.length);
            return;
        }
        self.length = needed;
        self.rewrite_at = grown(needed);
        if let Err(error) = self.disk.sync_folder() {
            // After a crash, the name may lead to the old file, which lacks the lines from here on.
            self.broken = Some(error.to_string());
        }
    }
}

/// Returns the length at which a file with so many useful bytes is rewritten.
fn grown(needed: u64) -> u64 {
    needed.saturating_mul(2).saturating_add(LEAST)
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

impl Journal for FileJournal {
    fn before_send(&self, entry: Entry<'_>) -> Result<Opened, JournalError> {
        let mut store = self.store();
        store.admits()?;
        let opened = store.book.admits(&entry)?;
        if let Opened::Again { .. } = opened {
            store.book.set_doubtful(entry.operation, entry.id);
            return Ok(opened);
        }
        store.append(&Record::Call {
            operation: entry.operation,
            id: entry.id,
            scope: entry.scope,
            body: body_of(entry)?,
            begun: entry.begun,
        })?;
        store.book.insert(OpenEntry::new(entry, "")?);
        store.shrink();
        Ok(Opened::New)
    }

    fn begin(&self, entry: Entry<'_>, state: &str) -> Result<(), JournalError> {
        let mut store = self.store();
        store.admits()?;
        if let Opened::Again { .. } = store.book.admits(&entry)? {
            let (operation, id) = (entry.operation.to_owned(), entry.id.to_owned());
            return Err(JournalError::Unfinished { operation, id });
        }
        store.append(&Record::Payment {
            operation: entry.operation,
            id: entry.id,
            scope: entry.scope,
            body: body_of(entry)?,
            state,
        })?;
        store.book.insert(OpenEntry::new(entry, state)?);
        store.shrink();
        Ok(())
    }

    fn stands(&self, operation: &str, id: &str, state: &str) -> Result<(), JournalError> {
        let mut store = self.store();
        if store.book.is_doubtful(operation, id).is_none() {
            return Err(JournalError::NotOpen {
                operation: operation.to_owned(),
                id: id.to_owned(),
            });
        }
        store.append(&Record::Stands {
            operation,
            id,
            state,
        })?;
        store.book.set_state(operation, id, state);
        store.shrink();
        Ok(())
    }

    fn after(&self, operation: &str, id: &str, ended: Ended) -> Result<(), JournalError> {
        let mut store = self.store();
        let record = match (ended, store.book.is_doubtful(operation, id)) {
            // This sending did not leave, but an earlier one may have.
            (Ended::NotSent, Some(true)) | (_, None) => return Ok(()),
            (Ended::NotSent, Some(false)) => Record::NotSent { operation, id },
            (Ended::Decided, Some(_)) => Record::Decided { operation, id },
        };
        store.append(&record)?;
        store.book.remove(operation, id);
        store.shrink();
        Ok(())
    }

    fn unfinished(&self) -> Result<Vec<OpenEntry>, JournalError> {
        Ok(self.store().book.entries().cloned().collect())
    }

    fn under_way(&self) -> &UnderWay {
        &self.under_way
    }
}

impl fmt::Debug for FileJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileJournal")
            .field("path", &self.path)
            .field("damage", &self.damage)
            .finish_non_exhaustive()
    }
}
