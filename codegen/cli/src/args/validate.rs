//! `payspec validate`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use payspec_model::model::Side;

/// Check JSON messages against the spec
#[derive(Debug, Args)]
#[command(
    long_about = "\
Check JSON messages against the spec.

Each violation shows the place in the message, the place in the spec, the expected and the actual value; \
sensitive values are masked. For a response, the decision is shown as well. Warnings do not fail the run.

Without --operation or --side, the first message of each file decides: its fields, constants and result code \
must fit exactly one. If none or several fit, the command lists them and exits with code 2.

With --traffic, the command reads recorded messages of all operations and counts the violations by rule, \
and the operations, fields, values, statuses and codes that the spec does not know. All values are masked. \
Exit code 1 means that a message breaks a rule or contains something unknown.",
    after_help = "\
Examples:
  payspec validate request.json
  payspec validate --operation pay_entry_code --side request request.json
  payspec validate --operation pay_entry_code --side response < response.json
  payspec validate --operation pay_entry_code --side request --lines requests.jsonl
  payspec validate --traffic monday.jsonl session.har
  payspec validate --spec other-spec --traffic recorded.jsonl --format json"
)]
pub(crate) struct Validate {
    /// The operation, such as `pay_entry_code` [default: the only one that fits the fields and codes]
    #[arg(long, value_name = "OP")]
    pub(crate) operation: Option<String>,
    /// Side of the messages [default: the only one that fits]
    #[arg(long, value_name = "SIDE", value_parser = side())]
    pub(crate) side: Option<Side>,
    /// The request that the messages belong to; a message with another id or amount decides nothing
    ///
    /// For answers to an inquiry and for notifications, this is the request that pays.
    #[arg(long, value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,
    /// HTTP status of the messages; needed for responses that it decides
    #[arg(long, value_name = "STATUS", value_parser = clap::value_parser!(u16).range(100..600))]
    pub(crate) status: Option<u16>,
    /// Read one message per line, in constant memory
    #[arg(long)]
    pub(crate) lines: bool,
    /// Validate recorded messages of all operations, and count violations and unknown names
    ///
    /// A file has JSON lines with `operation`, `side` and `body`, or is HAR; `-` reads standard input.
    #[arg(
        long,
        value_name = "FILE",
        num_args = 1..,
        conflicts_with_all = ["operation", "side", "request", "status", "lines", "files"]
    )]
    pub(crate) traffic: Vec<PathBuf>,
    /// Threads that validate recorded messages [default: one per core]
    #[arg(long, value_name = "NUMBER", requires = "traffic")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Files with messages; `-` or no file reads standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

/// Reads a side; clap lists the two words when another one is given.
fn side() -> impl TypedValueParser<Value = Side> {
    PossibleValuesParser::new(Side::ALL.iter().map(|side| side.as_str()))
        .try_map(|word| Side::parse(&word).ok_or("not a side"))
}
