//! What the gateway remembers.

use std::collections::HashMap;

/// Where a gateway keeps what it answered: texts by key.
pub trait Ledger: Send {
    /// The text of a key.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, LedgerError>;

    /// All keys that begin like this, with their texts.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    fn all(&self, beginning: &str) -> Result<Vec<(String, String)>, LedgerError>;

    /// Keeps all of these, or none. When it returns, they are kept.
    ///
    /// # Errors
    ///
    /// When they cannot be written.
    fn put(&mut self, entries: &[(String, String)]) -> Result<(), LedgerError>;
}

/// The state cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the state: {0}")]
pub struct LedgerError(pub String);

/// A ledger that is gone with the process.
#[derive(Debug, Default)]
pub struct Memory(HashMap<String, String>);

impl Ledger for Memory {
    fn get(&self, key: &str) -> Result<Option<String>, LedgerError> {
        Ok(self.0.get(key).cloned())
    }

    fn all(&self, beginning: &str) -> Result<Vec<(String, String)>, LedgerError> {
        let all = self.0.iter();
        let mut fitting: Vec<(String, String)> = all
            .filter(|(key, _)| key.starts_with(beginning))
            .map(|(key, text)| (key.clone(), text.clone()))
            .collect();
        fitting.sort();
        Ok(fitting)
    }

    fn put(&mut self, entries: &[(String, String)]) -> Result<(), LedgerError> {
        self.0.extend(entries.iter().cloned());
        Ok(())
    }
}
