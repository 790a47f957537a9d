use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::{GenerateError, Plan};

/// Applies a plan. Each file is replaced in one step: a reader sees either the old text or the new. No
/// file is replaced if one of the new texts cannot be written.
pub fn apply(plan: &Plan) -> Result<(), GenerateError> {
    let writes = plan.writes.iter();
    replace_all(writes.map(|write| (plan.place(&write.path), write.new.as_str())))?;
    for stale in &plan.stale {
        let path = plan.place(&stale.path);
        fs::remove_file(&path).map_err(GenerateError::io("remove", &path))?;
        remove_empty_folders(&plan.out, &path);
    }
    Ok(())
}

/// Writes a file in one step: a reader sees either the old text or the new.
pub fn replace(path: &Path, contents: &str) -> Result<(), GenerateError> {
    persist(staged(path, contents)?, path)
}

/// Writes files that belong together: none is written if one of them cannot be.
pub fn replace_all<'a>(
    files: impl IntoIterator<Item = (PathBuf, &'a str)>,
) -> Result<(), GenerateError> {
    let mut all = Vec::new();
    for (path, contents) in files {
        all.push((staged(&path, contents)?, path));
    }
    all.into_iter()
        .try_for_each(|(file, path)| persist(file, &path))
}

/// Writes the contents of a file beside its final place. The file is closed, because a plan may have
/// more files than a process may hold open.
fn staged(path: &Path, contents: &str) -> Result<TempPath, GenerateError> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(GenerateError::io("create", folder))?;
    let mut file = new_file(path, folder).map_err(GenerateError::io("write", path))?;
    let written = file.write_all(contents.as_bytes());
    written.map_err(GenerateError::io("write", path))?;
    Ok(file.into_temp_path())
}

fn persist(file: TempPath, path: &Path) -> Result<(), GenerateError> {
    let persisted = file.persist(path).map_err(|error| error.error);
    persisted.map_err(GenerateError::io("write", path))?;
    Ok(())
}

/// Makes a file beside the one that it will replace, with the same permissions, or those of a new file.
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

/// Removes the folders that a removed file leaves empty.
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
