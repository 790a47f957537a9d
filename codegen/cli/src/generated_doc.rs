//! A page that payspec writes to a file, or compares with the file.

use std::path::Path;
use std::{fs, io};

use super::Outcome;
use super::failure::{Failure, shell_word};
use super::output::{Output, note, tell};
use payspec_codegen::generate::file_diff;

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
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder).map_err(Failure::of(folder))?;
            }
            fs::write(file, new).map_err(Failure::of(file))?;
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
        let text = match fs::read_to_string(self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::of(self.file)(error)),
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
