//! The coverage of a page for people at a terminal: all lines and facts, and then the open ones.

use std::io::{self, Write};

use super::show::about;
use crate::output::{bold, dim, plain, red, yellow};
use payspec_page::Span;
use payspec_page::drift::coverage::{Coverage, Fact, FactState, Line, LineState};
use unicode_width::UnicodeWidthChar as _;

pub(super) fn show(coverage: &Coverage, out: &mut impl Write) -> io::Result<()> {
    let Coverage {
        counts,
        lines,
        facts,
        stale,
        ..
    } = coverage;
    writeln!(
        out,
        "{} compared with {}",
        about(&coverage.page),
        bold(plain(&coverage.operation))
    )?;
    show_lines(lines, out)?;
    show_facts(facts, out)?;
    let file = &coverage.page.file;
    let open = lines
        .iter()
        .filter(|line| line.state == LineState::Uncaptured);
    for line in open {
        writeln!(out)?;
        let place = format!("{file}:{}", line.line);
        let (word, at) = (yellow("uncaptured"), plain(&line.at));
        writeln!(out, "{word} {} {}", at, dim(plain(&place)))?;
        writeln!(out, "        {}", plain(&line.text.replace('\n', " ")))?;
        if !line.open.is_empty() {
            writeln!(out, "        {}", yellow(carets(&line.text, &line.open)))?;
        }
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
        let text = format!("{} {}: {}", one.at, one.fingerprint, one.reason);
        writeln!(out, "{word} {}  {place}", plain(&text))?;
    }
    writeln!(out)?;
    writeln!(out, "{}", coverage.compared.words())?;
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

/// Returns a line with a caret under each character of the open parts.
fn carets(text: &str, open: &[Span]) -> String {
    let mut carets = String::new();
    for (at, char) in text.char_indices() {
        let is_open = open.iter().any(|part| (part.start..part.end).contains(&at));
        let mark = if is_open { '^' } else { ' ' };
        // Chinese characters are as wide as two others.
        let width = char.width().unwrap_or(1);
        carets.extend(std::iter::repeat_n(mark, width));
    }
    carets.truncate(carets.trim_end().len());
    carets
}

/// The number of characters that are shown of a line.
const SHOWN: usize = 60;

fn show_lines(lines: &[Line], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n{}", bold("lines of the page"))?;
    for line in lines {
        let text: String = line.text.chars().take(SHOWN).collect();
        let more = if text.len() < line.text.len() {
            "…"
        } else {
            ""
        };
        let state = format!("{:<10}", line.state.as_str());
        let state = match line.state {
            LineState::Captured => state,
            LineState::Waived | LineState::Uncaptured => yellow(state).to_string(),
            LineState::Frame | LineState::Junk => dim(state).to_string(),
        };
        write!(out, "{:>5} {state} {}{more}", line.line, plain(&text))?;
        let spec = line.states.iter().filter_map(|link| link.spec.as_deref());
        let mut places: Vec<&str> = spec.chain(line.waiver.as_deref()).collect();
        places.dedup();
        if !places.is_empty() {
            write!(out, "  {}", dim(plain(&places.join(", "))))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn show_facts(facts: &[Fact], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n{}", bold("facts of the spec"))?;
    for fact in facts {
        let state = format!("{:<19}", fact.state.as_str());
        let state = match fact.state {
            FactState::Stated => state,
            FactState::OtherSource => dim(state).to_string(),
            FactState::Unsupported => red(state).to_string(),
        };
        let what = format!("{} {} {}", fact.subject, fact.fact, fact.value);
        let lines: Vec<String> = fact.lines.iter().map(u32::to_string).collect();
        let by = match fact.state {
            FactState::Stated => format!(", by line {}", lines.join(", ")),
            FactState::OtherSource => format!(", {}", fact.sources.join(", ")),
            FactState::Unsupported => String::new(),
        };
        let place = dim(plain(&format!("{}{by}", fact.place)));
        writeln!(out, "{state} {}  {place}", plain(what.trim_end()))?;
    }
    Ok(())
}
