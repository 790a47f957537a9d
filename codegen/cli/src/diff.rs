//! `payspec diff`: reports what a change of the spec breaks, and for whom.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::Outcome;
use super::args::{self, Format};
use super::failure::Failure;
use super::output::{Output, note};
use super::policy;
use super::sides::{Side, at_once, at_revision, in_folder, review};
use super::traffic::tell_unread;
use payspec_codegen::generate::replace;
use payspec_model::model::Model;
use payspec_model::source::{Commit, is_modified, repository};
use payspec_review::render::{self, Cover, Texts};
use payspec_review::sections::rust::Words;
use payspec_review::traffic::{self, Input};
use payspec_review::{Level, Report, SemverBump};

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
    report.locate((&old.model, &old.sources), (&new.model, &new.sources));
    if !args.accept.is_empty() {
        let folder = args.new.as_deref().unwrap_or(spec);
        let entries = policy::entries(&report, &args.accept, folder, &args.policy)?;
        write!(out, "{entries}")?;
        return Ok(Outcome::Fine);
    }
    policy::apply(
        &mut report,
        args.new.as_deref().unwrap_or(spec),
        &args.policy,
    )?;
    if args.witness {
        report.prove(&old.model, &new.model);
    }
    let traffic = judge(&mut report, (&old.model, &new.model), args);
    let names = names(spec, args);
    let texts = Texts {
        old: &old.sources,
        new: &new.sources,
        names: [&names[0], &names[1]],
    };
    let text = match out.format {
        Format::Human => render::text(&report, args.out.is_none() && out.is_coloured()),
        Format::Json => serde_json::to_string_pretty(&report)? + "\n",
        Format::Markdown => render::markdown(&report),
        Format::Html => {
            let cover = cover(spec, args, [&old, &new])?;
            render::html(&report, &texts, &cover)
        }
        Format::Sarif => render::sarif(&report, &texts),
        Format::Github => render::github(&report, &texts),
    };
    match &args.out {
        Some(file) => {
            replace(file, &text)?;
            note(format_args!("written {}", file.display()));
        }
        None => out.write_all(text.as_bytes())?,
    }
    // A spec with errors must not be merged, whatever the change is.
    if let Some(errors) = &new.errors {
        note(format_args!("{errors}\nhelp: this is the new spec"));
    }
    let refuted = tell_of_rules(&report);
    if traffic == Outcome::Unread {
        return Ok(Outcome::Unread);
    }
    Ok(Outcome::fine_if(
        new.errors.is_none() && !refuted && !args.fail_on.is_met(&report),
    ))
}

/// Judges recorded messages by both specs, if there are any, and adds the results to the report.
fn judge(report: &mut Report, (old, new): (&Model, &Model), args: &args::Diff) -> Outcome {
    if args.traffic.is_empty() {
        return Outcome::Fine;
    }
    let input = Input::new(&args.traffic);
    let threads = args.threads.unwrap_or_else(traffic::all_cores);
    let held = traffic::hold(old, new, &input, threads);
    let judged = held.traffic.judged;
    report.add_traffic(held.traffic, &held.recorded);
    tell_unread(&held.unread, judged)
}

/// Returns the names of the two specs in a report.
fn names(spec: &Path, args: &args::Diff) -> [String; 2] {
    let folder = |path: &Path| path.display().to_string();
    let new = folder(args.new.as_deref().unwrap_or(spec));
    let old = match (&args.against, &args.old) {
        (Some(revision), _) => revision.clone(),
        (None, Some(old)) => folder(old),
        (None, None) => new.clone(),
    };
    [old, new]
}

/// Returns the cover of the HTML report. Its date is that of `--today`, or else that of the newest compared
/// commit. Two folders without a date get the clock's date.
fn cover(spec: &Path, args: &args::Diff, sides: [&Side; 2]) -> Result<Cover, Failure> {
    let errors = sides.map(|side| side.errors.clone());
    let new = args.new.as_deref().unwrap_or(spec);
    let folder = || {
        let name = fs::canonicalize(new).ok();
        let name = name.as_deref().unwrap_or(new).file_name();
        name.map_or_else(
            || new.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        )
    };
    let given = policy::day(&args.policy)?;
    let Some(revision) = &args.against else {
        return Ok(Cover {
            name: folder(),
            date: given.unwrap_or_else(policy::today),
            commits: Default::default(),
            errors,
        });
    };
    // The folder may be gone or not committed: then the cover names no commit.
    let [old, head] = [revision.as_str(), "HEAD"].map(|revision| Commit::of(spec, revision));
    let shown = |commit: &Option<Commit>| {
        let shown = commit
            .as_ref()
            .map(|Commit { hash, date }| format!("{hash}, {date}"));
        shown.unwrap_or_default()
    };
    let mut commits = [shown(&old), shown(&head)];
    if is_modified(spec) && !commits[1].is_empty() {
        commits[1] += ", with uncommitted changes";
    }
    let newest = old.into_iter().chain(head).map(|commit| commit.date).max();
    Ok(Cover {
        name: repository(spec).unwrap_or_else(folder),
        date: given.or(newest).unwrap_or_else(policy::today),
        commits,
        errors,
    })
}

/// Prints an error if the generated code contradicts the rules. Returns whether it does.
fn tell_of_rules(report: &Report) -> bool {
    let words = report.generated.as_ref().map(|generated| &generated.words);
    match words {
        Some(Words::Refuted { module }) => {
            note(format_args!(
                "error: the rules found only changes of wording, but the generated code differs in `{module}`\n\
                 help: this is a bug in payspec, and the report understates the change; please report it"
            ));
            true
        }
        Some(Words::Proved | Words::NotOnly) | None => false,
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
            args::FailOn::Major => report.summary.open_rust >= SemverBump::Major,
            args::FailOn::Minor => report.summary.open_rust >= SemverBump::Minor,
            args::FailOn::Any => worst.is_some(),
            args::FailOn::Never => false,
        }
    }
}
