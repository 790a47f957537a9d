//! A ledger in a file.

use std::path::Path;

use redb::{Database, ReadableDatabase as _, TableDefinition};

use super::ledger::{Ledger, LedgerError};

const ANSWERS: TableDefinition<'_, &str, &str> = TableDefinition::new("answers");

/// A ledger that survives the end of the process, however that comes.
#[derive(Debug)]
pub struct Store(Database);

impl Store {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    ///
    /// When the file is of another kind, or another process has it.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let of_file = |error: String| LedgerError(format!("{}: {error}", path.display()));
        let database = Database::create(path).map_err(|error| of_file(error.to_string()))?;
        // Reading asks for a table that is there.
        let made = (|| -> Result<(), redb::Error> {
            let write = database.begin_write()?;
            write.open_table(ANSWERS)?;
            write.commit()?;
            Ok(())
        })();
        made.map_err(|error| of_file(error.to_string()))?;
        Ok(Store(database))
    }
}

impl Ledger for Store {
    fn get(&self, key: &str) -> Result<Option<String>, LedgerError> {
        let read = || -> Result<Option<String>, redb::Error> {
            let table = self.0.begin_read()?.open_table(ANSWERS)?;
            Ok(table.get(key)?.map(|value| value.value().to_owned()))
        };
        read().map_err(|error| LedgerError(error.to_string()))
    }

    fn all(&self, beginning: &str) -> Result<Vec<(String, String)>, LedgerError> {
        let read = || -> Result<Vec<(String, String)>, redb::Error> {
            let table = self.0.begin_read()?.open_table(ANSWERS)?;
            let mut all = Vec::new();
            for entry in table.range(beginning..)? {
                let (key, text) = entry?;
                if !key.value().starts_with(beginning) {
                    break;
                }
                all.push((key.value().to_owned(), text.value().to_owned()));
            }
            Ok(all)
        };
        read().map_err(|error| LedgerError(error.to_string()))
    }

    fn put(&mut self, entries: &[(String, String)]) -> Result<(), LedgerError> {
        let write = || -> Result<(), redb::Error> {
            let write = self.0.begin_write()?;
            {
                let mut table = write.open_table(ANSWERS)?;
                for (key, value) in entries {
                    table.insert(key.as_str(), value.as_str())?;
                }
            }
            write.commit()?;
            Ok(())
        };
        write().map_err(|error| LedgerError(error.to_string()))
    }
}
