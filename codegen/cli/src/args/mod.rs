//! The command line, as clap reads it, with one file per group of commands. Its help texts are pinned by snapshots.

mod docs;
mod explain;
mod export;
mod formats;
mod mock;
mod page;
mod review;
mod sign;
mod spec;
mod validate;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use docs::Docs;
pub(super) use explain::{Coverage, Explain, Results};
pub(super) use export::{DocumentKind, Export, OpenApiVersion};
pub(super) use formats::{Format, chosen, command};
pub(super) use mock::{Credential, Mock};
pub(super) use page::{Drift, Page, ProfileOption};
pub(super) use review::{Changelog, Diff, FailOn, Policy};
pub(super) use sign::{Doctor, Message, Sign, Verify};
pub(super) use spec::{Check, Completions, Generate, Init, Man, Schema, Starter};
pub(super) use validate::Validate;

/// Generate Rust types, validators, clients and reports from one description of a payment API.
#[derive(Debug, Parser)]
#[command(
    name = "payspec",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = "\
Settings come from options, then `PAYSPEC_*` variables, then `payspec.toml` beside the spec folder.
Exit codes: 0 success, 1 findings, 2 usage or I/O error."
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Args)]
pub(super) struct Global {
    /// Folder of the spec [default: `spec` here or in the nearest folder above]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "PAYSPEC_SPEC",
        hide_env_values = true,
        help_heading = GENERAL
    )]
    pub(super) spec: Option<PathBuf>,
    /// Output format; the help of each command lists its formats
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        hide_possible_values = true,
        help_heading = GENERAL
    )]
    pub(super) format: Option<Format>,
    /// Print only data, findings and errors
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = GENERAL)]
    pub(super) quiet: bool,
    /// Print which files and settings are used
    #[arg(short, long, global = true, help_heading = GENERAL)]
    pub(super) verbose: bool,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = GENERAL)]
    pub(super) color: Color,
}

/// Heading of the options that every command has.
const GENERAL: &str = "Global options";

/// The choice of coloured output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    // On a terminal, unless `NO_COLOR` is set.
    Auto,
    // Always.
    Always,
    // Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check(Check),
    Generate(Generate),
    Validate(Validate),
    Results(Results),
    Coverage(Coverage),
    Diff(Diff),
    Drift(Drift),
    Changelog(Changelog),
    Explain(Explain),
    Mock(Mock),
    Page(Page),
    Export(Export),
    Docs(Docs),
    Schema(Schema),
    Sign(Sign),
    Verify(Verify),
    Doctor(Box<Doctor>),
    Init(Init),
    Completions(Completions),
    Man(Man),
    Help(Help),
}

/// Print the help of payspec or of a command
#[derive(Debug, Args)]
pub(super) struct Help {
    /// The command
    #[arg(value_name = "COMMAND")]
    pub(super) command: Option<String>,
}
