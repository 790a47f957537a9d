//! `payspec drift`: compares a provider's page with the spec or with an older copy.

mod coverage;
mod draft;
mod show;

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::args::{self, Format};
use super::failure::Failure;
use super::output::{Output, note};
use super::page::{open, profile};
use super::{Outcome, find_operation, read, require_model};
use payspec_codegen::generate::replace;
use payspec_page::drift::coverage::Coverage;
use payspec_page::drift::{self, Changes, Copy, Drift, FindError, Hints};

pub(super) fn run(spec: &Path, args: &args::Drift, out: &mut Output) -> Result<Outcome, Failure> {
    let profile = profile(&args.profile)?;
    let page = open(&args.page, &profile)?;
    let name = args.page.to_string_lossy();
    let copy = Copy {
        name: &name,
        page: &page,
    };
    if let Some(file) = &args.new {
        let (new, name) = (open(file, &profile)?, file.to_string_lossy());
        let newer = Copy {
            name: &name,
            page: &new,
        };
        let changes = Changes::new(copy, newer).map_err(unfound)?;
        let text = match out.format {
            Format::Json => json(&changes)?,
            Format::Markdown => drift::changes_markdown(&changes),
            // `Command::reports` has refused the other formats.
            Format::Human | Format::Html | Format::Sarif | Format::Github => {
                shown(|out| show::show_changes(&changes, out))?
            }
        };
        write(&text, args, out)?;
        return Ok(Outcome::fine_if(!changes.is_change()));
    }
    if let Some(file) = &args.write_draft {
        return draft::run(spec, copy, args, file);
    }
    let loaded = read(spec)?;
    let sources = loaded.sources.clone();
    let model = require_model(loaded)?;
    if let Some(id) = &args.operation {
        find_operation(&model, id)?;
    }
    let hints = Hints {
        operation: args.operation.as_deref(),
        source: args.source.as_deref(),
    };
    if args.coverage {
        let coverage = Coverage::new(&model, copy, hints).map_err(unfound)?;
        let text = match out.format {
            Format::Json => json(&coverage)?,
            Format::Html => drift::coverage_html(&coverage, &sources),
            Format::Markdown => drift::coverage_markdown(&coverage),
            Format::Human | Format::Sarif | Format::Github => {
                shown(|out| coverage::show(&coverage, out))?
            }
        };
        write(&text, args, out)?;
        return Ok(Outcome::fine_if(coverage.is_whole()));
    }
    let drift = Drift::new(&model, copy, hints).map_err(unfound)?;
    let text = match out.format {
        Format::Json => json(&drift)?,
        Format::Markdown => drift::drift_markdown(&drift),
        Format::Human | Format::Html | Format::Sarif | Format::Github => {
            shown(|out| show::show(&drift, out))?
        }
    };
    write(&text, args, out)?;
    Ok(Outcome::fine_if(!drift.is_drift()))
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

/// Collects the coloured text for a terminal.
fn shown(show: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<String> {
    let mut text = Vec::new();
    show(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Writes a report to the file of `--out`, or to stdout.
fn write(text: &str, args: &args::Drift, out: &mut Output) -> Result<(), Failure> {
    let Some(file) = &args.out else {
        return Ok(out.write_all(text.as_bytes())?);
    };
    replace(file, &anstream::adapter::strip_str(text).to_string())?;
    note(format_args!("written {}", file.display()));
    Ok(())
}

fn unfound(error: FindError) -> Failure {
    Failure::Usage(error.to_string())
}
