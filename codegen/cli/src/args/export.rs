//! `payspec export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Write an API as an OpenAPI document or as JSON Schema
#[derive(Debug, Args)]
#[command(
    long_about = "\
Write an API as an OpenAPI document or as JSON Schema.

An OpenAPI document describes every operation, for tools and for generators of code in other languages. A JSON \
Schema (2020-12) accepts the messages in which `payspec validate` finds no error, apart from the rules that it lists \
as `$comment`. docs/openapi.md describes both.",
    after_help = "\
Examples:
  payspec export openapi --api ams_instore --yaml -o openapi.yaml
  payspec export openapi --api ams_instore --openapi 3.0
  payspec export json-schema --operation pay_entry_code --side request"
)]
pub(crate) struct Export {
    /// Kind of document
    #[arg(value_name = "KIND")]
    pub(crate) kind: DocumentKind,
    /// API to export [default: the only one of the spec]
    #[arg(long, value_name = "ID")]
    pub(crate) api: Option<String>,
    /// Version of OpenAPI [default: 3.1]
    #[arg(long, value_name = "VERSION")]
    pub(crate) openapi: Option<OpenApiVersion>,
    /// Operation whose messages the JSON Schema describes [default: all, below `$defs`]
    #[arg(long, value_name = "ID")]
    pub(crate) operation: Option<String>,
    /// Side of the operation: `request` or `response` [default: request]
    #[arg(long, value_name = "SIDE", requires = "operation")]
    pub(crate) side: Option<String>,
    /// Write YAML [default: JSON]
    #[arg(long)]
    pub(crate) yaml: bool,
    /// Write to this file [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// The kind of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocumentKind {
    // An OpenAPI document.
    #[value(name = "openapi")]
    OpenApi,
    // JSON Schema of messages.
    JsonSchema,
}

/// A version of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OpenApiVersion {
    #[value(name = "3.1")]
    V31,
    #[value(name = "3.0")]
    V30,
}
