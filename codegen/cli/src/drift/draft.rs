//! `payspec drift --write-draft`: writes the facts that the spec lacks as files of a spec.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::failure::{Failure, shell_word};
use crate::output::{note, plain};
use crate::{Outcome, args, load};
use payspec_codegen::generate::replace_all;
use payspec_model::model::Model;
use payspec_page::drift::draft::{Declaration, DraftError, Target, draft};
use payspec_page::drift::{Copy, Hints};

pub(super) fn run(
    spec: &Path,
    copy: Copy<'_>,
    args: &args::Drift,
    file: &Path,
) -> Result<Outcome, Failure> {
    let model = match load(spec) {
        Err(Failure::NoSpec(_)) => Model::default(),
        loaded => loaded?,
    };
    let hints = Hints {
        operation: args.operation.as_deref(),
        source: args.source.as_deref(),
    };
    let inside = below(spec, file).map_err(Failure::of(file))?;
    let (target, base) = match &inside {
        Some(path) => (Target::Spec(path), spec),
        None => (Target::Apart(file), Path::new("")),
    };
    let draft = draft(&model, copy, hints, target).map_err(|error| refused(&error, spec, file))?;
    let files: Vec<(PathBuf, String)> = draft
        .files
        .into_iter()
        .map(|file| (base.join(file.path), file.text))
        .collect();
    for (path, _) in &files {
        let taken = if path.is_dir() {
            "is a folder"
        } else if path.exists() && !args.force {
            "exists already"
        } else {
            continue;
        };
        let help = if path.is_dir() {
            "choose another file"
        } else {
            "choose another file, or overwrite it with `--force`"
        };
        return Err(Failure::Usage(format!(
            "{} {taken}; nothing was written\nhelp: {help}",
            path.display()
        )));
    }
    let declared = draft.declares.map(|one| declared(spec, &one)).transpose()?;
    let files: Vec<(PathBuf, String)> = files.into_iter().chain(declared).collect();
    replace_all(
        files
            .iter()
            .map(|(path, text)| (path.clone(), text.as_str())),
    )?;
    for (path, _) in &files {
        note(format_args!("written {}", path.display()));
    }
    if files.is_empty() {
        note("nothing is missing in the spec");
    }
    for one in &draft.left_out {
        note(format_args!("left out: {}", plain(one)));
    }
    Ok(Outcome::Fine)
}

/// Returns the file of an API with another source.
fn declared(spec: &Path, source: &Declaration) -> Result<(PathBuf, String), Failure> {
    let path = spec.join(&source.path);
    let text = std::fs::read_to_string(&path).map_err(Failure::of(&path))?;
    let Some(text) = source.add_to(&text) else {
        let lines = source.lines.replace('\n', "\n  ");
        return Err(Failure::Usage(format!(
            "{}: cannot add the source to this list; nothing was written\nhelp: add it below `sources`:\n  {}",
            path.display(),
            lines.trim_end()
        )));
    };
    Ok((path, text))
}

/// Explains why nothing was drafted, and names the command to use if there is one.
fn refused(error: &DraftError, spec: &Path, file: &Path) -> Failure {
    let text = match error {
        DraftError::NotRead(place) => format!(
            "{}: {error}\nhelp: use `--write-draft {}` to write it into the folder of its API, with its types",
            file.display(),
            shell_word(&spec.join(place))
        ),
        DraftError::Parts => format!("{}: {error}", file.display()),
        DraftError::Find(_) | DraftError::WhichApi | DraftError::NoName => error.to_string(),
    };
    Failure::Usage(text)
}

/// Returns a file's path below a folder, or [`None`] if it is outside. Neither of them has to exist.
fn below(folder: &Path, file: &Path) -> io::Result<Option<PathBuf>> {
    let (folder, file) = (resolved(folder)?, resolved(file)?);
    Ok(file.strip_prefix(folder).ok().map(Path::to_owned))
}

/// Returns an absolute path, with links resolved as far as the path exists.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
        plain = plain.canonicalize().unwrap_or(plain);
    }
    Ok(plain)
}
