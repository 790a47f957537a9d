use payspec_runtime::client::KeyError;

use super::ledger::LedgerError;
use crate::signing::SigningError;

/// A gateway cannot do its work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MockError {
    /// The spec does not say how to sign.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// A key cannot be used.
    #[error("{what}: {error}")]
    Key {
        /// Whose key, or which file.
        what: String,
        /// What is wrong with it.
        error: KeyError,
    },
    /// No key could be made.
    #[error("no key could be made")]
    MakeKey,
    /// A script asks for something that there is not.
    #[error("the script {0}")]
    Script(String),
    /// The state cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The spec describes no operation that a merchant calls.
    #[error("the spec describes no operation that a merchant calls")]
    Nothing,
    /// The address is one that other machines reach.
    #[error("{0} can be reached by other machines: allow that with `--allow-remote`")]
    Remote(std::net::SocketAddr),
    /// The socket failed.
    #[error("{what}: {error}")]
    Io {
        /// What was done.
        what: String,
        /// What came of it.
        error: std::io::Error,
    },
}
