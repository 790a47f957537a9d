//! `payspec check`: reports every problem of the spec, and lists its disputes.

use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{self, Format};
use super::explain::write_dispute;
use super::facts::{DisputeFact, Facts};
use super::failure::Failure;
use super::output::{Output, bold, is_quiet};
use super::{Outcome, read};
use payspec_model::{Loaded, diagnostic};

pub(super) fn run(spec: &Path, args: &args::Check, out: &mut Output) -> Result<Outcome, Failure> {
    let loaded = read(spec)?;
    let disputes = args.disputed.then(|| disputes(&loaded));
    let Loaded {
        diagnostics,
        sources,
        ..
    } = &loaded;
    match out.format {
        // `args::chosen` has refused the other formats.
        Format::Human | Format::Markdown | Format::Html => {
            human(&loaded, disputes.as_deref(), out)?;
        }
        Format::Json => {
            let mut report = diagnostic::json(diagnostics, sources);
            if let Value::Object(report) = &mut report {
                let summary = loaded.model.as_ref().map(|_| loaded.summary());
                report.insert("summary".to_owned(), json!(summary));
                if let Some(disputes) = disputes {
                    report.insert("disputes".to_owned(), json!(disputes));
                }
            }
            out.json(&report)?;
        }
        Format::Sarif => write!(out, "{}", diagnostic::sarif(diagnostics, sources))?,
        Format::Github => write!(out, "{}", diagnostic::github(diagnostics, sources))?,
    }
    Ok(Outcome::fine_if(!diagnostics.has_errors()))
}

fn human(
    loaded: &Loaded,
    disputes: Option<&[DisputeFact<'_>]>,
    out: &mut Output,
) -> Result<(), Failure> {
    let colours = out.is_coloured();
    let found = diagnostic::human(&loaded.diagnostics, &loaded.sources, colours);
    write!(out, "{found}")?;
    let mut api = None;
    for dispute in disputes.into_iter().flatten() {
        if api.replace(dispute.api) != Some(dispute.api) {
            writeln!(out, "{}\n", bold(dispute.api))?;
        }
        write_dispute(out, dispute)?;
        writeln!(out)?;
    }
    if loaded.model.is_some() && !is_quiet() {
        writeln!(out, "{}", loaded.summary())?;
    }
    Ok(())
}

fn disputes(loaded: &Loaded) -> Vec<DisputeFact<'_>> {
    let of_model = |model| Facts::all(model).flat_map(|facts: Facts<'_>| facts.register());
    loaded.model.iter().flat_map(of_model).collect()
}
