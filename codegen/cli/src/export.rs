//! `payspec export`: an API as an OpenAPI document or as JSON Schema.

use std::io::Write;

use super::args::{self, DocumentKind, OpenApiVersion};
use super::failure::{Failure, unknown};
use super::output::{Output, note};
use super::{Outcome, find_operation};
use payspec_codegen::generate::{self, Document};
use payspec_model::model::{Api, Model, Side};
use payspec_openapi::{Form, Version, api_schema, document, message_schema, text};

pub(super) fn run(
    model: &Model,
    args: &args::Export,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    let form = if args.yaml { Form::Yaml } else { Form::Json };
    let text = match args.kind {
        DocumentKind::OpenApi => {
            let version = match args.openapi.unwrap_or(OpenApiVersion::V31) {
                OpenApiVersion::V31 => Version::V31,
                OpenApiVersion::V30 => Version::V30,
            };
            if args.operation.is_some() {
                let message = "`--operation` is for `json-schema`: an OpenAPI document describes all operations";
                return Err(Failure::Usage(message.to_owned()));
            }
            text(&document(wanted(model, args)?, version), form)?
        }
        DocumentKind::JsonSchema => {
            if args.openapi.is_some() {
                let message =
                    "`--openapi` is for `openapi`: a JSON Schema has no version of OpenAPI";
                return Err(Failure::Usage(message.to_owned()));
            }
            match &args.operation {
                Some(id) => text(&of_message(model, args, id)?, form)?,
                None => text(&api_schema(wanted(model, args)?), form)?,
            }
        }
    };
    match &args.out {
        Some(file) => {
            generate::replace(file, &text)?;
            note(format_args!("written {}", file.display()));
        }
        None => out.write_all(text.as_bytes())?,
    }
    Ok(Outcome::Fine)
}

/// Returns the API to export.
fn wanted<'m>(model: &'m Model, args: &args::Export) -> Result<&'m Api, Failure> {
    let ids = model.apis.iter().map(|api| api.id.as_str());
    match (&args.api, model.apis.as_slice()) {
        (Some(id), _) => model.api(id).ok_or_else(|| unknown("API", id, ids)),
        (None, [only]) => Ok(only),
        (None, _) => Err(Failure::Usage(format!(
            "the spec has several APIs\nhelp: name one with `--api`: {}",
            ids.collect::<Vec<_>>().join(", ")
        ))),
    }
}

/// Returns the JSON Schema of one side of an operation.
fn of_message(
    model: &Model,
    args: &args::Export,
    id: &str,
) -> Result<payspec_openapi::json::Map, Failure> {
    let (api, operation) = find_operation(model, id)?;
    if let Some(named) = args.api.as_ref().filter(|named| **named != api.id) {
        let message = format!("`{id}` is an operation of `{}`, not of `{named}`", api.id);
        return Err(Failure::Usage(message));
    }
    let word = args.side.as_deref().unwrap_or(Side::Request.as_str());
    let sides = Side::ALL.iter().map(|side| side.as_str());
    let side = Side::parse(word).ok_or_else(|| unknown("side", word, sides))?;
    match message_schema(api, operation, side) {
        Some(schema) => Ok(schema.schema),
        None => {
            let message = format!("no source describes the {side} of `{id}`");
            Err(Failure::Usage(message))
        }
    }
}

/// Returns the documents that a crate keeps beside its source, each with its path.
pub(super) fn committed(model: &Model) -> Result<Vec<(String, Document)>, Failure> {
    let mut files = Vec::new();
    for api in &model.apis {
        let id = &api.id;
        let openapi = text(&document(api, Version::V31), Form::Yaml)?;
        files.push((format!("{id}.yaml"), Document::Yaml(openapi)));
        let schema = text(&api_schema(api), Form::Json)?;
        files.push((format!("{id}.schema.json"), Document::Json(schema)));
    }
    Ok(files)
}
