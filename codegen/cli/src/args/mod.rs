//! The command line, as clap reads it, with one file per group of commands. Its help texts are pinned by snapshots.

mod explain;
mod mock;
mod page;
mod review;
mod sign;
mod spec;
mod validate;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use explain::{Coverage, Explain, Results};
pub(super) use mock::Mock;
pub(super) use page::{Drift, Page, ProfileOption};
pub(super) use review::{Changelog, Diff, FailOn, Policy};
pub(super) use sign::{Doctor, Message, Sign, Verify};
pub(super) use spec::{Check, Completions, Generate, Init, Schema};
pub(super) use validate::Validate;

/// Generate Rust types, validators, clients and reports from one description of a payment API.
#[derive(Debug, Parser)]
#[command(
    name = "payspec",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 success, 1 findings, 2 usage or I/O error."
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Args)]
pub(super) struct Global {
    /// Folder of the spec
    #[arg(long, global = true, value_name = "DIR", default_value = "spec", help_heading = GENERAL)]
    pub(super) spec: PathBuf,
    /// Output format; every command supports `human` and `json` [default: human]
    #[arg(long, global = true, value_name = "FORMAT", help_heading = GENERAL)]
    pub(super) format: Option<Format>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = GENERAL)]
    pub(super) color: Color,
}

/// Heading of the options that every command has.
const GENERAL: &str = "Global options";

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    // For people at a terminal.
    #[value(alias = "text")]
    Human,
    // For programs.
    Json,
    // A comment on a pull request.
    Markdown,
    // A page that needs nothing else.
    Html,
    // For code scanners.
    Sarif,
    // Annotations of a pull request.
    Github,
}

impl Command {
    /// Returns whether the command can report in this format.
    pub(super) fn reports(&self, format: Format) -> bool {
        match (format, self) {
            (Format::Human | Format::Json, _) => true,
            (Format::Github, command) => matches!(command, Command::Check(_) | Command::Diff(_)),
            (Format::Markdown, Command::Drift(_)) => true,
            (Format::Html, Command::Drift(drift)) => drift.coverage,
            (Format::Markdown | Format::Html | Format::Sarif, command) => {
                matches!(command, Command::Diff(_))
            }
        }
    }
}

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
    Schema(Schema),
    Sign(Sign),
    Verify(Verify),
    Doctor(Box<Doctor>),
    Init(Init),
    Completions(Completions),
}
