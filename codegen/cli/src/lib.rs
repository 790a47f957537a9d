//! The `payspec` command: a thin layer over the library, with one file per command.
//!
//! Data goes to stdout, hints and progress to stderr. Exit codes: 0 success, 1 findings, 2 usage or I/O error.

mod args;
mod changelog;
mod check;
mod completions;
mod coverage;
mod diff;
mod doctor;
mod drift;
mod explain;
mod facts;
mod failure;
mod generate;
mod generated_doc;
mod init;
mod mock;
mod output;
mod page;
mod policy;
mod results;
mod schema;
mod sides;
mod sign;
mod table;
mod traffic;
mod validate;

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, ValueEnum};

use self::args::{Cli, Command, Format};
use self::failure::{Failure, unknown};
use self::output::{Output, note};
use payspec_model::Loaded;
use payspec_model::diagnostic::{self, codes};
use payspec_model::model::{Api, Model, Operation};

/// The outcome of a command that ran to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The command found nothing to report.
    Fine,
    /// The command found what it looks for: an invalid message, a stale file, an unknown name.
    Findings,
    /// Some of the input could not be read; the rest was processed.
    Unread,
}

impl Outcome {
    fn fine_if(fine: bool) -> Self {
        if fine {
            Outcome::Fine
        } else {
            Outcome::Findings
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => ExitCode::SUCCESS,
            Outcome::Findings => ExitCode::from(1),
            Outcome::Unread => ExitCode::from(2),
        }
    }
}

/// Runs the command that the arguments of the process name.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let format = cli.global.format.unwrap_or(match cli.command {
        Command::Page(_) => Format::Json,
        _ => Format::Human,
    });
    if !cli.command.reports(format) {
        let format = format.to_possible_value();
        let format = format.as_ref().map_or("", |value| value.get_name());
        Cli::command()
            .error(
                clap::error::ErrorKind::ValueValidation,
                format_args!("this command does not support `--format {format}`"),
            )
            .exit();
    }
    let mut out = Output::new(format, cli.global.color);
    let done = run(&cli, &mut out).and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    });
    match done {
        Ok(outcome) => outcome.into(),
        // The reader closed the pipe, because it needs no more output.
        Err(Failure::Io(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            let code = failure.exit_code();
            note(failure);
            ExitCode::from(code)
        }
    }
}

fn run(cli: &Cli, out: &mut Output) -> Result<Outcome, Failure> {
    let spec = cli.global.spec.as_path();
    match &cli.command {
        Command::Check(args) => check::run(spec, args, out),
        Command::Generate(args) => generate::run(spec, args, out),
        Command::Validate(args) => validate::run(&load(spec)?, args, out),
        Command::Results(args) => results::run(&load(spec)?, args, out),
        Command::Coverage(args) => coverage::run(spec, args, out),
        Command::Diff(args) => diff::run(spec, args, out),
        Command::Drift(args) => drift::run(spec, args, out),
        Command::Changelog(args) => changelog::run(spec, args, out),
        Command::Explain(args) => explain::run(spec, args, out),
        Command::Mock(args) => mock::run(spec, args, out),
        Command::Page(args) => page::run(args, out),
        Command::Schema(args) => schema::run(args, out),
        Command::Sign(args) => sign::sign(spec, args, out),
        Command::Verify(args) => sign::verify(spec, args, out),
        Command::Doctor(args) => doctor::run(spec, args, out),
        Command::Init(args) => init::run(args),
        Command::Completions(args) => completions::run(args, out),
    }
}

/// Reads the spec, with its diagnostics.
fn read(spec: &Path) -> Result<Loaded, Failure> {
    require_spec(payspec_model::load(spec))
}

/// Returns the spec that was read, or an error if the folder holds none.
fn require_spec(loaded: Loaded) -> Result<Loaded, Failure> {
    if loaded
        .diagnostics
        .iter()
        .any(|one| *one.code == codes::NO_SPEC)
    {
        let text = diagnostic::human(&loaded.diagnostics, &loaded.sources, false);
        return Err(Failure::NoSpec(text.trim_end().to_owned()));
    }
    Ok(loaded)
}

/// Loads a spec without errors. Only `payspec check` reports its warnings.
fn load(spec: &Path) -> Result<Model, Failure> {
    require_model(read(spec)?)
}

fn require_model(loaded: Loaded) -> Result<Model, Failure> {
    let found = &loaded.diagnostics;
    loaded.model.ok_or_else(|| {
        let text = diagnostic::human(found, &loaded.sources, false);
        Failure::Spec(text.trim_end().to_owned())
    })
}

/// Returns all operations, each with its API.
fn operations(model: &Model) -> impl Iterator<Item = (&Api, &Operation)> + Clone {
    let apis = model.apis.iter();
    apis.flat_map(|api| api.operations.iter().map(move |operation| (api, operation)))
}

fn find_operation<'m>(model: &'m Model, id: &str) -> Result<(&'m Api, &'m Operation), Failure> {
    let ids = operations(model).map(|(_, operation)| operation.id.as_str());
    model
        .operation(id)
        .ok_or_else(|| unknown("operation", id, ids))
}
