//! The files of a spec at a git revision.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::files::{Files, Memory};

/// A spec folder at a revision of its git repository. It is read with the `git` command; work tree and
/// index are not touched.
#[derive(Debug, Clone)]
pub struct Git {
    root: String,
    files: Memory,
}

/// The reason why a spec cannot be read from a revision.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// The `git` command is missing or cannot be run.
    #[error("cannot run `git`: {0}")]
    NoGit(#[source] io::Error),
    /// `git` refused: no repository, or no such revision.
    #[error("git: {0}")]
    Refused(String),
    /// The revision has no such folder.
    #[error("`{folder}` has no files at `{revision}`")]
    NoFolder {
        /// The folder, as its user names it.
        folder: String,
        /// The revision.
        revision: String,
    },
}

impl Git {
    /// Reads a spec folder at a revision: a branch, a tag or a commit.
    ///
    /// # Errors
    ///
    /// When `git`, the repository, the revision or the folder does not exist.
    pub fn open(folder: &Path, revision: &str) -> Result<Self, GitError> {
        let shown = folder.to_string_lossy().replace('\\', "/");
        // The folder may no longer exist; run git in the part of its path that does.
        let standing = folder
            .ancestors()
            .find(|at| at.is_dir())
            .filter(|at| *at != Path::new(""));
        let standing = standing.unwrap_or(Path::new("."));
        let rest = folder.strip_prefix(standing).unwrap_or(Path::new(""));
        let rest = rest.to_string_lossy().replace('\\', "/");
        let commit = commit(standing, revision)?;
        let prefix = text(&ran(git(standing, &["rev-parse", "--show-prefix"])?)?.stdout);
        let below = match (prefix + &rest).trim_end_matches('/') {
            "" => String::new(),
            below => format!("{below}/"),
        };
        // `--full-tree` expects paths from the top; the folder's own part is cut off again.
        let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", &commit];
        if !below.is_empty() {
            arguments.extend(["--", &below]);
        }
        let listed = ran(git(standing, &arguments)?)?.stdout;
        let entries: Vec<(String, String)> = listed
            .split(|byte| *byte == 0)
            .filter_map(|entry| {
                let entry = std::str::from_utf8(entry).ok()?;
                let (about, path) = entry.split_once('\t')?;
                let mut about = about.split(' ').skip(1);
                let object = (about.next()? == "blob").then(|| about.next()).flatten()?;
                Some((path.strip_prefix(&below)?.to_owned(), object.to_owned()))
            })
            .collect();
        if entries.is_empty() {
            return Err(GitError::NoFolder {
                folder: shown,
                revision: revision.to_owned(),
            });
        }
        let files = contents(standing, &entries)?;
        Ok(Git {
            root: shown.trim_end_matches('/').to_owned(),
            files,
        })
    }
}

/// Returns the files of this name in a folder and in those above it, at a revision: the nearest first.
/// Files that are not UTF-8 are skipped.
///
/// # Errors
///
/// When `git`, the repository or the revision does not exist.
pub fn upwards(folder: &Path, revision: &str, name: &str) -> Result<Vec<String>, GitError> {
    let folder = match folder {
        folder if folder == Path::new("") => Path::new("."),
        folder => folder,
    };
    let commit = commit(folder, revision)?;
    let prefix = text(&ran(git(folder, &["rev-parse", "--show-prefix"])?)?.stdout);
    let mut below = prefix.trim_end_matches('/');
    let mut found = Vec::new();
    loop {
        let slash = if below.is_empty() { "" } else { "/" };
        let object = format!("{commit}:{below}{slash}{name}");
        let shown = git(folder, &["cat-file", "blob", &object])?;
        if shown.status.success() {
            found.extend(String::from_utf8(shown.stdout));
        }
        if below.is_empty() {
            return Ok(found);
        }
        below = below.rsplit_once('/').map_or("", |(above, _)| above);
    }
}

/// A commit, for display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The first ten digits of its hash.
    pub hash: String,
    /// The day on which it was committed, `2026-11-30`.
    pub date: String,
}

impl Commit {
    /// Returns the commit of a revision in the repository of a folder; [`None`] without such a commit,
    /// or without `git`.
    pub fn of(folder: &Path, revision: &str) -> Option<Self> {
        let commit = commit(folder, revision).ok()?;
        let arguments = [
            "-c",
            "log.showSignature=false",
            "show",
            "--no-patch",
            "--format=%H %cs",
        ];
        let shown = git(folder, &[&arguments[..], &[&commit]].concat()).ok()?;
        let shown = text(&ran(shown).ok()?.stdout);
        let (hash, date) = shown.split_once(' ')?;
        Some(Commit {
            hash: hash.get(..10)?.to_owned(),
            date: date.to_owned(),
        })
    }
}

