//! `payspec diff`: reports what a change of the spec breaks, and for whom.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::Outcome;
use super::args::{self, Format};
use super::failure::Failure;
use super::output::{Output, note, tell};
use super::policy;
use super::sides::{Side, at_once, review};
use super::targets::{Target, Targets};
use super::traffic::tell_unread;
use payspec_codegen::generate::replace;
use payspec_model::model::Model;
use payspec_model::source::{Commit, repository};
use payspec_review::render::{self, Cover, Texts};
use payspec_review::sections::rust::Words;
use payspec_review::traffic::{self, Input};
use payspec_review::{Level, Report, SemverBump};

pub(super) fn run(spec: &Path, args: &args::Diff, out: &mut Output) -> Result<Outcome, Failure> {
    let targets = Targets::find(spec, args)?;
    let (old, new) = at_once(|| targets.old.read(), || targets.new.read())?;
    let mut report = review(&old, &new)?;
    report.locate((&old.model, &old.sources), (&new.model, &new.sources));
    if !args.accept.is_empty() {
        let folder = targets.new.folder();
        let entries = policy::entries(&report, &args.accept, folder, &args.policy)?;
        write!(out, "{entries}")?;
        return Ok(Outcome::Fine);
    }
    policy::apply(&mut report, targets.new.folder(), &args.policy)?;
    if args.witness {
        report.prove(&old.model, &new.model);
    }
    let traffic = judge(&mut report, (&old.model, &new.model), args);
    let names = [targets.old.name(), targets.new.name()];
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
            let cover = cover(&targets, args, [&old, &new])?;
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
        tell(format_args!("{errors}\nhelp: this is the new spec"));
    }
    let refuted = tell_of_rules(&report);
    if traffic == Outcome::Unread {
        return Ok(Outcome::Unread);
    }
    let level = args.fail_on.unwrap_or(args::FailOn::Breaking);
    Ok(Outcome::fine_if(
        new.errors.is_none() && !refuted && !level.is_met(&report),
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

/// Returns the cover of the HTML report. Its date is that of `--today`, or else that of the newest compared
/// commit. Two folders without a date get the clock's date.
fn cover(targets: &Targets, args: &args::Diff, sides: [&Side; 2]) -> Result<Cover, Failure> {
    let errors = sides.map(|side| side.errors.clone());
    let new = targets.new.folder();
    let folder = || {
        let name = fs::canonicalize(new).ok();
        let name = name.as_deref().unwrap_or(new).file_name();
        name.map_or_else(
            || new.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        )
    };
    let given = policy::day(&args.policy)?;
    if !targets.with_revision() {
        return Ok(Cover {
            name: folder(),
            date: given.unwrap_or_else(policy::today),
            commits: Default::default(),
            errors,
        });
    }
    // The folder may be gone or not committed: then the cover names no commit.
    let commits = [&targets.old, &targets.new].map(Target::commit);
    let shown = |commit: &Option<Commit>| {
        let shown = commit
            .as_ref()
            .map(|Commit { hash, date }| format!("{hash}, {date}"));
        shown.unwrap_or_default()
    };
    let mut texts = commits.each_ref().map(shown);
    if targets.new.is_modified() && !texts[1].is_empty() {
        texts[1] += ", with uncommitted changes";
    }
    let newest = commits
        .into_iter()
        .flatten()
        .map(|commit| commit.date)
        .max();
    Ok(Cover {
        name: repository(new).unwrap_or_else(folder),
        date: given.or(newest).unwrap_or_else(policy::today),
        commits: texts,
        errors,
    })
}

/// Prints an error if the generated code contradicts the rules. Returns whether it does.
fn tell_of_rules(report: &Report) -> bool {
    let words = report.generated.as_ref().map(|generated| &generated.words);
    match words {
        Some(Words::Refuted { module }) => {
            tell(format_args!(
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
