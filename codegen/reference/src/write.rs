//! Writing a site into a folder.
//!
//! A list of files in the folder says which ones are ours. Files that a later run no longer writes are removed; a folder
//! that holds anything else is refused.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use payspec_codegen::generate::{GenerateError, replace, replace_all};
use payspec_model::source::io_reason;

use crate::File;

/// The file that lists the files of a site.
const LIST: &str = "payspec-site.txt";

/// The first line of the list.
const HEAD: &str = "Written by `payspec docs`, which replaces and removes the files listed here.";

/// The beginning of the names of files that are being written.
const UNFINISHED: &str = ".payspec-";

/// The reason why a site cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The folder is a file.
    #[error("{} is not a folder; name the folder of the site", path.display())]
    NotFolder {
        /// The file.
        path: PathBuf,
    },
    /// The folder holds something else.
    #[error(
        "{} was not written by `payspec docs`; choose an empty folder, or move the file away",
        path.display()
    )]
    NotOwned {
        /// A file that is not part of a site.
        path: PathBuf,
    },
    /// A file cannot be written.
    #[error(transparent)]
    Write(#[from] GenerateError),
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

/// Updates a folder to the files of a site, and returns how many files it removed. Each file is replaced in one step,
/// and none is replaced if one of them cannot be written.
///
/// # Errors
///
/// When the folder holds files of others, or cannot be written.
pub fn write(files: &[File], folder: &Path) -> Result<usize, WriteError> {
    let present = present(folder)?;
    let listed = listed(folder)?;
    let is_unfinished = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.starts_with(UNFINISHED)
    };
    if let Some(other) = present
        .iter()
        .find(|path| !listed.contains(*path) && *path != LIST && !is_unfinished(path))
    {
        return Err(WriteError::NotOwned {
            path: folder.join(other),
        });
    }
    let wanted: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let stale: Vec<&String> = present
        .iter()
        .filter(|path| !wanted.contains(*path) && *path != LIST)
        .collect();
    // The list comes first, with the stale files: whenever a run stops, the next one knows all files as ours.
    let all = stale.iter().copied().cloned().chain(wanted.iter().cloned());
    let list = list(all);
    let texts = files
        .iter()
        .map(|file| (folder.join(&file.path), file.text.as_str()));
    replace_all(std::iter::once((folder.join(LIST), list.as_str())).chain(texts))?;
    for path in &stale {
        remove(folder, path)?;
    }
    if !stale.is_empty() {
        replace(&folder.join(LIST), &self::list(wanted.into_iter()))?;
    }
    Ok(stale.len())
}

fn list(paths: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = std::iter::once(HEAD.to_owned()).chain(paths).collect();
    lines.join("\n") + "\n"
}

/// Returns the files that an earlier run listed.
fn listed(folder: &Path) -> Result<BTreeSet<String>, WriteError> {
    let path = folder.join(LIST);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(source) => return Err(failed("read", &path, source)),
    };
    let mut lines = text.lines();
    match lines.next() {
        Some(HEAD) => Ok(lines.map(str::to_owned).collect()),
        Some(_) | None => Err(WriteError::NotOwned { path }),
    }
}

/// Returns the files below a folder, by their paths with `/` between the parts.
fn present(folder: &Path) -> Result<BTreeSet<String>, WriteError> {
    match fs::metadata(folder) {
        Ok(found) if !found.is_dir() => {
            return Err(WriteError::NotFolder {
                path: folder.to_owned(),
            });
        }
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(source) => return Err(failed("look at", folder, source)),
    }
    let mut files = BTreeSet::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((place, below)) = open.pop() {
        let entries = fs::read_dir(&place).map_err(|error| failed("list", &place, error))?;
        for entry in entries {
            let entry = entry.map_err(|error| failed("list", &place, error))?;
            let kind = entry.file_type();
            let kind = kind.map_err(|error| failed("look at", &entry.path(), error))?;
            // A name that is not UTF-8 is not one of ours, and is not in the list.
            let name = entry.file_name().to_string_lossy().into_owned();
            // A site has no links, and writing through one would change another folder.
            if kind.is_symlink() {
                return Err(WriteError::NotOwned { path: entry.path() });
            }
            if kind.is_dir() {
                open.push((entry.path(), format!("{below}{name}/")));
            } else {
                files.insert(format!("{below}{name}"));
            }
        }
    }
    Ok(files)
}

/// Removes a file, and the folders that it leaves empty.
fn remove(folder: &Path, path: &str) -> Result<(), WriteError> {
    let path = folder.join(path);
    fs::remove_file(&path).map_err(|error| failed("remove", &path, error))?;
    let folders = path.ancestors().skip(1);
    for empty in folders.take_while(|above| *above != folder) {
        if fs::remove_dir(empty).is_err() {
            break;
        }
    }
    Ok(())
}

fn failed(action: &'static str, path: &Path, source: io::Error) -> WriteError {
    WriteError::Io {
        action,
        path: path.to_owned(),
        source,
    }
}
