//! `payspec check`: every problem of the spec, and the register of disputes.

use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{self, Format};
use super::explain::write_dispute;
use super::facts::{DisputeFact, Facts};
use super::failure::Failure;
use super::output::{Output, bold};
use super::summary::Summary;
use super::{Outcome, read};
use crate::diagnostic::{self, Diagnostics};
use crate::model::Model;
use crate::source::SourceMap;

pub(super) fn run(spec: &Path, args: &args::Check, out: &mut Output) -> Result<Outcome, Failure> {
    let (model, diagnostics, sources) = read(spec)?;
    let disputes = match (&model, args.disputed) {
        (Some(model), true) => Some(disputes(model)),
        (_, true) => Some(Vec::new()),
        (_, false) => None,
    };
    match out.format {
        Format::Human => human(
            model.as_ref(),
            &diagnostics,
            &sources,
            disputes.as_deref(),
            out,
        )?,
        Format::Json => {
            let mut report = diagnostic::json(&diagnostics, &sources);
            if let Value::Object(report) = &mut report {
                report.insert("summary".to_owned(), json!(model.as_ref().map(Summary::of)));
                if let Some(disputes) = disputes {
                    report.insert("disputes".to_owned(), json!(disputes));
                }
            }
            out.json(&report)?;
        }
        Format::Github => write!(out, "{}", diagnostic::github(&diagnostics, &sources))?,
    }
    Ok(Outcome::fine_if(!diagnostics.has_errors()))
}

fn human(
    model: Option<&Model>,
    diagnostics: &Diagnostics,
    sources: &SourceMap,
    disputes: Option<&[DisputeFact<'_>]>,
    out: &mut Output,
) -> Result<(), Failure> {
    let colours = out.is_coloured();
    write!(out, "{}", diagnostic::human(diagnostics, sources, colours))?;
    let mut api = None;
    for dispute in disputes.into_iter().flatten() {
        if api.replace(dispute.api) != Some(dispute.api) {
            writeln!(out, "{}\n", bold(dispute.api))?;
        }
        write_dispute(out, dispute)?;
        writeln!(out)?;
    }
    if let Some(model) = model {
        writeln!(out, "{}", Summary::of(model))?;
    }
    Ok(())
}

fn disputes(model: &Model) -> Vec<DisputeFact<'_>> {
    let of_api = |api| {
        let facts = Facts { model, api };
        facts
            .api
            .disputes
            .iter()
            .map(move |dispute| facts.dispute(dispute))
    };
    model.apis.iter().flat_map(of_api).collect()
}
