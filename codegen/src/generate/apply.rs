use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{GenerateError, Plan};

/// Carries out a plan. Each file is replaced in one step: a reader sees the old text or the new.
pub fn apply(plan: &Plan) -> Result<(), GenerateError> {
    for write in &plan.writes {
        replace(&plan.place(&write.path), &write.new)?;
    }
    for stale in &plan.stale {
        let path = plan.out.join(&stale.path);
        fs::remove_file(&path).map_err(GenerateError::io("remove", &path))?;
        remove_empty_folders(&plan.out, &path);
    }
    Ok(())
}

/// Writes a file in one step: whoever reads it sees the old text or the new.
pub(crate) fn replace(path: &Path, contents: &str) -> Result<(), GenerateError> {
    let file = staged(path, contents)?;
    persist(file, path)
}

/// Writes files that belong together: none is written when one of them cannot be.
pub(crate) fn replace_all(files: &[(PathBuf, String)]) -> Result<(), GenerateError> {
    let mut all = Vec::with_capacity(files.len());
    for (path, contents) in files {
        all.push((staged(path, contents)?, path));
    }
    all.into_iter()
        .try_for_each(|(file, path)| persist(file, path))
}

/// The contents of a file beside the place where they will stand.
fn staged(path: &Path, contents: &str) -> Result<NamedTempFile, GenerateError> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(GenerateError::io("create", folder))?;
    let mut file = new_file(path, folder).map_err(GenerateError::io("write", path))?;
    let written = file.write_all(contents.as_bytes());
    written.map_err(GenerateError::io("write", path))?;
    Ok(file)
}

fn persist(file: NamedTempFile, path: &Path) -> Result<(), GenerateError> {
    let persisted = file.persist(path).map_err(|error| error.error);
    persisted.map_err(GenerateError::io("write", path))?;
    Ok(())
}

/// A file beside the one that it will replace, with that one's permissions, or those of any new
/// file.
fn new_file(path: &Path, folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".payspec-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    if let Ok(metadata) = fs::metadata(path) {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    Ok(file)
}

/// Removes the folders that a removed file leaves empty. One that is not empty stays.
fn remove_empty_folders(out: &Path, removed: &Path) {
    let folders = removed
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != out);
    for folder in folders {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}
