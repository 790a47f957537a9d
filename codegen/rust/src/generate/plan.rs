use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::GenerateError;
use crate::emit::{GeneratedFile, Mark, is_generated};

/// The needed changes of an output folder. Paths are below the folder, with `/` between the parts; `../` leads to the
/// crate that has the folder as its source: to its manifest, and to documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The output folder.
    pub out: PathBuf,
    /// Files to write, in the order of emission.
    pub writes: Vec<Write>,
    /// Files to remove, sorted by path.
    pub stale: Vec<Stale>,
    /// Number of files that are up to date.
    pub unchanged: usize,
}

/// A file that is missing or differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// The path.
    pub path: String,
    /// The present content; [`None`] if the file is missing.
    pub old: Option<String>,
    /// The new content.
    pub new: String,
}

/// A file that payspec wrote earlier and that is no longer part of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The path.
    pub path: String,
    /// The present content.
    pub old: String,
}

impl Plan {
    /// Returns whether there are no changes.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.stale.is_empty()
    }

    /// Returns the path of a file of the plan.
    pub fn place(&self, path: &str) -> PathBuf {
        match path.strip_prefix("../") {
            Some(beside) => self.out.with_file_name(beside),
            None => self.out.join(path),
        }
    }

    /// Adds a file with the content `old` that must have the content `new`.
    pub(super) fn add(&mut self, path: &str, old: String, new: String) {
        if old == new {
            self.unchanged += 1;
        } else {
            self.writes.push(Write {
                path: path.to_owned(),
                old: Some(old),
                new,
            });
        }
    }
}

/// The path of the crate's manifest.
pub(super) const MANIFEST: &str = "../Cargo.toml";

/// Compares files with the output folder, whose other files with this mark are stale. Writes nothing.
pub(super) fn plan(
    files: Vec<GeneratedFile>,
    mark: &Mark,
    out: &Path,
) -> Result<Plan, GenerateError> {
    let wanted: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let mut writes = Vec::new();
    let mut unchanged = 0;
    for file in files {
        match current(out, &file.path)? {
            Some(old) if old == file.contents => unchanged += 1,
            old => writes.push(Write {
                path: file.path,
                old,
                new: file.contents,
            }),
        }
    }
    let mut stale = Vec::new();
    find_stale(out, "", mark, &wanted, &mut stale)?;
    Ok(Plan {
        out: out.to_owned(),
        writes,
        stale,
        unchanged,
    })
}

/// Returns the present content of an output file; an error if payspec did not write it.
fn current(out: &Path, path: &str) -> Result<Option<String>, GenerateError> {
    let mut place = out.to_owned();
    for part in path.split('/') {
        place.push(part);
        match fs::symlink_metadata(&place) {
            Ok(metadata) if metadata.is_symlink() => {
                return Err(GenerateError::Link { path: place });
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(GenerateError::io("look at", &place)(error)),
        }
    }
    let bytes = fs::read(&place).map_err(GenerateError::io("read", &place))?;
    if !is_generated(&bytes) {
        return Err(GenerateError::NotOwned { path: place });
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Collects the files below a folder that have the mark and are not wanted, of whatever kind. Links
/// are skipped.
fn find_stale(
    out: &Path,
    below: &str,
    mark: &Mark,
    wanted: &BTreeSet<String>,
    stale: &mut Vec<Stale>,
) -> Result<(), GenerateError> {
    let folder = out.join(below);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(GenerateError::io("list", &folder)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(GenerateError::io("list", &folder))?;
        let kind = entry
            .file_type()
            .map_err(GenerateError::io("look at", &entry.path()))?;
        // A name that is not UTF-8 is not one of ours.
        if let Ok(name) = entry.file_name().into_string() {
            names.push((name, kind));
        }
    }
    names.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (name, kind) in names {
        let path = if below.is_empty() {
            name
        } else {
            format!("{below}/{name}")
        };
        if kind.is_dir() {
            find_stale(out, &path, mark, wanted, stale)?;
        } else if kind.is_file() && !wanted.contains(&path) {
            let place = out.join(&path);
            if has_mark(&place, mark).map_err(GenerateError::io("read", &place))? {
                let bytes = fs::read(&place).map_err(GenerateError::io("read", &place))?;
                stale.push(Stale {
                    path,
                    old: String::from_utf8_lossy(&bytes).into_owned(),
                });
            }
        }
    }
    Ok(())
}

/// Returns whether a file has the mark, reading no more of the file than necessary. A file that may not
/// be read is not one of ours.
fn has_mark(path: &Path, mark: &Mark) -> io::Result<bool> {
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(false),
        Err(error) => return Err(error),
    };
    let length = u64::try_from(mark.reach()).unwrap_or(u64::MAX);
    let mut start = Vec::with_capacity(mark.reach());
    file.take(length).read_to_end(&mut start)?;
    Ok(mark.is_on(&start))
}
