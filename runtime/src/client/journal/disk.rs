//! The file operations of a journal.

use super::JournalError;
use fs4::{FileExt, TryLockError};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// The file of a journal, and the file beside it that is written to replace it.
pub(super) trait Disk: Send {
    /// Writes at the end. After an error, a part of it may be in the file.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Brings everything that was written to the disk.
    fn sync(&mut self) -> io::Result<()>;

    /// Cuts the file to a length in bytes.
    fn truncate(&mut self, length: u64) -> io::Result<()>;

    /// Writes a second file beside it, and brings that to the disk.
    fn write_beside(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Gives the file a second name, so that it is kept when another file replaces it.
    fn keep(&mut self) -> io::Result<()>;

    /// Replaces the file with the one beside it.
    fn replace(&mut self) -> io::Result<()>;

    /// Brings the names of the files to the disk.
    fn sync_folder(&mut self) -> io::Result<()>;
}

/// The files of the operating system.
pub(super) struct Files {
    path: PathBuf,
    file: File,
    beside: Option<File>,
    lock: File,
}

impl Files {
    /// Opens and locks a journal for this process, and reads it.
    pub(super) fn open(path: &Path) -> Result<(Self, PathBuf, Vec<u8>), JournalError> {
        let failed = |error: io::Error| JournalError::unreadable(path, &error);
        let path = &resolved(path).map_err(failed)?;
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        for_owner_alone(&mut options);
        let lock = options.open(beside(path, "lock")).map_err(failed)?;
        FileExt::try_lock(&lock).map_err(|error| match error {
            TryLockError::WouldBlock => JournalError::Locked { path: path.clone() },
            TryLockError::Error(error) => failed(error),
        })?;
        let mut file = options.open(path).map_err(failed)?;
        close_to_others(path).map_err(failed)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        let files = Self {
            path: path.clone(),
            file,
            beside: None,
            lock,
        };
        Ok((files, path.clone(), bytes))
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        // Closing it is not enough: a process that is being started holds a copy for a moment.
        drop(FileExt::unlock(&self.lock));
    }
}

impl Disk for Files {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.file.set_len(length)
    }

    fn write_beside(&mut self, bytes: &[u8]) -> io::Result<()> {
        let path = beside(&self.path, "new");
        // A stopped program may have left one that other users can read.
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Err(_) | Ok(()) => {}
        }
        let mut options = OpenOptions::new();
        options.read(true).append(true).create_new(true);
        for_owner_alone(&mut options);
        let mut file = options.open(&path)?;
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        if written.is_err() {
            // It would take up the space that is missing.
            drop(fs::remove_file(path));
        }
        self.beside = Some(file);
        written
    }

    fn keep(&mut self) -> io::Result<()> {
        for number in 1u32.. {
            let name = beside(&self.path, &format!("damaged-{number}"));
            match fs::hard_link(&self.path, &name) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Ok(()) => return Ok(()),
                // Some file systems do not support hard links.
                Err(_) => return fs::copy(&self.path, &name).map(|_| ()),
            }
        }
        Ok(())
    }

    fn replace(&mut self) -> io::Result<()> {
        fs::rename(beside(&self.path, "new"), &self.path)?;
        if let Some(file) = self.beside.take() {
            self.file = file;
        }
        Ok(())
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        sync_folder(folder(&self.path))
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

/// Returns one path for a file, whichever way it was named.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        resolved => return resolved,
    }
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    Ok(fs::canonicalize(folder(path))?.join(name))
}

/// Returns the path with `.` and this ending appended.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Other systems cannot open folders.
#[cfg(not(unix))]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::metadata(folder).map(|_| ())
}

#[cfg(unix)]
fn for_owner_alone(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn for_owner_alone(_: &mut OpenOptions) {}

/// Takes away the rights of other users to an existing file.
#[cfg(unix)]
fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn close_to_others(path: &Path) -> io::Result<()> {
    fs::metadata(path).map(|_| ())
}
