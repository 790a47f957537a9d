//! Parts of an explanation for people.

use std::io::{self, Write};

use crate::facts::{DisputeFact, SourceFact};
use crate::output::{bold, dim, plain};

/// The width of prose, in columns.
const WIDTH: usize = 100;

/// Writes a dispute, with its sides and the reason for the side that the spec takes.
pub(crate) fn write_dispute(out: &mut impl Write, dispute: &DisputeFact<'_>) -> io::Result<()> {
    writeln!(
        out,
        "{} {}",
        bold(format!("dispute {}", dispute.id)),
        dim(format!("({})", dispute.place))
    )?;
    paragraph(out, "  ", dispute.question)?;
    for side in &dispute.sides {
        let mark = if side.taken { "*" } else { "-" };
        paragraph(out, &format!("  {mark} "), side.says)?;
        for source in &side.sources {
            writeln!(out, "      {}", dim(cite(source)))?;
        }
    }
    paragraph(out, "  because: ", dispute.because)?;
    writeln!(out, "  {}", dim(&dispute.spec))
}

pub(super) fn cite(source: &SourceFact<'_>) -> String {
    format!(
        "{}, {} [{}]",
        plain(source.title),
        plain(source.date),
        plain(source.tag)
    )
}

pub(super) fn heading(out: &mut impl Write, text: &str, empty: bool) -> io::Result<()> {
    if empty {
        Ok(())
    } else {
        writeln!(out, "\n{}", bold(text))
    }
}

/// Writes a text after a first indent and wraps it between words. Further lines are aligned with the first one.
pub(super) fn paragraph(out: &mut impl Write, first: &str, text: &str) -> io::Result<()> {
    let width = WIDTH.saturating_sub(first.chars().count()).max(40);
    let mut indent = first.to_owned();
    for line in text.lines() {
        let mut room = width;
        write!(out, "{indent}")?;
        let mut gap = "";
        for word in line.split(' ') {
            let length = word.chars().count() + gap.len();
            if length > room && !gap.is_empty() {
                write!(out, "\n{}", " ".repeat(first.chars().count()))?;
                room = width;
                gap = "";
            }
            write!(out, "{gap}{}", plain(word))?;
            room = room.saturating_sub(length);
            gap = " ";
        }
        writeln!(out)?;
        indent = " ".repeat(first.chars().count());
    }
    Ok(())
}
