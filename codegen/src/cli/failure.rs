//! Why a command could not do its work: exit code 2.

use std::io;
use std::path::PathBuf;

/// A command that could not do its work.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Output failed.
    #[error("error: cannot write: {0}")]
    Io(#[from] io::Error),
    /// A file or folder could not be read or written.
    #[error("error: {}: {error}", path.display())]
    File {
        /// The file, as the user named it.
        path: PathBuf,
        /// What went wrong.
        error: io::Error,
    },
    /// The spec has errors.
    #[error("{0}error: the spec has errors\nhelp: `payspec check` lists them")]
    Spec(String),
    /// The command line asks for something that does not exist.
    #[error("error: {0}")]
    Usage(String),
}

impl Failure {
    /// Names the file that an error is about.
    pub(super) fn of(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Failure {
        let path = path.into();
        move |error| Failure::File { path, error }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::Io(error.into())
    }
}

/// `error: no operation ...`, with the one that was meant and where to look.
pub(super) fn unknown(kind: &str, word: &str, meant: Option<&str>, known: &[&str]) -> String {
    let shown = super::output::plain(word);
    let mut text = format!("there is no {kind} `{shown}`");
    if let Some(meant) = meant {
        text += &format!("; did you mean `{meant}`?");
    } else if !known.is_empty() {
        text += &format!("; there are: {}", known.join(", "));
    }
    text
}
