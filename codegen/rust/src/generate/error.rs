use std::io;
use std::path::{Path, PathBuf};

use crate::emit::rust::{EmitError, MARK};

/// Why the output folder cannot be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// The model cannot be written as Rust.
    #[error(transparent)]
    Emit(#[from] EmitError),
    /// A file is in the way that payspec did not write.
    #[error(
        "{} was not written by payspec (its first line does not begin with `{MARK}`); \
         move it away or choose another folder",
        path.display()
    )]
    NotOwned {
        /// The file.
        path: PathBuf,
    },
    /// A symbolic link stands where a file or folder of the output goes.
    #[error("{} is a symbolic link; the output is written to real files only", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// The `Cargo.toml` beside the output folder cannot be followed.
    #[error("{}: {reason}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file system call failed.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What went wrong.
        source: io::Error,
    },
}

impl GenerateError {
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| GenerateError::Io {
            action,
            path,
            source,
        }
    }
}
