//! `payspec diff`: what a change of the spec means, and to whom.

use std::io::{self, Write};
use std::path::Path;

use super::Outcome;
use super::args;
use super::failure::Failure;
use super::output::{Output, bold, dim, green, note, plain, red, yellow};
use super::policy;
use super::sides::{Side, at_once, at_revision, in_folder};
use crate::diff::report::{Entry, Said};
use crate::diff::sections::rust::Words;
use crate::diff::{Level, Report, Rust};

/// A value longer than this is cut in the report for people.
const SHOWN: usize = 100;

pub(super) fn run(spec: &Path, args: &args::Diff, out: &mut Output) -> Result<Outcome, Failure> {
    let (old, new) = match (&args.against, &args.old, &args.new) {
        (Some(revision), None, None) => {
            at_once(|| at_revision(spec, revision), || in_folder(spec))?
        }
        (None, Some(old), Some(new)) => at_once(|| in_folder(old), || in_folder(new))?,
        (None, Some(old), None) => at_once(|| in_folder(old), || in_folder(spec))?,
        _ => {
            let help = "name the old and the new spec folder, or a revision with `--against`";
            return Err(Failure::Usage(help.to_owned()));
        }
    };
    let mut report = review(&old, &new)?;
    if !args.accept.is_empty() {
        write!(out, "{}", policy::entries(&report, &args.accept)?)?;
        return Ok(Outcome::Fine);
    }
    policy::apply(
        &mut report,
        args.new.as_deref().unwrap_or(spec),
        &args.policy,
    )?;
    if out.is_json() {
        out.json(&report)?;
    } else {
        show(&report, out)?;
    }
    // What cannot be built is not to be merged, whatever it changes.
    if let Some(errors) = &new.errors {
        note(format_args!("{errors}\nhelp: this is the new spec"));
    }
    let refuted = tell_of_rules(&report);
    Ok(Outcome::fine_if(
        new.errors.is_none() && !refuted && !args.fail_on.is_met(&report),
    ))
}

/// Compares two specs, and what is generated from them where both can be built.
fn review(old: &Side, new: &Side) -> Result<Report, Failure> {
    let sound = old.errors.is_none() && new.errors.is_none();
    if !sound {
        return Ok(Report::new(&old.model, &new.model));
    }
    let report = Report::with_generated(&old.model, &new.model);
    report.map_err(|error| Failure::Generate(error.into()))
}

/// Says aloud that the generated code contradicts the rules; whether it does.
fn tell_of_rules(report: &Report) -> bool {
    let words = report.generated.as_ref().map(|generated| &generated.words);
    match words {
        Some(Words::Refuted { module }) => {
            note(format_args!(
                "error: by the rules only words changed, yet the generated code differs in `{module}`\n\
                 help: this is a mistake in payspec; the report understates the change, please tell its makers"
            ));
            true
        }
        Some(Words::Proved | Words::NotOnly) | None => false,
    }
}

fn show(report: &Report, out: &mut Output) -> io::Result<()> {
    let summary = &report.summary;
    if report.findings.is_empty() {
        return writeln!(out, "{}", green("nothing changed"));
    }
    let counts = Level::ALL
        .iter()
        .filter_map(|level| Some(format!("{} {level}", summary.levels.get(level)?)));
    let total = report.findings.len();
    let changes = if total == 1 { "change" } else { "changes" };
    let counts: Vec<String> = counts.collect();
    writeln!(out, "{} {changes}: {}", bold(total), counts.join(", "))?;
    writeln!(out, "in Rust: {}", summary.rust.as_str())?;
    let mut operations: Vec<Option<&str>> = Vec::new();
    for finding in &report.findings {
        let operation = finding.operation.as_deref();
        if !operations.contains(&operation) {
            operations.push(operation);
        }
    }
    for operation in operations {
        writeln!(out)?;
        writeln!(out, "{}", bold(plain(operation.unwrap_or("the whole API"))))?;
        let mine = report.findings.iter();
        for finding in mine.filter(|one| one.operation.as_deref() == operation) {
            entry(finding, out)?;
        }
    }
    Ok(())
}

fn entry(finding: &Entry, out: &mut Output) -> io::Result<()> {
    let level = format!("{:<10}", finding.level);
    match finding.level {
        Level::Money | Level::Breaking => write!(out, "  {}", red(level))?,
        Level::Risky => write!(out, "  {}", yellow(level))?,
        Level::Compatible => write!(out, "  {}", green(level))?,
        Level::Text => write!(out, "  {}", dim(level))?,
    }
    let (first, more) = match finding.places.as_slice() {
        [first, more @ ..] => (first.as_str(), more.len()),
        [] => ("", 0),
    };
    write!(out, " {}: {}", plain(first), finding.title)?;
    if more > 0 {
        write!(out, " (and at {more} more places)")?;
    }
    writeln!(out, " {}", dim(format_args!("[{}]", finding.rule)))?;
    if let Some(accepted) = &finding.accepted {
        let told = format!(
            "accepted by {} until {}: {}",
            accepted.owner, accepted.expires, accepted.reason
        );
        writeln!(
            out,
            "             {}  {}",
            plain(&told),
            dim(plain(&accepted.spec))
        )?;
    }
    for (sign, said) in [('-', &finding.old), ('+', &finding.new)] {
        if let Some(Said { value, spec }) = said {
            writeln!(
                out,
                "             {sign} {}  {}",
                plain(&cut(value)),
                dim(plain(spec))
            )?;
        }
    }
    let wire = &finding.wire;
    if finding.level > Level::Text {
        let told = format!(
            "old callers: {}, new callers at an old provider: {}, Rust: {}",
            wire.old_caller.as_str(),
            wire.new_caller.as_str(),
            finding.rust.as_str()
        );
        writeln!(out, "             {}", dim(told))?;
    }
    Ok(())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl args::FailOn {
    fn is_met(self, report: &Report) -> bool {
        let worst = report.summary.open;
        let level = |least| worst.is_some_and(|level| level >= least);
        match self {
            args::FailOn::Money => level(Level::Money),
            args::FailOn::Breaking => level(Level::Breaking),
            args::FailOn::Risky => level(Level::Risky),
            args::FailOn::Major => report.summary.open_rust >= Rust::Major,
            args::FailOn::Minor => report.summary.open_rust >= Rust::Minor,
            args::FailOn::Any => worst.is_some(),
            args::FailOn::Never => false,
        }
    }
}
