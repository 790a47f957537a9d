//! A folder that appears complete or not at all.

use std::cell::RefCell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use crate::failure::Failure;

/// Files on their way into a new folder. They are written beside their place, and removed again unless
/// [`finish`](Stage::finish) puts them there.
pub(super) struct Stage {
    target: PathBuf,
    folder: PathBuf,
    /// True if the target is an empty folder that exists already.
    exists: bool,
    written: RefCell<Vec<String>>,
}

impl Stage {
    /// Begins a folder.
    ///
    /// # Errors
    ///
    /// When the folder has files, because they may be somebody's work.
    pub(super) fn begin(target: &Path) -> Result<Self, Failure> {
        let exists = match fs::read_dir(target) {
            Ok(mut entries) => match entries.next() {
                None => true,
                Some(_) => {
                    let message = format!("{} is not empty", target.display());
                    return Err(Failure::Usage(message));
                }
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(Failure::of(target)(error)),
        };
        let name = format!(".payspec-init-{}", process::id());
        let folder = match (exists, target.parent()) {
            (false, Some(parent)) => {
                fs::create_dir_all(parent).map_err(Failure::of(parent))?;
                parent.join(name)
            }
            (true, _) | (false, None) => target.join(name),
        };
        fs::create_dir(&folder).map_err(Failure::of(target))?;
        Ok(Stage {
            target: target.to_owned(),
            folder,
            exists,
            written: RefCell::default(),
        })
    }

    /// Returns where a file is until it is in its place.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Writes a file.
    pub(super) fn write(&self, path: &str, text: &str) -> Result<(), Failure> {
        let place = self.path(path);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).map_err(Failure::of(folder))?;
        }
        fs::write(&place, text).map_err(Failure::of(&place))?;
        self.note(path);
        Ok(())
    }

    /// Adds a path to the list of what was written.
    pub(super) fn note(&self, path: &str) {
        self.written.borrow_mut().push(path.to_owned());
    }

    /// Puts all files into their place; returns their paths.
    pub(super) fn finish(self) -> Result<Vec<PathBuf>, Failure> {
        let of_target = || Failure::of(&self.target);
        if self.exists {
            let entries = fs::read_dir(&self.folder).map_err(of_target())?;
            for entry in entries {
                let entry = entry.map_err(of_target())?;
                let place = self.target.join(entry.file_name());
                fs::rename(entry.path(), &place).map_err(Failure::of(&place))?;
            }
        } else {
            fs::rename(&self.folder, &self.target).map_err(of_target())?;
        }
        let written = self.written.borrow();
        Ok(written.iter().map(|path| self.target.join(path)).collect())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Nothing is left of it after `finish`.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
