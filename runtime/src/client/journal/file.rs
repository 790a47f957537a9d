//! A journal in a file.

use super::{Ended, Entry, Journal, JournalError};
use core::fmt;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A [`Journal`] in a file of this process alone.
///
/// Each line is written whole and brought to the disk before anything leaves. A last line that was cut
/// off, because the machine stopped while it was written, is taken off: what it speaks of has not left.
///
/// The file holds the bodies of requests, and with them whatever is sensitive in them; on Unix only its
/// owner can read it. When nothing in it is unfinished, it is emptied as it is opened.
///
/// ```
/// use payspec_runtime::client::{Ended, Entry, FileJournal, Journal};
///
/// # let folder = std::env::temp_dir().join(format!("payspec-journal-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("journal");
/// let (journal, unfinished) = FileJournal::open(&path)?;
/// assert!(unfinished.is_empty());
/// journal.before_send(Entry { operation: "pay", id: "r-1", bytes: b"{}" })?;
/// drop(journal); // The program stops here.
///
/// let (journal, unfinished) = FileJournal::open(&path)?;
/// assert_eq!(unfinished[0].entry().id, "r-1");
/// journal.after("pay", "r-1", Ended::Decided);
/// # drop(journal);
/// # assert!(FileJournal::open(&path)?.1.is_empty());
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct FileJournal {
    open: Mutex<Open>,
}

struct Open {
    file: File,
    /// Names and ids of the lives that have begun and are not over.
    lives: BTreeSet<(String, String)>,
}

/// A request that was written down and that nothing is known of since.
#[derive(Clone, PartialEq, Eq)]
pub struct Unfinished {
    operation: String,
    id: String,
    body: String,
    /// Where a life stood last; empty for a call.
    state: String,
    /// It may have arrived before the last time it was tried.
    doubtful: bool,
}

impl Unfinished {
    /// What was written down; see [`InDoubt::interrupted`](crate::client::InDoubt::interrupted).
    pub fn entry(&self) -> Entry<'_> {
        Entry {
            operation: &self.operation,
            id: &self.id,
            bytes: self.body.as_bytes(),
        }
    }

    /// Where the life of a payment stood last; see
    /// [`Payment::resume`](crate::client::life::Payment::resume). Empty for a single call.
    pub fn state(&self) -> &str {
        &self.state
    }
}

impl Unfinished {
    fn new(operation: &str, id: &str, body: &str, state: &str) -> Self {
        Self {
            operation: operation.to_owned(),
            id: id.to_owned(),
            body: body.to_owned(),
            state: state.to_owned(),
            doubtful: false,
        }
    }
}

impl fmt::Debug for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entry().fmt(f)
    }
}

impl FileJournal {
    /// Opens a journal, or begins one. Gives what an earlier run left unfinished, the oldest first.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written, or is no journal.
    pub fn open(path: &Path) -> Result<(Self, Vec<Unfinished>), JournalError> {
        let failed = |error: io::Error| JournalError::new(format!("{}: {error}", path.display()));
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        for_owner_alone(&mut options);
        let mut file = options.open(path).map_err(failed)?;
        close_to_others(path).map_err(failed)?;
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(failed)?;
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        let unfinished = replay(text.get(..whole).unwrap_or_default()).map_err(|line| {
            JournalError::new(format!("{}:{line}: no line of a journal", path.display()))
        })?;
        let kept = if unfinished.is_empty() { 0 } else { whole };
        file.set_len(u64::try_from(kept).unwrap_or(0))
            .and_then(|()| file.seek(SeekFrom::End(0)).map(|_| ()))
            .map_err(failed)?;
        let lives = unfinished.iter().filter(|one| !one.state.is_empty());
        let lives = lives.map(|one| (one.operation.clone(), one.id.clone()));
        let lives = lives.collect();
        let mut open = Open { file, lives };
        if !unfinished.is_empty() {
            open.append(&[OPENED])?;
        }
        let journal = Self {
            open: Mutex::new(open),
        };
        Ok((journal, unfinished))
    }

