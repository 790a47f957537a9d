//! Commands about a change of the spec.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Compare two specs and report what breaks, and for whom
#[derive(Debug, Args)]
#[command(
    long_about = "\
Compare two specs and report what breaks, and for whom.

Each difference gets three verdicts: on the wire, for callers that still use the old crate and for callers of \
the new crate against a provider that has not updated; in Rust, for crates that depend on the generated one; \
and for money. Money findings come first.

With --traffic, recorded messages are validated against both specs. The report counts the messages that only \
the new spec refuses, by rule and field, and marks findings that no message touches. Traffic changes the exit \
code only when a file cannot be read or no message can be judged: then it is 2.",
    after_help = "\
Examples:
  payspec diff
  payspec diff main
  payspec diff v1.1.0..v1.2.0
  payspec diff old-spec new-spec --witness
  payspec diff --against main --format html --out review.html
  payspec diff --against v1.2.0 --fail-on money --format json
  payspec diff --against main --traffic recorded.jsonl session.har"
)]
pub(crate) struct Diff {
    /// The old spec: a folder, a git revision, or `OLD..NEW` [default: where this branch left the default branch]
    #[arg(value_name = "OLD", conflicts_with = "against")]
    pub(crate) old: Option<PathBuf>,
    /// The new spec: a folder or a git revision [default: that of `--spec`]
    #[arg(value_name = "NEW", conflicts_with = "against")]
    pub(crate) new: Option<PathBuf>,
    /// Git revision to compare the spec folder with: a branch, tag or commit
    #[arg(long, value_name = "REVISION")]
    pub(crate) against: Option<String>,
    /// Show a message for each breaking change: one spec accepts it, the other refuses it
    #[arg(long)]
    pub(crate) witness: bool,
    /// Validate recorded messages against both specs
    ///
    /// A file has JSON lines with `operation`, `side` and `body`, or is HAR; `-` reads standard input.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) traffic: Vec<PathBuf>,
    /// Threads that validate recorded messages [default: one per core]
    #[arg(long, value_name = "NUMBER", requires = "traffic")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Lowest level that fails the run [default: breaking]
    #[arg(
        long,
        value_name = "LEVEL",
        env = "PAYSPEC_FAIL_ON",
        hide_env_values = true
    )]
    pub(crate) fail_on: Option<FailOn>,
    #[command(flatten)]
    pub(crate) policy: Policy,
    /// Print only an entry for the approvals file that accepts the finding with this fingerprint (repeatable)
    #[arg(long, value_name = "FINGERPRINT")]
    pub(crate) accept: Vec<String>,
}

// Approvals of findings.
#[derive(Debug, Args)]
pub(crate) struct Policy {
    /// Approvals file [default: `payspec-approvals.yaml` beside the spec folder, if it exists]
    #[arg(
        long,
        value_name = "FILE",
        env = "PAYSPEC_APPROVALS",
        hide_env_values = true
    )]
    pub(crate) approvals: Option<PathBuf>,
    /// Date for which approvals must be valid [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<String>,
}

/// Write the changelog entry for the changes since a revision
#[derive(Debug, Args)]
#[command(
    long_about = "\
Write the changelog entry for the changes since a revision, and compute the next version.

Money changes come first, then breaking changes, additions, changes, deprecations, removals and wording. The \
next version follows cargo's rules, starting from the version of the generated crate: a change that breaks \
Rust code or concerns money is major, a change that breaks only the wire is minor.",
    after_help = "\
Examples:
  payspec changelog --since v0.1.0
  payspec changelog --since v0.1.0 --out CHANGELOG.md"
)]
pub(crate) struct Changelog {
    /// Git revision to compare the spec folder with: a tag, branch or commit
    #[arg(long, value_name = "REVISION")]
    pub(crate) since: String,
    /// Write the entry into this file below `## [Unreleased]`, replacing the previous entry of payspec
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Folder of the generated crate, whose version at the revision is the old one [default: `generated` beside
    /// the spec folder]
    #[arg(
        long,
        value_name = "DIR",
        env = "PAYSPEC_PACKAGE",
        hide_env_values = true
    )]
    pub(crate) package: Option<PathBuf>,
}

/// The level from which on a change fails the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    // Money can move twice, or an outcome can be misread.
    Money,
    // Callers of the old crate are refused or misread.
    Breaking,
    // Strict readers fail, or a value is silently lost.
    Risky,
    // Code that depends on the generated crate may not compile.
    Major,
    // The generated crate has more to use.
    Minor,
    // Anything changed.
    Any,
    // Nothing fails the run.
    Never,
}
