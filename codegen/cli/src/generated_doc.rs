//! A page that payspec writes to a file, or compares with the file.

use std::path::Path;
use std::{fs, io};

use super::Outcome;
use super::failure::{Failure, shell_word};
use super::output::{Output, note, tell};
use payspec_codegen::generate::{file_diff, replace};

/// A page in a file.
pub(super) struct GeneratedDoc<'a> {
    /// The file.
    pub(super) file: &'a Path,
    /// The first line, by which payspec recognises its own pages.
    pub(super) mark: &'static str,
    /// The command that writes it, without `payspec` and `--out`.
    pub(super) command: String,
}

impl GeneratedDoc<'_> {
    /// Writes the page, or with `check` compares it with the file.
    pub(super) fn write_or_check(
        &self,
        new: &str,
        check: bool,
        out: &mut Output,
    ) -> Result<Outcome, Failure> {
        let file = self.file;
        let old = self.current()?;
        let shown = file.display();
        if old.as_deref() == Some(new) {
            note(format_args!("{shown} is up to date"));
            return Ok(Outcome::Fine);
        }
        if !check {
            replace(file, new)?;
            note(format_args!("written {shown}"));
            return Ok(Outcome::Fine);
        }
        if !out.is_json() {
            let name = file.to_string_lossy().replace('\\', "/");
            out.diff(&file_diff(&name, old.as_deref(), Some(new)))?;
        }
        tell(format_args!("error: {shown} is out of date"));
        note(format_args!(
            "help: run `payspec {} --out {}` to update it",
            self.command,
            shell_word(file)
        ));
        Ok(Outcome::Findings)
    }

    /// Returns the text of the file; an error if payspec did not write it.
    fn current(&self) -> Result<Option<String>, Failure> {
        let Some(text) = text_of(self.file)? else {
            return Ok(None);
        };
        if text.lines().next() != Some(self.mark) {
            return Err(Failure::Usage(format!(
                "{} was not written by payspec (its first line is not `{}`)",
                self.file.display(),
                self.mark
            )));
        }
        Ok(Some(text))
    }
}

/// Returns the text of a file that is about to change; [`None`] if it does not exist.
///
/// # Errors
///
/// When it is no text, or no file: a device may have no end.
pub(super) fn text_of(file: &Path) -> Result<Option<String>, Failure> {
    match fs::metadata(file) {
        Ok(found) if !found.is_file() && !found.is_dir() => {
            let message = format!("{} is not a regular file", file.display());
            return Err(Failure::Usage(message));
        }
        Ok(_) | Err(_) => {}
    }
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::of(file)(error)),
    }
}