/// Returns the name of the repository of a folder: the last part of the URL of `origin`, otherwise the
/// name of the repository's folder, even in a second work tree. [`None`] without a repository, or
/// without `git`.
pub fn repository(folder: &Path) -> Option<String> {
    let asked = |arguments: &[&str]| Some(text(&ran(git(folder, arguments).ok()?).ok()?.stdout));
    let path = asked(&["remote", "get-url", "origin"]).or_else(|| {
        let shared = asked(&["rev-parse", "--git-common-dir"])?;
        let shared = folder.join(shared).canonicalize().ok()?;
        Some(shared.to_string_lossy().into_owned())
    })?;
    let path = path.replace('\\', "/");
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/.git").unwrap_or(path);
    let name = path.rsplit(['/', ':']).next()?;
    let name = name.strip_suffix(".git").unwrap_or(name);
    (!name.is_empty()).then(|| name.to_owned())
}

/// Returns the default branch of the repository of a folder: the one of `origin`, otherwise `main` or `master`.
/// [`None`] without such a branch, or without `git`.
pub fn default_branch(folder: &Path) -> Option<String> {
    let head = [
        "symbolic-ref",
        "--quiet",
        "--short",
        "refs/remotes/origin/HEAD",
    ];
    let of_origin = || Some(text(&ran(git(folder, &head).ok()?).ok()?.stdout));
    let usual = ["origin/main", "origin/master", "main", "master"];
    let exists = |branch: &String| commit(folder, branch).is_ok();
    of_origin()
        .filter(exists)
        .or_else(|| usual.map(str::to_owned).into_iter().find(exists))
}

/// Returns the commit at which two revisions parted, in full.
///
/// # Errors
///
/// When `git`, the repository or a revision does not exist, or when the two have no common commit.
pub fn merge_base(folder: &Path, one: &str, other: &str) -> Result<String, GitError> {
    let (first, second) = (commit(folder, one)?, commit(folder, other)?);
    let found = git(folder, &["merge-base", &first, &second])?;
    match text(&found.stdout) {
        base if found.status.success() && !base.is_empty() => Ok(base),
        _ => Err(GitError::Refused(format!(
            "`{one}` and `{other}` have no common commit"
        ))),
    }
}

/// Returns whether a folder differs from its last commit.
pub fn is_modified(folder: &Path) -> bool {
    let arguments = ["status", "--porcelain", "--", "."];
    git(folder, &arguments).is_ok_and(|output| !output.stdout.is_empty())
}

/// Returns the commit of a revision.
fn commit(folder: &Path, revision: &str) -> Result<String, GitError> {
    let commit = format!("{revision}^{{commit}}");
    let found = git(
        folder,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ],
    )?;
    if found.status.success() {
        return Ok(text(&found.stdout));
    }
    Err(GitError::Refused(match refusal(&found) {
        said if said.is_empty() => format!("unknown revision `{revision}`"),
        said => said,
    }))
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Output, GitError> {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .stdin(Stdio::null());
    command.output().map_err(GitError::NoGit)
}

fn ran(output: Output) -> Result<Output, GitError> {
    if output.status.success() {
        Ok(output)
    } else {
        Err(GitError::Refused(refusal(&output)))
    }
}

fn refusal(output: &Output) -> String {
    let said = text(&output.stderr);
    said.strip_prefix("fatal: ").unwrap_or(&said).to_owned()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}

/// Reads the contents of objects, with one process for all.
fn contents(folder: &Path, entries: &[(String, String)]) -> Result<Memory, GitError> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(GitError::NoGit)?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let asked: String = entries
        .iter()
        .map(|(_, object)| format!("{object}\n"))
        .collect();
    // A thread writes the requests while the answers are read, so that neither pipe can fill up.
    let writer = std::thread::spawn(move || -> io::Result<()> {
        input.map_or(Ok(()), |mut input| input.write_all(asked.as_bytes()))
    });
    let read = || -> io::Result<Memory> {
        let mut memory = Memory::default();
        let Some(output) = output else {
            return Ok(memory);
        };
        let mut output = BufReader::new(output);
        for (path, _) in entries {
            let mut head = String::new();
            output.read_line(&mut head)?;
            let size = head
                .trim_end()
                .rsplit(' ')
                .next()
                .and_then(|size| size.parse().ok());
            let size: u64 = size.ok_or_else(|| io::Error::other("git gave no size"))?;
            let mut bytes = Vec::new();
            output.by_ref().take(size).read_to_end(&mut bytes)?;
            output.by_ref().take(1).read_to_end(&mut Vec::new())?;
            memory.files.insert(path.clone(), bytes);
        }
        Ok(memory)
    };
    let memory = read();
    let _ = child.wait();
    let written = writer.join().unwrap_or(Ok(()));
    written.and(memory).map_err(GitError::NoGit)
}

impl Files for Git {
    fn root(&self) -> String {
        self.root.clone()
    }

    fn folders(&self, path: &str) -> io::Result<Vec<String>> {
        self.files.folders(path)
    }

    fn files(&self, path: &str) -> io::Result<Vec<String>> {
        self.files.files(path)
    }

    fn read(&self, path: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
        self.files.read(path, limit)
    }
}
