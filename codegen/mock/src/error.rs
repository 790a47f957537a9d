use payspec_runtime::client::KeyError;

use super::ledger::LedgerError;
use payspec_model::signing::SigningError;

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
    #[error("the script {why}")]
    Script {
        /// Where.
        part: ScriptPart,
        /// What is wrong.
        why: String,
    },
    /// The state cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// No TLS is to be had.
    #[error("TLS: {0}")]
    Tls(String),
    /// A notification cannot be made, or was not taken.
    #[error("{0}")]
    Notification(String),
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

/// A part of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScriptPart {
    /// Where it is no script: line and column, from 1.
    Place(usize, usize),
    /// A step, from 0.
    Step(usize),
    /// What is said of an amount.
    Amount(String),
}

/// Nothing can be done with a thing by itself.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Silence {
    /// There is nothing with this name.
    #[error("no request that this gateway has answered was about this")]
    Unknown,
    /// It has ended.
    #[error("it has ended already: {0}")]
    Ended(String),
    /// It has not ended.
    #[error("it has not ended yet, so that there is nothing to report")]
    Open,
    /// The spec describes no such end, or nothing that reports it.
    #[error("no such end is described, or its report has no address")]
    Endless,
    /// The state cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}
