//! A ledger in a file.

use std::cell::RefCell;
use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use redb::{Database, ReadableDatabase as _, ReadableTable as _, TableDefinition};

use super::ledger::{Ledger, LedgerError};

const ANSWERS: TableDefinition<'_, &str, &str> = TableDefinition::new("answers");
/// The number of writes, under the one key [`WRITES`].
const COUNTS: TableDefinition<'_, &str, u64> = TableDefinition::new("counts");
const WRITES: &str = "writes";

/// A ledger in a file, which survives the end of the process, even a crash.
///
/// When the disk is full, writing fails; it works again as soon as there is room.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    /// [`None`] after an I/O error: the next access opens the file again.
    database: RefCell<Option<Database>>,
    /// A file beside it that holds the number of writes, which reveals lost writes.
    counter: Option<File>,
    lost: u64,
}

impl Store {
    /// Opens the file, or creates it, together with `FILE.writes`, which counts the writes.
    ///
    /// # Errors
    ///
    /// When the file is of another kind, or another process has it open.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let is_new = !path.exists();
        let database = opened(path).map_err(|error| unusable(path, &error))?;
        let writes = writes(&database).map_err(|error| unusable(path, &error))?;
        let mut beside = path.as_os_str().to_owned();
        beside.push(".writes");
        let counted = std::fs::read_to_string(&beside).unwrap_or_default();
        let counted: u64 = counted.trim().parse().unwrap_or(0);
        let counter = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&beside);
        let mut store = Store {
            path: path.to_owned(),
            database: RefCell::new(Some(database)),
            // The ledger works without the counter.
            counter: counter.ok(),
            lost: if is_new {
                0
            } else {
                counted.saturating_sub(writes)
            },
        };
        store.count(writes);
        Ok(store)
    }

    /// Returns the number of newest writes that the file has lost since it was last open, as far as the counter
    /// shows: the file may be an older copy, or the disk did not keep what it had confirmed.
    pub fn lost(&self) -> u64 {
        self.lost
    }

    /// Saves the number of writes.
    fn count(&mut self, writes: u64) {
        if let Some(counter) = &mut self.counter {
            // On a full disk the counter falls behind: it may miss a loss, but never invents one.
            let _ = counter
                .seek(SeekFrom::Start(0))
                .and_then(|_| counter.write_all(format!("{writes:020}\n").as_bytes()));
        }
    }

    /// Calls `work` with the database, and opens the database again if the last access failed.
    fn with<T>(
        &self,
        work: impl FnOnce(&Database) -> Result<T, redb::Error>,
    ) -> Result<T, LedgerError> {
        let mut database = self.database.borrow_mut();
        let open = match database.take() {
            Some(open) => open,
            None => opened(&self.path).map_err(|error| of_file(&self.path, &error))?,
        };
        let done = work(&open);
        // After an I/O error redb refuses everything until the file is opened again.
        if !matches!(done, Err(redb::Error::Io(_) | redb::Error::PreviousIo)) {
            *database = Some(open);
        }
        done.map_err(|error| of_file(&self.path, &error))
    }

    fn write(
        &mut self,
        change: impl FnOnce(&mut redb::Table<'_, &'static str, &'static str>) -> Result<(), redb::Error>,
    ) -> Result<(), LedgerError> {
        let writes = self.with(|database| {
            let write = database.begin_write()?;
            let writes = {
                change(&mut write.open_table(ANSWERS)?)?;
                let mut counts = write.open_table(COUNTS)?;
                let writes = counts.get(WRITES)?.map_or(0, |count| count.value()) + 1;
                counts.insert(WRITES, writes)?;
                writes
            };
            write.commit()?;
            Ok(writes)
        })?;
        self.count(writes);
        Ok(())
    }
}

/// Explains why the file cannot be opened, and what to do.
fn unusable(path: &Path, error: &redb::Error) -> LedgerError {
    let LedgerError(why) = of_file(path, error);
    LedgerError(match error {
        redb::Error::DatabaseAlreadyOpen => {
            format!("{why}; stop the process that uses the file, or choose another file")
        }
        _ => format!("{why}; restore a copy of the file, or choose a new file"),
    })
}

fn of_file(path: &Path, error: &redb::Error) -> LedgerError {
    LedgerError(format!("{}: {error}", path.display()))
}

/// Opens the database and creates missing tables.
fn opened(path: &Path) -> Result<Database, redb::Error> {
    let database = Database::create(path)?;
    // Reading a missing table is an error.
    let read = database.begin_read()?;
    let has_tables = read.open_table(ANSWERS).is_ok() && read.open_table(COUNTS).is_ok();
    drop(read);
    if !has_tables {
        let write = database.begin_write()?;
        write.open_table(ANSWERS)?;
        write.open_table(COUNTS)?;
        write.commit()?;
    }
    Ok(database)
}

fn writes(database: &Database) -> Result<u64, redb::Error> {
    let counts = database.begin_read()?.open_table(COUNTS)?;
    Ok(counts.get(WRITES)?.map_or(0, |count| count.value()))
}

impl Ledger for Store {
    fn get(&self, key: &str) -> Result<Option<String>, LedgerError> {
        self.with(|database| {
            let table = database.begin_read()?.open_table(ANSWERS)?;
            Ok(table.get(key)?.map(|value| value.value().to_owned()))
        })
    }

    fn all(&self, beginning: &str) -> Result<Vec<(String, String)>, LedgerError> {
        self.with(|database| {
            let table = database.begin_read()?.open_table(ANSWERS)?;
            let mut all = Vec::new();
            for entry in table.range(beginning..)? {
                let (key, text) = entry?;
                if !key.value().starts_with(beginning) {
                    break;
                }
                all.push((key.value().to_owned(), text.value().to_owned()));
            }
            Ok(all)
        })
    }

    fn put(&mut self, entries: &[(String, String)]) -> Result<(), LedgerError> {
        self.write(|table| {
            for (key, value) in entries {
                table.insert(key.as_str(), value.as_str())?;
            }
            Ok(())
        })
    }

    fn forget(&mut self, keys: &[String]) -> Result<(), LedgerError> {
        self.write(|table| {
            for key in keys {
                table.remove(key.as_str())?;
            }
            Ok(())
        })
    }
}
