//! The errors that stop a command.

use std::io;
use std::path::{Path, PathBuf};

use super::output::plain;
use payspec_codegen::generate::GenerateError;
use payspec_model::source::{GitError, io_reason};
use payspec_page::ProfileError;
use payspec_review::ApprovalsError;
use payspec_review::changelog::ChangelogError;
use payspec_runtime::closest;

/// An error that stops a command.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Output failed.
    #[error("error: cannot write: {0}")]
    Io(#[from] io::Error),
    /// A file or folder could not be read or written.
    #[error("error: {}: {}", path.display(), io_reason(error))]
    File {
        /// The file, as the user named it.
        path: PathBuf,
        /// The error of the system.
        error: io::Error,
    },
    /// The generated sources cannot be brought up to date.
    #[error("error: {0}")]
    Generate(#[from] GenerateError),
    /// The reference site cannot be written.
    #[error("error: {0}")]
    Site(#[from] payspec_reference::WriteError),
    /// An entry cannot be put into a changelog.
    #[error("error: {}: {error}", path.display())]
    Changelog {
        /// The file, as the user named it.
        path: PathBuf,
        /// The reason.
        error: ChangelogError,
    },
    /// The file of approvals cannot be followed.
    #[error("error: {0}")]
    Approvals(ApprovalsError),
    /// The file of approvals is invalid. Holds the diagnostics with their places.
    #[error("{0}")]
    NoApprovals(String),
    /// A spec cannot be read from a revision.
    #[error("error: {0}")]
    Git(GitError),
    /// The mock gateway cannot start.
    #[error("error: {0}")]
    Mock(#[from] payspec_mock::MockError),
    /// A page cannot be read.
    #[error("error: {file}: {error}")]
    Page {
        /// The file, as reports name it.
        file: String,
        /// The reason.
        error: payspec_page::ReadError,
    },
    /// The named profile does not exist.
    #[error("error: {0}")]
    NoProfile(ProfileError),
    /// The profile is invalid. Holds the diagnostics with their places.
    #[error("{0}")]
    Profile(ProfileError),
    /// The folder holds no spec.
    #[error("{0}")]
    NoSpec(String),
    /// The spec has errors. Holds what `payspec check` prints.
    #[error("{0}")]
    Spec(String),
    /// The command line names something that does not exist.
    #[error("error: {0}")]
    Usage(String),
}

impl Failure {
    /// Returns 1 for a spec with errors, which are findings, and 2 for everything else.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Failure::Spec(_) => 1,
            Failure::Mock(_) => 2,
            Failure::Io(_)
            | Failure::File { .. }
            | Failure::Generate(_)
            | Failure::Site(_)
            | Failure::Changelog { .. }
            | Failure::Approvals(_)
            | Failure::NoApprovals(_)
            | Failure::Git(_)
            | Failure::Page { .. }
            | Failure::NoProfile(_)
            | Failure::Profile(_)
            | Failure::NoSpec(_)
            | Failure::Usage(_) => 2,
        }
    }

    /// Adds a hint that the spec with errors is the one of a revision.
    pub(super) fn at_revision(self, revision: &str) -> Failure {
        match self {
            Failure::Spec(text) => {
                let revision = plain(revision);
                Failure::Spec(format!("{text}\nhelp: this is the spec at `{revision}`"))
            }
            other => other,
        }
    }

    /// Attaches a path to an I/O error.
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

impl From<ProfileError> for Failure {
    fn from(error: ProfileError) -> Self {
        match &error {
            ProfileError::Unknown { .. } => Failure::NoProfile(error),
            ProfileError::Invalid(_) => Failure::Profile(error),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::Io(error.into())
    }
}

/// Returns the option that names a spec folder, for a command in a hint; empty for the default folder.
pub(super) fn spec_option(spec: &Path) -> String {
    if spec == Path::new("spec") {
        String::new()
    } else {
        format!(" --spec {}", shell_word(spec))
    }
}

/// Quotes a path as one word of a command in a hint.
pub(super) fn shell_word(path: &Path) -> String {
    let path = path.display().to_string();
    let bare = |c: char| c.is_alphanumeric() || "/._-+=:,@%".contains(c);
    if !path.is_empty() && path.chars().all(bare) {
        path
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

/// Reports an unknown word, with the closest known word, or else all known words.
pub(super) fn unknown<'a>(
    kind: &str,
    word: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Failure {
    let all: Vec<&str> = known.clone().collect();
    let hint = match closest(word, known) {
        Some(meant) => format!("\nhelp: did you mean `{meant}`?"),
        None if all.is_empty() => String::new(),
        None => format!("\nhelp: expected one of: {}", all.join(", ")),
    };
    Failure::Usage(format!("unknown {kind} `{}`{hint}", plain(word)))
}
