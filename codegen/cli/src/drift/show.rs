//! Reports of drift for people at a terminal.

use std::io::{self, Write};

use crate::output::{bold, dim, green, plain, red, yellow};
use payspec_page::drift::rules::Level;
use payspec_page::drift::{Changes, Drift, Match, PageInfo, Statement};

pub(super) fn show(drift: &Drift, out: &mut impl Write) -> io::Result<()> {
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
        writeln!(out, "        {}", dim(format!("help: {}", finding.help)))?;
    }
    if !drift.known.is_empty() {
        writeln!(out)?;
        writeln!(
            out,
            "{}",
            bold("known differences, recorded in the spec as disputes")
        )?;
        for known in &drift.known {
            let finding = &known.finding;
            writeln!(out, "  {}: {}", plain(&finding.subject), finding.title)?;
            let says = |side: &Option<Statement>| {
                side.as_ref()
                    .map_or("nothing".to_owned(), |said| plain(&said.value))
            };
            let (page, spec) = (says(&finding.page), says(&finding.spec));
            let text = format!(
                "page {page}, spec {spec}; {} at {}",
                known.dispute, known.place
            );
            writeln!(out, "      {}", dim(plain(&text)))?;
        }
    }
    writeln!(out)?;
    writeln!(out, "{}", drift.compared.words())?;
    if drift.findings.is_empty() {
        writeln!(out, "{}", green("what was compared agrees"))?;
    } else {
        let counts = counts(drift.findings.iter().map(|finding| finding.level));
        writeln!(out, "{}", bold(counts))?;
    }
    if drift.unread > 0 {
        let lines = if drift.unread == 1 { "line" } else { "lines" };
        let text = format!("{} {lines} not understood: see `--coverage`", drift.unread);
        writeln!(out, "{}", yellow(text))?;
    }
    if drift.partly_read > 0 {
        let count = drift.partly_read;
        let lines = if count == 1 { "line" } else { "lines" };
        let text = format!("{count} {lines} understood in part: see `--coverage`");
        writeln!(out, "{}", yellow(text))?;
    }
    Ok(())
}

pub(super) fn show_changes(changes: &Changes, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", about(&changes.old))?;
    writeln!(out, "{}", about(&changes.new))?;
    show_matches(&changes.matches, out)?;
    for change in &changes.changes {
        let sides = [("old", &change.old), ("new", &change.new)];
        let head = (change.level, change.subject.as_str(), change.title);
        entry(head, change.rule, sides, change.perhaps.as_deref(), out)?;
    }
    writeln!(out)?;
    writeln!(out, "{}", changes.compared.words())?;
    if changes.changes.is_empty() {
        writeln!(out, "{}", green("nothing changed"))
    } else {
        let counts = counts(changes.changes.iter().map(|change| change.level));
        writeln!(out, "{}", bold(counts))
    }
}

/// Describes a page on one line.
pub(super) fn about(page: &PageInfo) -> String {
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
        let text = format!(
            "`{name}` at {place} was matched with {field} by its {}",
            matched_by.as_str()
        );
        writeln!(out, "{}", dim(plain(&text)))?;
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
            None => writeln!(out, "        {side} {}", dim("does not state it"))?,
        }
    }
    if let Some(name) = perhaps {
        writeln!(out, "        possibly the same as {}", plain(name))?;
    }
    Ok(())
}

/// Counts levels in words: `2 errors, 1 warning`.
fn counts(levels: impl Iterator<Item = Level>) -> String {
    let levels: Vec<Level> = levels.collect();
    let counts = Level::ALL.iter().filter_map(|level| {
        let count = levels.iter().filter(|one| *one == level).count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {level}{plural}"))
    });
    counts.collect::<Vec<_>>().join(", ")
}
