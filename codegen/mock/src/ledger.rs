//! The ledger keeps the state of the mock gateway.

use std::collections::BTreeMap;
use std::ops::Bound;

/// A store for the state of a gateway: texts by key.
pub trait Ledger: Send {
    /// Returns the text of a key.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, LedgerError>;

    /// Returns the entries whose keys begin with this text.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    fn all(&self, beginning: &str) -> Result<Vec<(String, String)>, LedgerError>;

    /// Writes all of these entries, or none. They are kept once this returns.
    ///
    /// # Errors
    ///
    /// When they cannot be written.
    fn put(&mut self, entries: &[(String, String)]) -> Result<(), LedgerError>;

    /// Forgets these keys. The default implementation forgets nothing, so that the ledger grows without end.
    ///
    /// # Errors
    ///
    /// When they cannot be forgotten now.
    fn forget(&mut self, keys: &[String]) -> Result<(), LedgerError> {
        let _ = keys;
        Ok(())
    }
}

/// The state cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("state: {0}")]
pub struct LedgerError(pub String);

/// A ledger in memory, which is lost when the process ends.
#[derive(Debug, Default)]
pub struct Memory(BTreeMap<String, String>);

impl Ledger for Memory {
    fn get(&self, key: &str) -> Result<Option<String>, LedgerError> {
        Ok(self.0.get(key).cloned())
    }

    fn all(&self, beginning: &str) -> Result<Vec<(String, String)>, LedgerError> {
        let from = self
            .0
            .range::<str, _>((Bound::Included(beginning), Bound::Unbounded));
        let fitting = from.take_while(|(key, _)| key.starts_with(beginning));
        Ok(fitting
            .map(|(key, text)| (key.clone(), text.clone()))
            .collect())
    }

    fn put(&mut self, entries: &[(String, String)]) -> Result<(), LedgerError> {
        self.0.extend(entries.iter().cloned());
        Ok(())
    }

    fn forget(&mut self, keys: &[String]) -> Result<(), LedgerError> {
        for key in keys {
            self.0.remove(key);
        }
        Ok(())
    }
}
