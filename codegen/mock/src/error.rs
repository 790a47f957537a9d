use payspec_runtime::client::{BadCredential, KeyError};

use super::ledger::LedgerError;
use payspec_model::signing::SigningError;
use payspec_model::source::io_reason;

/// An error of the mock gateway.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MockError {
    /// The spec does not say how to sign.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// A key cannot be used.
    #[error("{what}: {error}")]
    Key {
        /// The key, or its file.
        what: String,
        /// The error of the key.
        error: KeyError,
    },
    /// A credential cannot be demanded.
    #[error(transparent)]
    Credential(#[from] BadCredential),
    /// No key could be made.
    #[error("cannot generate a key pair")]
    MakeKey,
    /// A script does not fit the spec, or cannot be read.
    #[error("invalid script: {why}")]
    Script {
        /// The part with the error.
        part: ScriptPart,
        /// The reason.
        why: String,
    },
    /// The state cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// TLS cannot be set up.
    #[error("TLS: {0}")]
    Tls(String),
    /// A notification cannot be made, or was not taken.
    #[error("{0}")]
    Notification(String),
    /// Notifications cannot be sent to the configured address, which may hold a secret.
    #[error("invalid `--notify-url`: {0}")]
    NotifyUrl(&'static str),
    /// The spec describes no operation that a merchant calls.
    #[error("the spec describes no operation that a merchant calls")]
    Nothing,
    /// Other machines can reach the address, and this was not allowed.
    #[error("{0} can be reached by other machines: allow that with `--allow-remote`")]
    Remote(std::net::SocketAddr),
    /// The socket failed.
    #[error("{what}: {}", io_reason(error))]
    Io {
        /// The file or the socket.
        what: String,
        /// The error of the system.
        error: std::io::Error,
    },
}

/// A part of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScriptPart {
    /// A place in a text that is not a script: line and column, from 1.
    Place(usize, usize),
    /// A step, by its index from 0.
    Step(usize),
    /// An amount in `amounts`.
    Amount(String),
}

/// The reason why a resource cannot be ended or reported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettleError {
    /// No resource has this name.
    #[error("unknown id: no earlier request to this gateway used it")]
    UnknownId,
    /// The resource has ended already.
    #[error("already ended: {0}")]
    AlreadyEnded(String),
    /// The resource is still open.
    #[error("still open: it has no end to report yet")]
    StillOpen,
    /// The spec describes no such end, or the end cannot be reported.
    #[error("the spec describes no such end, or its notification has no address")]
    NoEnd,
    /// The state cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}