    fn open_file(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Writes a line and brings it to the disk.
    fn append(&mut self, words: &[&str]) -> Result<(), JournalError> {
        let failed = |error: io::Error| JournalError::new(error.to_string());
        let words = words.iter().map(|word| Json::from(*word));
        let line = format!("{}\n", words.collect::<Json>());
        self.file.write_all(line.as_bytes()).map_err(failed)?;
        self.file.sync_data().map_err(failed)
    }
}

impl Journal for FileJournal {
    fn before_send(&self, entry: Entry<'_>) -> Result<(), JournalError> {
        let body = body_of(entry)?;
        let line = [BEFORE, entry.operation, entry.id, body];
        self.open_file().append(&line)
    }

    fn begin(&self, entry: Entry<'_>, state: &str) -> Result<(), JournalError> {
        let mut open = self.open_file();
        let life = (entry.operation.to_owned(), entry.id.to_owned());
        if open.lives.contains(&life) {
            return Err(JournalError::new(
                "a life with this id has begun and is not over: resume it",
            ));
        }
        let body = body_of(entry)?;
        open.append(&[BEGIN, entry.operation, entry.id, body, state])?;
        open.lives.insert(life);
        Ok(())
    }

    fn stands(&self, operation: &str, id: &str, state: &str) -> Result<(), JournalError> {
        self.open_file().append(&[STANDS, operation, id, state])
    }

    fn after(&self, operation: &str, id: &str, ended: Ended) {
        let ended = match ended {
            Ended::Decided => DECIDED,
            Ended::NotSent => NOT_SENT,
            Ended::InDoubt => IN_DOUBT,
        };
        // At worst, the next run sends the same bytes once more.
        let mut open = self.open_file();
        drop(open.append(&[ended, operation, id]));
        if ended == DECIDED {
            open.lives.remove(&(operation.to_owned(), id.to_owned()));
        }
    }
}

impl fmt::Debug for FileJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileJournal").finish_non_exhaustive()
    }
}

fn body_of(entry: Entry<'_>) -> Result<&str, JournalError> {
    core::str::from_utf8(entry.bytes).map_err(|_| JournalError::new("the body is not UTF-8"))
}

/// The first word of each kind of line.
const OPENED: &str = "opened";
const BEFORE: &str = "before";
const BEGIN: &str = "begin";
const STANDS: &str = "stands";
const DECIDED: &str = "decided";
const NOT_SENT: &str = "not_sent";
const IN_DOUBT: &str = "in_doubt";

/// What the lines leave unfinished, or the number of a line that is none.
fn replay(text: &str) -> Result<Vec<Unfinished>, usize> {
    let mut open: Vec<Unfinished> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let words: Vec<String> = serde_json::from_str(line).map_err(|_| index + 1)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let place = |open: &[Unfinished], operation: &str, id: &str| {
            let mut all = open.iter();
            all.position(|one| one.operation == operation && one.id == id)
        };
        match words.as_slice() {
            [OPENED] => open.iter_mut().for_each(|one| one.doubtful = true),
            [BEFORE, operation, id, body] => {
                if place(&open, operation, id).is_none() {
                    open.push(Unfinished::new(operation, id, body, ""));
                }
            }
            [BEGIN, operation, id, body, state] => {
                open.push(Unfinished::new(operation, id, body, state));
            }
            [STANDS, operation, id, state] => {
                if let Some(place) = place(&open, operation, id) {
                    open[place].state = (*state).to_owned();
                }
            }
            [kind @ (DECIDED | NOT_SENT | IN_DOUBT), operation, id] => {
                let Some(place) = place(&open, operation, id) else {
                    continue;
                };
                match *kind {
                    DECIDED => drop(open.remove(place)),
                    // That nothing left now says nothing of what left before.
                    NOT_SENT if !open[place].doubtful => drop(open.remove(place)),
                    _ => open[place].doubtful = true,
                }
            }
            _ => return Err(index + 1),
        }
    }
    Ok(open)
}

#[cfg(unix)]
fn for_owner_alone(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn for_owner_alone(_: &mut OpenOptions) {}

/// Takes from others what rights they had to a file that was there.
#[cfg(unix)]
fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn close_to_others(path: &Path) -> io::Result<()> {
    fs::metadata(path).map(|_| ())
}
