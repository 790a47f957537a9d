//! A ledger in a file.

use std::cell::RefCell;
use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use redb::{Database, ReadableDatabase as _, ReadableTable as _, TableDefinition};

use super::ledger::{Ledger, LedgerError};

const ANSWERS: TableDefinition<'_, &str, &str> = TableDefinition::new("answers");
/// How often the file was written, under the one key [`WRITES`].
const COUNTS: TableDefinition<'_, &str, u64> = TableDefinition::new("counts");
const WRITES: &str = "writes";

/// A ledger that survives the end of the process, however that comes.
///
/// When the disk is full, writing fails, and works again as soon as there is room.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    /// [`None`] after an error of input or output: then it is opened anew.
    database: RefCell<Option<Database>>,
    /// Beside the file, how often it was written: what it has lost shows by that.
    counter: Option<File>,
    lost: u64,
}

impl Store {
    /// Opens the file, or makes it. Beside it is one more, `FILE.writes`, which counts.
    ///
    /// # Errors
    ///
    /// When the file is of another kind, or another process has it.
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
            // Without a count the ledger is whole all the same.
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

    /// Returns how many of its newest writes the file has lost since it was last open, as far as can be known: a
    /// copy of an earlier day, a disk that forgot what it had promised to keep.
    pub fn lost(&self) -> u64 {
        self.lost
    }

    /// Writes down how often the file was written.
    fn count(&mut self, writes: u64) {
        if let Some(counter) = &mut self.counter {
            // On a full disk it falls behind, which claims nothing wrong.
            let _ = counter
                .seek(SeekFrom::Start(0))
                .and_then(|_| counter.write_all(format!("{writes:020}\n").as_bytes()));
        }
    }

    /// Works with the database, and opens it anew where that failed before.
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
        // After an error of input or output it refuses everything until it is opened again.
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

/// The file cannot be opened.
fn unusable(path: &Path, error: &redb::Error) -> LedgerError {
    let LedgerError(why) = of_file(path, error);
    LedgerError(match error {
        redb::Error::DatabaseAlreadyOpen => {
            format!("{why}; stop the process that has it, or name another file")
        }
        _ => format!("{why}; restore a copy of the file, or name one that does not exist yet"),
    })
}

fn of_file(path: &Path, error: &redb::Error) -> LedgerError {
    LedgerError(format!("{}: {error}", path.display()))
}

/// The database, with its tables.
fn opened(path: &Path) -> Result<Database, redb::Error> {
    let database = Database::create(path)?;
    // Reading asks for tables that are there.
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
