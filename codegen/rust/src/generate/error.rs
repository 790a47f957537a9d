use std::io;
use std::path::{Path, PathBuf};

use crate::emit::MARK;
use crate::emit::rust::EmitError;
use payspec_model::source::io_reason;

/// The reason why the output folder cannot be updated.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// The model cannot be generated as Rust.
    #[error(transparent)]
    Emit(#[from] EmitError),
    /// A file is in the way that payspec did not write.
    #[error(
        "{} was not written by payspec (it does not begin with a comment `{MARK}`); \
         move it away or choose another folder",
        path.display()
    )]
    NotOwned {
        /// The file.
        path: PathBuf,
    },
    /// A symbolic link is in the place of a file or folder of the output.
    #[error("{} is a symbolic link; the output is written to real files only", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// The `Cargo.toml` beside the output folder is invalid, or has unusable settings.
    #[error("{}: {reason}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// The reason.
        reason: String,
    },
    /// A file system call failed.
    #[error("cannot {action} {}: {}", path.display(), io_reason(source))]
    Io {
        /// The action.
        action: &'static str,
        /// The path of the action.
        path: PathBuf,
        /// The cause.
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
