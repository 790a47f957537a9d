//! `payspec coverage`: how much of each operation is described.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::Outcome;
use super::args;
use super::failure::{Failure, shell_word, spec_option};
use super::output::{Output, bold, note, plain};
use super::table::Table;
use crate::coverage::{Coverage, coverage};
use crate::emit::coverage::{COLUMNS, CoverageTable, MARK, markdown, tables};
use crate::generate::file_diff;

pub(super) fn run(
    spec: &Path,
    args: &args::Coverage,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    let coverage = coverage(&super::load(spec)?);
    if out.is_json() {
        out.json(&coverage)?;
    }
    match &args.out {
        Some(file) => page(spec, args, file, &markdown(&coverage), out),
        None if out.is_json() => Ok(Outcome::Fine),
        None => {
            show(&coverage, out)?;
            Ok(Outcome::Fine)
        }
    }
}

fn show(coverage: &Coverage, out: &mut Output) -> io::Result<()> {
    for (index, CoverageTable { title, rows }) in tables(coverage).into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", bold(plain(&title)))?;
        writeln!(out)?;
        let mut table = Table::new(
            COLUMNS
                .map(str::to_uppercase)
                .each_ref()
                .map(String::as_str),
        );
        for row in rows {
            table.row(row.each_ref().map(String::as_str));
        }
        table.write(out, "")?;
    }
    Ok(())
}

/// Writes the page, or compares it.
fn page(
    spec: &Path,
    args: &args::Coverage,
    file: &Path,
    new: &str,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    let old = current(file)?;
    let shown = file.display();
    if old.as_deref() == Some(new) {
        note(format_args!("{shown} is up to date"));
        return Ok(Outcome::Fine);
    }
    if !args.check {
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
    note(format_args!("error: {shown} is out of date"));
    note(format_args!(
        "help: `payspec coverage{} --out {}` mends it",
        spec_option(spec),
        shell_word(file)
    ));
    Ok(Outcome::Findings)
}

/// What the file holds; an error when it is not ours.
fn current(file: &Path) -> Result<Option<String>, Failure> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::of(file)(error)),
    };
    if text.lines().next() != Some(MARK) {
        return Err(Failure::Usage(format!(
            "{} was not written by payspec (its first line is not `{MARK}`)",
            file.display()
        )));
    }
    Ok(Some(text))
}
