//! The two specs that `payspec diff` compares, as its arguments name them.

use std::path::{Path, PathBuf};

use super::args;
use super::failure::Failure;
use super::output::{note, plain};
use super::sides::{Side, at_revision, in_folder};
use payspec_model::source::{Commit, GitError, default_branch, is_modified, merge_base};

/// The old and the new spec.
pub(super) struct Targets {
    pub(super) old: Target,
    pub(super) new: Target,
}

/// A spec to compare.
pub(super) enum Target {
    /// A folder.
    Folder(PathBuf),
    /// A folder at a git revision.
    Revision { folder: PathBuf, revision: String },
}

impl Targets {
    /// Reads the arguments. A folder wins over a revision of the same name; `--against` names the revision.
    pub(super) fn find(spec: &Path, args: &args::Diff) -> Result<Self, Failure> {
        let at = |revision: String| Target::Revision {
            folder: spec.to_owned(),
            revision,
        };
        let here = Target::Folder(spec.to_owned());
        let (old, new) = match (&args.against, &args.old, &args.new) {
            (Some(revision), None, None) => (at(revision.clone()), here),
            (None, Some(old), Some(new)) => (target(spec, old)?, target(spec, new)?),
            (None, Some(old), None) => match range(old) {
                Some(range) => {
                    let (old, new) = range.ends(spec)?;
                    (at(old), at(new))
                }
                None => (target(spec, old)?, here),
            },
            (None, None, None) => (at(branch_point(spec)?), here),
            (None, None, Some(_)) | (Some(_), Some(_), _) | (Some(_), _, Some(_)) => {
                let help = "name the old and the new spec, or a revision with `--against`";
                return Err(Failure::Usage(help.to_owned()));
            }
        };
        Ok(Targets { old, new })
    }

    /// Returns whether one of the two is a revision.
    pub(super) fn with_revision(&self) -> bool {
        let is_revision = |target: &Target| matches!(target, Target::Revision { .. });
        is_revision(&self.old) || is_revision(&self.new)
    }
}

impl Target {
    /// Reads the spec.
    pub(super) fn read(&self) -> Result<Side, Failure> {
        match self {
            Target::Folder(folder) => in_folder(folder),
            Target::Revision { folder, revision } => at_revision(folder, revision),
        }
    }

    /// Returns the name in reports.
    pub(super) fn name(&self) -> String {
        match self {
            Target::Folder(folder) => folder.display().to_string(),
            Target::Revision { revision, .. } => revision.clone(),
        }
    }

    /// Returns the folder, which may not exist if a revision has it.
    pub(super) fn folder(&self) -> &Path {
        match self {
            Target::Folder(folder) | Target::Revision { folder, .. } => folder,
        }
    }

    /// Returns the commit: that of the revision, or the one that the folder was checked out from.
    pub(super) fn commit(&self) -> Option<Commit> {
        match self {
            Target::Folder(folder) => Commit::of(folder, HEAD),
            Target::Revision { folder, revision } => Commit::of(folder, revision),
        }
    }

    /// Returns whether it is a folder that differs from its commit.
    pub(super) fn is_modified(&self) -> bool {
        match self {
            Target::Folder(folder) => is_modified(folder),
            Target::Revision { .. } => false,
        }
    }
}

const HEAD: &str = "HEAD";

/// Returns the spec that an argument names.
fn target(spec: &Path, word: &Path) -> Result<Target, Failure> {
    let revision = word.to_string_lossy().into_owned();
    if word.exists() {
        return Ok(Target::Folder(word.to_owned()));
    }
    if Commit::of(spec, &revision).is_some() {
        return Ok(Target::Revision {
            folder: spec.to_owned(),
            revision,
        });
    }
    Err(Failure::Usage(format!(
        "`{}` is neither a folder nor a git revision\n\
         help: compare two folders with `payspec diff OLD NEW`, and the spec with a branch, tag or commit with \
         `payspec diff REVISION`",
        plain(&revision)
    )))
}

/// Two revisions in one word, as git writes them. A missing one is `HEAD`.
struct Range<'a> {
    old: &'a str,
    new: &'a str,
    /// Written with three dots: the old spec is the one at which the two parted.
    from_base: bool,
}

fn range(word: &Path) -> Option<Range<'_>> {
    let text = word.to_str().filter(|_| !word.exists())?;
    let (old, new, from_base) = match text.split_once("...") {
        Some((old, new)) => (old, new, true),
        None => {
            let (old, new) = text.split_once("..")?;
            (old, new, false)
        }
    };
    // A path such as `../old` that does not exist is not a range.
    if new.starts_with('/') || old.ends_with('/') {
        return None;
    }
    Some(Range {
        old: or_head(old),
        new: or_head(new),
        from_base,
    })
}

fn or_head(end: &str) -> &str {
    if end.is_empty() { HEAD } else { end }
}

impl Range<'_> {
    fn ends(&self, spec: &Path) -> Result<(String, String), Failure> {
        let old = match self.from_base {
            true => short(&merge_base(spec, self.old, self.new).map_err(Failure::Git)?),
            false => self.old.to_owned(),
        };
        Ok((old, self.new.to_owned()))
    }
}

/// Returns the commit at which the current branch left the default branch.
fn branch_point(spec: &Path) -> Result<String, Failure> {
    let Some(branch) = default_branch(spec) else {
        if !spec.exists() {
            in_folder(spec)?;
        }
        return Err(Failure::Usage(
            "no default branch to compare with: the repository has no `origin/HEAD`, `main` or `master`\n\
             help: name a revision, as in `payspec diff HEAD~1`, or two spec folders, as in `payspec diff OLD NEW`"
                .to_owned(),
        ));
    };
    let base = merge_base(spec, &branch, HEAD).map_err(|error| match error {
        GitError::Refused(message) => Failure::Usage(format!(
            "git: {message}\nhelp: name a revision, as in `payspec diff {branch}`"
        )),
        error @ (GitError::NoGit(_) | GitError::NoFolder { .. }) => Failure::Git(error),
    })?;
    let base = short(&base);
    note(format_args!(
        "comparing with {base}, the merge base of `{branch}`"
    ));
    Ok(base)
}

/// Returns the first digits of a hash, for display.
fn short(hash: &str) -> String {
    hash.chars().take(10).collect()
}
