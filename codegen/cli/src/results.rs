//! `payspec results`: the table of result codes.

use std::io::Write;

use serde::Serialize;

use super::args;
use super::facts::{Facts, SourceFact};
use super::failure::Failure;
use super::output::{Output, bold};
use super::table::Table;
use super::{Outcome, find_operation};
use payspec_model::model::{Api, Code, Model, Operation, SharedCodes};

/// A result code in JSON reports.
#[derive(Serialize)]
pub(super) struct ResultCode<'m> {
    operation: &'m str,
    code: &'m str,
    status: &'m str,
    class: Option<&'static str>,
    next_step: &'static str,
    resend: &'static str,
    meaning: &'m str,
    action: &'m str,
    deprecated: bool,
    disputes: Vec<&'m str>,
    sources: Vec<SourceFact<'m>>,
    spec: String,
}

impl<'m> ResultCode<'m> {
    pub(super) fn new(
        model: &'m Model,
        api: &'m Api,
        operation: &'m Operation,
        code: &'m Code,
    ) -> Self {
        let facts = Facts { model, api };
        ResultCode {
            operation: &operation.id,
            code: &code.name,
            status: &code.status,
            class: (operation.result.as_ref())
                .and_then(|result| Some(api.class(result, &code.status)?.as_str())),
            next_step: code.next_step.as_str(),
            resend: code.resend.as_str(),
            meaning: &code.meaning,
            action: &code.action,
            deprecated: code.deprecated.is_some(),
            disputes: (api.disputes_about(&[code.origin], &[]).iter())
                .map(|dispute| dispute.id.as_str())
                .collect(),
            sources: facts.sources(&code.sources),
            spec: model.place(code.origin),
        }
    }
}

pub(super) fn run(
    model: &Model,
    args: &args::Results,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    let wanted: Vec<(&Api, &Operation)> = match &args.operation {
        Some(id) => vec![find_operation(model, id)?],
        None => super::operations(model).collect(),
    };
    if out.is_json() {
        let codes: Vec<ResultCode<'_>> = wanted
            .iter()
            .flat_map(|(api, operation)| {
                codes(operation).map(|code| ResultCode::new(model, api, operation, code))
            })
            .collect();
        out.json(&codes)?;
        return Ok(Outcome::Fine);
    }
    let mut first = true;
    for (_, operation) in wanted {
        if operation.result.is_none() && args.operation.is_none() {
            continue;
        }
        if !first {
            writeln!(out)?;
        }
        first = false;
        writeln!(out, "{}: {}", bold(&operation.id), operation.title)?;
        if operation.result.is_none() {
            writeln!(out, "no source describes its result codes")?;
            continue;
        }
        writeln!(out)?;
        let mut table = Table::new(["CODE", "STATUS", "NEXT STEP", "RESEND"]);
        for code in codes(operation) {
            let status = code.status.as_str();
            table.row([
                code.name.as_str(),
                status,
                code.next_step.as_str(),
                code.resend.as_str(),
            ]);
        }
        table.write(out, "")?;
        if shared_codes(operation) == Some(SharedCodes::Unknown) {
            writeln!(
                out,
                "the provider's table was not read completely; all shared codes are listed"
            )?;
        }
    }
    Ok(Outcome::Fine)
}

fn shared_codes(operation: &Operation) -> Option<SharedCodes> {
    operation.result.as_ref().map(|result| result.shared_codes)
}

fn codes(operation: &Operation) -> impl Iterator<Item = &Code> {
    operation.result.iter().flat_map(|result| &result.codes)
}
