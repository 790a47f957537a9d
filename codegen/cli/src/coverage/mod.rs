//! `payspec coverage`: counts the described and the unknown parts of each operation.

mod counts;
mod markdown;
mod provenance;

use std::io::{self, Write};
use std::path::Path;

use self::counts::{Coverage, coverage};
use self::markdown::{COLUMNS, CoverageTable, MARK, markdown, tables};
use super::Outcome;
use super::args;
use super::failure::{Failure, spec_option};
use super::generated_doc::GeneratedDoc;
use super::output::{Output, bold, plain};
use super::table::Table;

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
        Some(file) => GeneratedDoc {
            file,
            mark: MARK,
            command: format!("coverage{}", spec_option(spec)),
        }
        .write_or_check(&markdown(&coverage), args.check, out),
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
