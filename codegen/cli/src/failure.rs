//! Why a command could not do its work: exit code 2.

use std::io;
use std::path::{Path, PathBuf};

use super::output::plain;
use payspec_codegen::generate::GenerateError;
use payspec_model::source::GitError;
use payspec_review::ApprovalsError;
use payspec_review::changelog::ChangelogError;
use payspec_runtime::closest;

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
    /// The generated sources cannot be brought up to date.
    #[error("error: {0}")]
    Generate(#[from] GenerateError),
    /// An entry cannot be put into a changelog.
    #[error("error: {}: {error}", path.display())]
    Changelog {
        /// The file, as the user named it.
        path: PathBuf,
        /// What is wrong with it.
        error: ChangelogError,
    },
    /// The file of approvals cannot be followed.
    #[error("error: {0}")]
    Approvals(ApprovalsError),
    /// The file of approvals is none. Holds what there is to say of it, with its places.
    #[error("{0}")]
    NoApprovals(String),
    /// A spec cannot be read from a revision.
    #[error("error: {0}")]
    Git(GitError),
    /// The gateway cannot start.
    #[error("error: {0}")]
    Mock(#[from] payspec_mock::MockError),
    /// A page cannot be read.
    #[error("error: {file}: {error}")]
    Page {
        /// The file, as reports name it.
        file: String,
        /// What went wrong.
        error: payspec_page::ReadError,
    },
    /// There is no spec.
    #[error("{0}")]
    NoSpec(String),
    /// The spec has errors. Holds what `payspec check` prints.
    #[error("{0}")]
    Spec(String),
    /// The command line asks for something that does not exist.
    #[error("error: {0}")]
    Usage(String),
}

impl Failure {
    /// The errors of a spec are findings; all else is a matter of usage or I/O.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Failure::Spec(_) => 1,
            Failure::Mock(_) => 2,
            Failure::Io(_)
            | Failure::File { .. }
            | Failure::Generate(_)
            | Failure::Changelog { .. }
            | Failure::Approvals(_)
            | Failure::NoApprovals(_)
            | Failure::Git(_)
            | Failure::Page { .. }
            | Failure::NoSpec(_)
            | Failure::Usage(_) => 2,
        }
    }

    /// Says that a spec with errors is the one of a revision.
    pub(super) fn at_revision(self, revision: &str) -> Failure {
        match self {
            Failure::Spec(text) => {
                let revision = plain(revision);
                Failure::Spec(format!("{text}\nhelp: this is the spec at `{revision}`"))
            }
            other => other,
        }
    }

    /// Names the file that an error is about.
    pub(super) fn of(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Failure {
        let path = path.into();
        move |error| Failure::File { path, error }
    }
}

impl From<ApprovalsError> for Failure {
    fn from(error: ApprovalsError) -> Self {
        match error {
            ApprovalsError::Malformed(text) => Failure::NoApprovals(text),
            error @ ApprovalsError::Entry { .. } => Failure::Approvals(error),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::Io(error.into())
    }
}

/// The option that names a spec folder, for a command that a hint shows; empty for the default.
pub(super) fn spec_option(spec: &Path) -> String {
    if spec == Path::new("spec") {
        String::new()
    } else {
        format!(" --spec {}", shell_word(spec))
    }
}

/// A path as one word of a command that a hint shows.
pub(super) fn shell_word(path: &Path) -> String {
    let path = path.display().to_string();
    let bare = |c: char| c.is_alphanumeric() || "/._-+=:,@%".contains(c);
    if !path.is_empty() && path.chars().all(bare) {
        path
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

/// A word that names nothing, with the one that was meant or else those that there are.
pub(super) fn unknown<'a>(
    kind: &str,
    word: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Failure {
    let hint = match closest(word, known.clone()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are: {}", known.collect::<Vec<_>>().join(", ")),
    };
    Failure::Usage(format!("unknown {kind} `{}`\nhelp: {hint}", plain(word)))
}
