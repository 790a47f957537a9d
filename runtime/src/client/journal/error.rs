//! Errors of journals.

use core::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A journal could not be opened, read or written. Its texts contain nothing of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum JournalError {
    /// The file is open in another process, or in another part of this one.
    Locked {
        /// The journal.
        path: PathBuf,
    },
    /// The file is not a journal. It was left unchanged.
    NotAJournal {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a newer version of this crate. It was left unchanged.
    Version {
        /// The journal.
        path: PathBuf,
        /// The format version.
        found: String,
    },
    /// The file could not be opened or read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The reason.
        why: String,
    },
    /// A line could not be written and synced to the disk.
    Unwritten {
        /// The reason.
        why: String,
        /// True if the line may be in the file nevertheless, because taking it back failed too. The
        /// next run may then find it.
        remains: bool,
    },
    /// An earlier line could not be synced to the disk, so the journal accepts no more lines: open it
    /// again.
    Broken {
        /// The reason of the first failure.
        why: String,
    },
    /// A request or a payment with this id is unfinished: take it from the unfinished ones and go on
    /// with it.
    Unfinished {
        /// The name of the unfinished operation or flow.
        operation: String,
        /// The id.
        id: String,
    },
    /// A request with this id and another body is unfinished.
    OtherBody {
        /// The name of the operation.
        operation: String,
        /// The id.
        id: String,
    },
    /// No payment with this id is open: it was closed, or begun with another journal.
    NotOpen {
        /// The name of the flow.
        operation: String,
        /// The id.
        id: String,
    },
    /// A call with this id is under way in this program.
    UnderWay {
        /// The name of the operation.
        operation: String,
        /// The id.
        id: String,
    },
}

impl JournalError {
    /// Makes an error for a journal that the program implements itself. Nothing was written.
    pub fn new(why: impl Into<String>) -> Self {
        Self::Unwritten {
            why: why.into(),
            remains: false,
        }
    }

    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::Unreadable {
            path: path.to_owned(),
            why: error.to_string(),
        }
    }

    /// Returns whether the next run may find the line that failed.
    pub fn remains(&self) -> bool {
        match self {
            Self::Unwritten { remains, .. } => *remains,
            Self::Locked { .. }
            | Self::NotAJournal { .. }
            | Self::Version { .. }
            | Self::Unreadable { .. }
            | Self::Broken { .. }
            | Self::Unfinished { .. }
            | Self::OtherBody { .. }
            | Self::NotOpen { .. }
            | Self::UnderWay { .. } => false,
        }
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Locked { path } => write!(
                f,
                "the journal {} is open already: stop the other process, or give this one a journal of its own",
                path.display()
            ),
            Self::NotAJournal { path } => write!(
                f,
                "{} is not a journal: expected a journal or no file",
                path.display()
            ),
            Self::Version { path, found } => write!(
                f,
                "the journal {} has format version {}: expected at most {}; update payspec-runtime",
                path.display(),
                found.escape_debug(),
                super::record::VERSION
            ),
            Self::Unreadable { path, why } => {
                write!(f, "the journal {} cannot be opened: {why}", path.display())
            }
            Self::Unwritten {
                why,
                remains: false,
            } => write!(f, "the journal could not be written: {why}"),
            Self::Unwritten { why, remains: true } => write!(
                f,
                "the journal could not be written, and the line may remain in it: {why}"
            ),
            Self::Broken { why } => write!(
                f,
                "the journal takes no more lines until it is opened again, since a line could not be written: {why}"
            ),
            Self::Unfinished { operation, id } => write!(
                f,
                "`{operation}` {} is unfinished: go on with it instead of beginning it anew",
                id.escape_debug()
            ),
            Self::OtherBody { operation, id } => write!(
                f,
                "`{operation}` {} is unfinished with another body: go on with that one, or use a new id",
                id.escape_debug()
            ),
            Self::NotOpen { operation, id } => write!(
                f,
                "`{operation}` {} is not open in the journal: it was closed, or begun with another journal",
                id.escape_debug()
            ),
            Self::UnderWay { operation, id } => write!(
                f,
                "`{operation}` {} is under way in this program: wait for its end",
                id.escape_debug()
            ),
        }
    }
}

impl core::error::Error for JournalError {}
