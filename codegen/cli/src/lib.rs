//! The `payspec` command: a thin layer over the library, with one file per command.
//!
//! Data goes to stdout, hints and progress to stderr. Exit codes: 0 success, 1 findings, 2 usage or I/O error.

mod args;
mod changelog;
mod check;
mod completions;
mod coverage;
mod credential;
mod diff;
mod docs;
mod doctor;
mod drift;
mod explain;
mod export;
mod facts;
mod failure;
mod generate;
mod generated_doc;
mod help;
mod init;
mod man;
mod mock;
mod output;
mod page;
mod policy;
mod progress;
mod project;
mod results;
mod schema;
mod settings;
mod sides;
mod sign;
mod table;
mod targets;
mod traffic;
mod validate;

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::parser::ValueSource;
use clap::{ArgMatches, FromArgMatches};

use self::args::{Cli, Command};
use self::failure::{Failure, unknown};
use self::output::{Output, tell};
use self::project::{Origin, Project};
use payspec_model::Loaded;
use payspec_model::diagnostic::{self, codes};
use payspec_model::model::{Api, Model, Operation};
use payspec_model::source::OneApi;

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
    let matches = args::command().get_matches();
    let mut cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let name = matches.subcommand_name().unwrap_or_default();
    let format = args::chosen(&cli, name).unwrap_or_else(|error| error.exit());
    output::set_verbosity(&cli.global);
    let mut out = Output::new(format, cli.global.color);
    if !output::is_quiet() {
        progress::begin(&cli.command);
    }
    let done = run(&mut cli, &matches, &mut out).and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    });
    progress::end();
    match done {
        Ok(outcome) => outcome.into(),
        // The reader closed the pipe, because it needs no more output.
        Err(Failure::Io(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            let code = failure.exit_code();
            tell(failure);
            ExitCode::from(code)
        }
    }
}

fn run(cli: &mut Cli, matches: &ArgMatches, out: &mut Output) -> Result<Outcome, Failure> {
    // These need no project, so that invalid settings do not stop them.
    match &cli.command {
        Command::Page(args) => return page::run(args, out),
        Command::Schema(args) => return schema::run(args, out),
        Command::Init(args) => return init::run(args),
        Command::Completions(args) => return completions::run(args, out),
        Command::Man(args) => return man::run(args),
        Command::Help(args) => return help::run(args),
        Command::Check(_)
        | Command::Generate(_)
        | Command::Validate(_)
        | Command::Results(_)
        | Command::Coverage(_)
        | Command::Diff(_)
        | Command::Drift(_)
        | Command::Changelog(_)
        | Command::Explain(_)
        | Command::Export(_)
        | Command::Docs(_)
        | Command::Mock(_)
        | Command::Sign(_)
        | Command::Verify(_)
        | Command::Doctor(_) => {}
    }
    let project = Project::find(named_spec(cli, matches)?)?;
    project.complete(&mut cli.command);
    on_spec(&project.spec, &cli.command, out).map_err(|failure| project.why_missing(failure))
}

/// Returns the spec folder that the command line or the environment names.
fn named_spec(cli: &Cli, matches: &ArgMatches) -> Result<Option<(PathBuf, Origin)>, Failure> {
    let path = match &cli.command {
        Command::Check(args) => args.path.as_ref(),
        Command::Generate(args) => args.path.as_ref(),
        Command::Results(args) => args.path.as_ref(),
        Command::Coverage(args) => args.path.as_ref(),
        Command::Validate(_)
        | Command::Diff(_)
        | Command::Drift(_)
        | Command::Changelog(_)
        | Command::Explain(_)
        | Command::Export(_)
        | Command::Docs(_)
        | Command::Mock(_)
        | Command::Page(_)
        | Command::Schema(_)
        | Command::Sign(_)
        | Command::Verify(_)
        | Command::Doctor(_)
        | Command::Init(_)
        | Command::Completions(_)
        | Command::Man(_)
        | Command::Help(_) => None,
    };
    let by_option = matches.value_source("spec") == Some(ValueSource::CommandLine);
    Ok(match (path, &cli.global.spec) {
        (Some(_), Some(_)) if by_option => {
            let message = "the spec is named twice: by `PATH` and by `--spec`";
            return Err(Failure::Usage(message.to_owned()));
        }
        (Some(path), _) => Some((path.clone(), Origin::CommandLine)),
        (None, Some(spec)) if by_option => Some((spec.clone(), Origin::CommandLine)),
        (None, Some(spec)) => Some((spec.clone(), Origin::Environment)),
        (None, None) => None,
    })
}

fn on_spec(spec: &Path, command: &Command, out: &mut Output) -> Result<Outcome, Failure> {
    match command {
        Command::Check(args) => check::run(spec, args, out),
        Command::Generate(args) => generate::run(spec, args, out),
        Command::Validate(args) => validate::run(&load(spec)?, args, out),
        Command::Results(args) => results::run(&load(spec)?, args, out),
        Command::Coverage(args) => coverage::run(spec, args, out),
        Command::Diff(args) => diff::run(spec, args, out),
        Command::Drift(args) => drift::run(spec, args, out),
        Command::Changelog(args) => changelog::run(spec, args, out),
        Command::Explain(args) => explain::run(spec, args, out),
        Command::Export(args) => export::run(&load(spec)?, args, out),
        Command::Docs(args) => docs::run(spec, args, out),
        Command::Mock(args) => mock::run(spec, args, out),
        Command::Sign(args) => sign::sign(spec, args, out),
        Command::Verify(args) => sign::verify(spec, args, out),
        Command::Doctor(args) => doctor::run(spec, args, out),
        Command::Page(_)
        | Command::Schema(_)
        | Command::Init(_)
        | Command::Completions(_)
        | Command::Man(_)
        | Command::Help(_) => Ok(Outcome::Fine),
    }
}

/// Reads the spec, or a single API of it, with its diagnostics.
fn read(spec: &Path) -> Result<Loaded, Failure> {
    match project::single_api(spec) {
        Some((spec, api)) => require_spec(payspec_model::load_from(&OneApi::new(spec, api))),
        None => read_whole(spec),
    }
}

/// Reads the whole spec, with its diagnostics.
fn read_whole(spec: &Path) -> Result<Loaded, Failure> {
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
