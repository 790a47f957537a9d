//! `payspec drift`: a provider's page held against the spec, or against an older copy.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::args::{self, Format};
use super::failure::Failure;
use super::output::{Output, bold, dim, green, note, plain, red, yellow};
use super::{Outcome, load};
use crate::drift::coverage::{Coverage, FactState, LineState};
use crate::drift::draft;
use crate::drift::rules::Level;
use crate::drift::{self, Changes, Copy, Drift, FindError, Hints, Match, PageInfo, Statement};
use crate::generate::replace;
use crate::model::Model;
use crate::page::{self, Page};

pub(super) fn run(spec: &Path, args: &args::Drift, out: &mut Output) -> Result<Outcome, Failure> {
    let page = read(&args.page)?;
    let name = args.page.to_string_lossy();
    let copy = Copy {
        name: &name,
        page: &page,
    };
    if let Some(file) = &args.new {
        let (new, name) = (read(file)?, file.to_string_lossy());
        let newer = Copy {
            name: &name,
            page: &new,
        };
        let changes = Changes::new(copy, newer).map_err(unfound)?;
        let text = match out.format {
            Format::Json => json(&changes)?,
            Format::Markdown => drift::changes_markdown(&changes),
            // The others are refused before.
            Format::Human | Format::Html | Format::Sarif | Format::Github => {
                shown(|out| show_changes(&changes, out))?
            }
        };
        write(&text, args, out)?;
        return Ok(Outcome::fine_if(!changes.is_change()));
    }
    if let Some(file) = &args.write_draft {
        return write_draft(spec, copy, args, file);
    }
    let model = load(spec)?;
    let hints = Hints {
        operation: args.operation.as_deref(),
        source: args.source.as_deref(),
    };
    if args.coverage {
        let coverage = Coverage::new(&model, copy, hints).map_err(unfound)?;
        let text = match out.format {
            Format::Json => json(&coverage)?,
            Format::Html => drift::coverage_html(&coverage),
            Format::Human | Format::Markdown | Format::Sarif | Format::Github => {
                shown(|out| show_coverage(&coverage, out))?
            }
        };
        write(&text, args, out)?;
        return Ok(Outcome::fine_if(coverage.is_whole()));
    }
    let drift = Drift::new(&model, copy, hints).map_err(unfound)?;
    let text = match out.format {
        Format::Json => json(&drift)?,
        Format::Markdown => drift::drift_markdown(&drift),
        Format::Human | Format::Html | Format::Sarif | Format::Github => {
            shown(|out| show(&drift, out))?
        }
    };
    write(&text, args, out)?;
    Ok(Outcome::fine_if(!drift.is_drift()))
}

