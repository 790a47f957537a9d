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

/// Writes a file in one step: a reader sees either the old text or the new. Text for a device or a pipe goes into
/// it, and a link stays one.
pub fn replace(path: &Path, contents: &str) -> Result<(), GenerateError> {
    staged(path, contents)?.finish()
}

/// Writes files that belong together: none is written if one of them cannot be.
pub fn replace_all<'a>(
    files: impl IntoIterator<Item = (PathBuf, &'a str)>,
) -> Result<(), GenerateError> {
    let staged = files
        .into_iter()
        .map(|(path, contents)| staged(&path, contents));
    let all: Vec<Staged<'_>> = staged.collect::<Result<_, _>>()?;
    all.into_iter().try_for_each(Staged::finish)
}

/// The contents of a file on their way to its place.
struct Staged<'a> {
    /// The place, which a link may lead to.
    target: PathBuf,
    /// The place as the user named it.
    path: PathBuf,
    contents: Contents<'a>,
}

enum Contents<'a> {
    /// In a file beside the place. The file is closed, because a plan may have more files than a process may hold
    /// open.
    Beside(TempPath),
    /// For a device or a pipe, which must not be replaced by a file.
    Direct(&'a str),
}

/// Prepares the contents of a file.
fn staged<'a>(path: &Path, contents: &'a str) -> Result<Staged<'a>, GenerateError> {
    // A path that leads nowhere yet stays as it is.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let path = path.to_owned();
    if fs::metadata(&target).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        let contents = Contents::Direct(contents);
        return Ok(Staged {
            target,
            path,
            contents,
        });
    }
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(GenerateError::io("create", folder))?;
    let mut file = new_file(&target, folder).map_err(GenerateError::io("write", &path))?;
    let written = file.write_all(contents.as_bytes());
    written.map_err(GenerateError::io("write", &path))?;
    let contents = Contents::Beside(file.into_temp_path());
    Ok(Staged {
        target,
        path,
        contents,
    })
}

impl Staged<'_> {
    /// Puts the contents into their place.
    fn finish(self) -> Result<(), GenerateError> {
        let Staged {
            target,
            path,
            contents,
        } = self;
        let written = match contents {
            Contents::Beside(file) => file.persist(&target).map_err(|error| error.error),
            Contents::Direct(text) => fs::write(&target, text),
        };
        written.map_err(GenerateError::io("write", &path))
    }
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
