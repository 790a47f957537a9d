use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::PathBuf;

/// A source of spec files. Paths are relative to the spec folder, with `/` between the parts.
pub trait Files {
    /// Returns the name of the folder as the user wrote it, for messages.
    fn root(&self) -> String;
    /// Returns the names of the folders directly below a folder (`""` for the spec folder), sorted.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    fn folders(&self, path: &str) -> io::Result<Vec<String>>;
    /// Returns the names of the files directly below a folder, sorted; empty if the folder does not
    /// exist. Invalid UTF-8 in a name is replaced by [`char::REPLACEMENT_CHARACTER`].
    ///
    /// # Errors
    /// When the folder cannot be listed.
    fn files(&self, path: &str) -> io::Result<Vec<String>>;
    /// Returns the content of a file, or [`None`] if it has more than `limit` bytes.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn read(&self, path: &str, limit: u64) -> io::Result<Option<Vec<u8>>>;
    /// Returns whether a file is inside a folder after links are followed.
    ///
    /// # Errors
    /// When the file does not exist.
    fn stays_in(&self, folder: &str, path: &str) -> io::Result<bool> {
        let _ = (folder, path);
        Ok(true)
    }
}

/// A folder of the file system.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// Makes the folder at this path.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Disk { root: root.into() }
    }

    fn list(&self, path: &str, folders: bool) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(self.root.join(path))? {
            let entry = entry?;
            // Follows symbolic links; a dangling one counts as a file that cannot be read.
            let is_folder = std::fs::metadata(entry.path()).is_ok_and(|meta| meta.is_dir());
            if is_folder == folders {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        names.sort();
        Ok(names)
    }
}

impl Files for Disk {
    fn root(&self) -> String {
        let root = self.root.to_string_lossy().replace('\\', "/");
        let trimmed = root.trim_end_matches('/');
        if trimmed.is_empty() {
            root
        } else {
            trimmed.to_owned()
        }
    }

    fn folders(&self, path: &str) -> io::Result<Vec<String>> {
        self.list(path, true)
    }

    fn files(&self, path: &str) -> io::Result<Vec<String>> {
        match self.list(path, false) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            other => other,
        }
    }

    fn read(&self, path: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let path = self.root.join(path);
        // Opening a pipe would wait for a writer, and a device never ends.
        if !std::fs::metadata(&path)?.is_file() {
            return Err(io::Error::other("not a regular file"));
        }
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path)?;
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok((bytes.len() as u64 <= limit).then_some(bytes))
    }

    fn stays_in(&self, folder: &str, path: &str) -> io::Result<bool> {
        let folder = self.root.join(folder).canonicalize()?;
        Ok(self.root.join(path).canonicalize()?.starts_with(folder))
    }
}

/// Files held in memory, by their path.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// Content by path.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    fn below<'a>(&'a self, path: &str) -> impl Iterator<Item = &'a str> {
        let prefix = if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        };
        // All paths with the prefix are adjacent, with the prefix itself before them.
        self.files
            .range(prefix.clone()..)
            .map_while(move |(name, _)| name.strip_prefix(prefix.as_str()))
    }
}

impl Files for Memory {
    fn root(&self) -> String {
        "spec".to_owned()
    }

    fn folders(&self, path: &str) -> io::Result<Vec<String>> {
        let names: BTreeSet<&str> = self
            .below(path)
            .filter_map(|rest| Some(rest.split_once('/')?.0))
            .collect();
        Ok(names.into_iter().map(str::to_owned).collect())
    }

    fn files(&self, path: &str) -> io::Result<Vec<String>> {
        let names = self.below(path).filter(|rest| !rest.contains('/'));
        Ok(names.map(str::to_owned).collect())
    }

    fn read(&self, path: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let bytes = self
            .files
            .get(path)
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        Ok((bytes.len() as u64 <= limit).then(|| bytes.clone()))
    }
}

/// One API of a spec: a folder of a spec folder, with the others left out.
#[derive(Debug, Clone)]
pub struct OneApi {
    disk: Disk,
    name: String,
}

impl OneApi {
    /// Takes one API, by the name of its folder, from a spec folder.
    pub fn new(root: impl Into<PathBuf>, name: impl Into<String>) -> Self {
        OneApi {
            disk: Disk::new(root),
            name: name.into(),
        }
    }
}

impl Files for OneApi {
    fn root(&self) -> String {
        self.disk.root()
    }

    fn folders(&self, path: &str) -> io::Result<Vec<String>> {
        let mut folders = self.disk.folders(path)?;
        if path.is_empty() {
            folders.retain(|name| *name == self.name);
        }
        Ok(folders)
    }

    fn files(&self, path: &str) -> io::Result<Vec<String>> {
        self.disk.files(path)
    }

    fn read(&self, path: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
        self.disk.read(path, limit)
    }

    fn stays_in(&self, folder: &str, path: &str) -> io::Result<bool> {
        self.disk.stays_in(folder, path)
    }
}