/// Writes what the page has and the spec has not.
fn write_draft(
    spec: &Path,
    copy: Copy<'_>,
    args: &args::Drift,
    file: &Path,
) -> Result<Outcome, Failure> {
    let model = match load(spec) {
        Err(Failure::NoSpec(_)) => Model::default(),
        loaded => loaded?,
    };
    let hints = Hints {
        operation: args.operation.as_deref(),
        source: args.source.as_deref(),
    };
    let files = draft::draft(&model, copy, hints, file)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let taken = files.iter().find(|file| file.path.exists());
    if let (Some(taken), false) = (taken, args.force) {
        return Err(Failure::Usage(format!(
            "{} exists already, and nothing was written\nhelp: choose another file, or overwrite it with `--force`",
            taken.path.display()
        )));
    }
    for file in &files {
        replace(&file.path, &file.text)?;
        note(format_args!("written {}", file.path.display()));
    }
    if files.is_empty() {
        note("nothing is missing in the spec");
    }
    Ok(Outcome::Fine)
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

/// What is shown at a terminal, in colours.
fn shown(show: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<String> {
    let mut text = Vec::new();
    show(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Writes a report to where it was asked for.
fn write(text: &str, args: &args::Drift, out: &mut Output) -> Result<(), Failure> {
    let Some(file) = &args.out else {
        return Ok(out.write_all(text.as_bytes())?);
    };
    replace(file, &anstream::adapter::strip_str(text).to_string())?;
    note(format_args!("written {}", file.display()));
    Ok(())
}

/// The most bytes that a page may have.
const LIMIT: u64 = 16 * 1024 * 1024;

fn read(file: &Path) -> Result<Page, Failure> {
    let size = fs::metadata(file).map_err(Failure::of(file))?.len();
    if size > LIMIT {
        return Err(Failure::Usage(format!(
            "{} has more than 16 MiB: that is no page",
            file.display()
        )));
    }
    let bytes = fs::read(file).map_err(Failure::of(file))?;
    page::read_bytes(&bytes).map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))
}

fn unfound(error: FindError) -> Failure {
    Failure::Usage(error.to_string())
}

fn show(drift: &Drift, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{} against {}",
        about(&drift.page),
        bold(plain(&drift.operation))
    )?;
    show_matches(&drift.matches, out)?;
    for finding in &drift.findings {
        let sides = [("page", &finding.page), ("spec", &finding.spec)];
        let head = (finding.level, finding.subject.as_str(), finding.title);
        entry(head, finding.rule, sides, finding.perhaps.as_deref(), out)?;
    }
    if !drift.known.is_empty() {
        writeln!(out)?;
        writeln!(out, "{}", bold("known, and ruled on in the spec"))?;
        for known in &drift.known {
            let finding = &known.finding;
            writeln!(out, "  {}: {}", plain(&finding.subject), finding.title)?;
            let says = |side: &Option<Statement>| {
                side.as_ref()
                    .map_or("nothing".to_owned(), |said| plain(&said.value))
            };
            let (page, spec) = (says(&finding.page), says(&finding.spec));
            let told = format!(
                "page {page}, spec {spec}; {} at {}",
                known.dispute, known.place
            );
            writeln!(out, "      {}", dim(plain(&told)))?;
        }
    }
    writeln!(out)?;
    if drift.findings.is_empty() {
        writeln!(out, "{}", green("the page and the spec agree"))?;
    } else {
        let counts = counts(drift.findings.iter().map(|finding| finding.level));
        writeln!(out, "{}", bold(counts))?;
    }
    if drift.unread > 0 {
        let lines = if drift.unread == 1 { "line" } else { "lines" };
        let told = format!("{} {lines} not understood: see `--coverage`", drift.unread);
        writeln!(out, "{}", yellow(told))?;
    }
    Ok(())
}

fn show_changes(changes: &Changes, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", about(&changes.old))?;
    writeln!(out, "{}", about(&changes.new))?;
    show_matches(&changes.matches, out)?;
    for change in &changes.changes {
        let sides = [("old", &change.old), ("new", &change.new)];
        let head = (change.level, change.subject.as_str(), change.title);
        entry(head, change.rule, sides, change.perhaps.as_deref(), out)?;
    }
    writeln!(out)?;
    if changes.changes.is_empty() {
        writeln!(out, "{}", green("nothing changed"))
    } else {
        let counts = counts(changes.changes.iter().map(|change| change.level));
        writeln!(out, "{}", bold(counts))
    }
}

fn show_coverage(coverage: &Coverage, out: &mut impl Write) -> io::Result<()> {
    let Coverage {
        counts,
        lines,
        facts,
        stale,
        ..
    } = coverage;
    writeln!(
        out,
        "{} beside {}",
        about(&coverage.page),
        bold(plain(&coverage.operation))
    )?;
    let file = &coverage.page.file;
    let open = lines
        .iter()
        .filter(|line| line.state == LineState::Uncaptured);
    for line in open {
        writeln!(out)?;
        let place = format!("{file}:{}", line.line);
        let (word, at) = (yellow("uncaptured"), plain(&line.at));
        writeln!(out, "{word} {} {}", at, dim(plain(&place)))?;
        writeln!(out, "        {}", plain(&line.text))?;
        if let Some(why) = &line.why {
            writeln!(out, "        {}", plain(why))?;
        }
        let waiver = format!("waive it at `{}` as {}", line.at, line.fingerprint);
        writeln!(out, "        {}", dim(plain(&waiver)))?;
    }
    let lost = facts
        .iter()
        .filter(|fact| fact.state == FactState::Unsupported);
    for fact in lost {
        writeln!(out)?;
        let what = format!("{} {}", fact.subject, fact.fact);
        let (word, place) = (red("unsupported"), dim(plain(&fact.place)));
        writeln!(
            out,
            "{word} {} {}  {place}",
            plain(&what),
            plain(&fact.value)
        )?;
        if let Some(became) = &fact.became {
            writeln!(out, "        {}", plain(became))?;
        }
    }
    for one in stale {
        writeln!(out)?;
        let (word, place) = (yellow("stale waiver"), dim(plain(&one.place)));
        let told = format!("{} {}: {}", one.at, one.fingerprint, one.reason);
        writeln!(out, "{word} {}  {place}", plain(&told))?;
    }
    writeln!(out)?;
    writeln!(
        out,
        "lines: {} captured, {} waived, {} uncaptured",
        counts.captured, counts.waived, counts.uncaptured
    )?;
    writeln!(
        out,
        "facts: {} stated by the page, {} from other sources, {} unsupported",
        counts.stated, counts.other_source, counts.unsupported
    )
}

/// A page in a line.
fn about(page: &PageInfo) -> String {
    let mut about = plain(&page.file);
    if let Some(title) = &page.title {
        about += &format!(" `{}`", plain(title));
    }
    if let Some(date) = &page.date {
        about += &format!(" of {}", plain(date));
    }
    about
}

fn show_matches(matches: &[Match], out: &mut impl Write) -> io::Result<()> {
    for one in matches {
        let Match {
            name,
            place,
            field,
            matched_by,
        } = one;
        let told = format!(
            "`{name}` at {place} is {field}, by its {}",
            matched_by.as_str()
        );
        writeln!(out, "{}", dim(plain(&told)))?;
    }
    Ok(())
}

fn entry(
    (level, subject, title): (Level, &str, &str),
    rule: &str,
    sides: [(&str, &Option<Statement>); 2],
    perhaps: Option<&str>,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out)?;
    let word = format!("{level:<7}");
    match level {
        Level::Error => write!(out, "{}", red(word))?,
        Level::Warning => write!(out, "{}", yellow(word))?,
        Level::Note => write!(out, "{}", dim(word))?,
    }
    let rule = dim(format!("[{rule}]"));
    writeln!(out, " {}: {title} {rule}", plain(subject))?;
    for (side, said) in sides {
        match said {
            Some(Statement { value, place }) => {
                writeln!(
                    out,
                    "        {side} {}  {}",
                    plain(value),
                    dim(plain(place))
                )?;
            }
            None => writeln!(out, "        {side} {}", dim("says nothing"))?,
        }
    }
    if let Some(name) = perhaps {
        writeln!(out, "        perhaps the same as {}", plain(name))?;
    }
    Ok(())
}

/// `2 errors, 1 warning`.
fn counts(levels: impl Iterator<Item = Level>) -> String {
    let levels: Vec<Level> = levels.collect();
    let counts = Level::ALL.iter().filter_map(|level| {
        let count = levels.iter().filter(|one| *one == level).count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {level}{plural}"))
    });
    counts.collect::<Vec<_>>().join(", ")
}
