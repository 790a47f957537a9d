//! The output formats, and which command prints which.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{CommandFactory, ValueEnum};

use super::{Cli, Command};

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
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

/// The formats that every command prints.
const COMMON: &[Format] = &[Format::Human, Format::Json];

/// The commands that print more formats, by name. The first format is the default.
const FORMATS: &[(&str, &[Format])] = &[
    (
        "check",
        &[Format::Human, Format::Json, Format::Sarif, Format::Github],
    ),
    (
        "diff",
        &[
            Format::Human,
            Format::Json,
            Format::Markdown,
            Format::Html,
            Format::Sarif,
            Format::Github,
        ],
    ),
    (
        "drift",
        &[Format::Human, Format::Json, Format::Markdown, Format::Html],
    ),
    ("page", &[Format::Json, Format::Human]),
];

/// Commands whose output has a single form.
const WITHOUT: &[&str] = &[
    "completions",
    "docs",
    "export",
    "help",
    "init",
    "man",
    "schema",
];

/// Returns the formats of a command; the first one is its default.
fn formats(command: &str) -> &'static [Format] {
    let found = FORMATS.iter().find(|(name, _)| *name == command);
    found.map_or(COMMON, |(_, formats)| formats)
}

fn names(formats: &[Format]) -> impl Iterator<Item = String> + Clone {
    let values = formats.iter().filter_map(Format::to_possible_value);
    values.map(|value| value.get_name().to_owned())
}

/// Returns the command line. To what clap derives it adds what all commands have in common: the formats of
/// each one, and `-o` for `--out`.
pub(crate) fn command() -> clap::Command {
    Cli::command().mut_subcommands(|command| {
        let has_out = command.get_arguments().any(|arg| arg.get_id() == "out");
        let command = match has_out {
            true => command.mut_arg("out", |out| out.short('o')),
            false => command,
        };
        with_formats(command)
    })
}

/// Replaces the global `--format` by one that takes the formats of this command.
fn with_formats(command: clap::Command) -> clap::Command {
    let name = command.get_name().to_owned();
    let global = Cli::command();
    let Some(global) = global.get_arguments().find(|arg| arg.get_id() == "format") else {
        return command;
    };
    let own = formats(&name);
    let values = own.iter().filter_map(Format::to_possible_value);
    let parser = PossibleValuesParser::new(values).try_map(|word| Format::from_str(&word, false));
    let mut arg = global.clone().global(false).value_parser(parser);
    if WITHOUT.contains(&name.as_str()) {
        arg = arg.hide(true);
    } else {
        let default = names(own).next().unwrap_or_default();
        arg = arg
            .help(format!("Output format [default: {default}]"))
            .hide_possible_values(false);
    }
    command.arg(arg)
}

/// Returns the format to print: the one that was asked for, or the default of the command.
///
/// # Errors
///
/// With an error of the command line when the command does not print the format. Clap has refused such a format
/// behind the name of the command, but not before it.
pub(crate) fn chosen(cli: &Cli, name: &str) -> Result<Format, clap::Error> {
    let own = formats(name);
    let Some(format) = cli.global.format else {
        return Ok(own.first().copied().unwrap_or(Format::Human));
    };
    let coverage_only =
        format == Format::Html && matches!(&cli.command, Command::Drift(drift) if !drift.coverage);
    if own.contains(&format) && !coverage_only {
        return Ok(format);
    }
    let usable = own.iter().copied();
    let usable: Vec<Format> = usable
        .filter(|one| !(coverage_only && *one == format))
        .collect();
    let usable: Vec<String> = names(&usable).collect();
    let wanted: String = names(&[format]).collect();
    let without = if coverage_only {
        " without `--coverage`"
    } else {
        ""
    };
    Err(command().error(
        clap::error::ErrorKind::ValueValidation,
        format_args!(
            "`payspec {name}` does not support `--format {wanted}`{without}; expected one of: {}",
            usable.join(", ")
        ),
    ))
}
