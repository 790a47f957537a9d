//! Commands that show what the spec says.

use std::path::PathBuf;

use clap::Args;

/// Explain a name of the spec, a diagnostic or a rule
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  payspec explain
  payspec explain RISK_REJECT
  payspec explain Order.env
  payspec explain pay_entry_code/request/order/env/userAgent
  payspec explain signature
  payspec explain flow entry_code_payment
  payspec explain E012
  payspec explain max_length
  payspec explain max-length-narrowed
  payspec explain drift/max-length
  payspec explain --all --out docs/diff-rules.md")]
pub(crate) struct Explain {
    /// A result code, a field (`Order.env`, a name, or a path behind operation and side), a type,
    /// an operation, a flow, an API, a header, a host, `signature`, `wire`, a source, a dispute, a
    /// diagnostic or a rule; `flow` for all flows [default: list what can be explained]
    #[arg(value_name = "WHAT")]
    pub(crate) what: Option<String>,
    /// After the word `flow`: the flow to explain
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Explain every rule of `payspec diff`
    #[arg(long, conflicts_with = "what")]
    pub(crate) all: bool,
    /// Write the rules to this file, as Markdown
    #[arg(long, value_name = "FILE", requires = "all")]
    pub(crate) out: Option<PathBuf>,
    /// Write nothing; print a diff and fail if the file is out of date
    #[arg(long, requires = "out")]
    pub(crate) check: bool,
}

/// List the result codes
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  payspec results
  payspec results --operation pay_entry_code --format json")]
pub(crate) struct Results {
    /// Folder of the spec, or a single API of it [default: that of `--spec`]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// List only the codes of this operation
    #[arg(long, value_name = "OP")]
    pub(crate) operation: Option<String>,
}

/// Count what the spec describes of each operation, and what is unknown
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  payspec coverage
  payspec coverage --out docs/coverage.md
  payspec coverage --out docs/coverage.md --check")]
pub(crate) struct Coverage {
    /// Folder of the spec, or a single API of it [default: that of `--spec`]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// Write the tables to this file, as Markdown
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Write nothing; print a diff and fail if the file is out of date
    #[arg(long, requires = "out")]
    pub(crate) check: bool,
}
