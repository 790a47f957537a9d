//! Writes the report for a terminal.

use std::fmt::{self, Display, Write};

use anstyle::{AnsiColor, Style};

use super::section::Section;
use super::sections::sections;
use super::traffic::recorded;
use super::words::{
    NOTHING, both, counts, few, groups, headlines, meaning, parts, places, rulings, tone, values,
    witnessed,
};
use crate::report::{Entry, Report};
use crate::sections::Mark;
use crate::sections::proof::Proof;
use payspec_model::counted;
use payspec_report::{Tone, plain};

/// Writes the report for a terminal, with colours if `colours` is set.
pub fn text(report: &Report, colours: bool) -> String {
    let mut out = Writer {
        text: String::new(),
        colours,
    };
    // Writing into a String does not fail.
    let _ = out.report(report);
    out.text
}

/// The indentation of the lines of a finding.
const INDENT: &str = "             ";

struct Writer {
    text: String,
    colours: bool,
}

/// A text in a style, or unstyled.
struct Painted<T>(Style, T);

impl<T: Display> Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Painted(style, text) = self;
        write!(f, "{style}{text}{style:#}")
    }
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

const fn style(tone: Tone) -> Style {
    match tone {
        Tone::Quiet => DIM,
        Tone::Good => AnsiColor::Green.on_default().bold(),
        Tone::Warn => AnsiColor::Yellow.on_default().bold(),
        Tone::Bad => AnsiColor::Red.on_default().bold(),
        Tone::Worst => AnsiColor::Magenta.on_default().bold(),
    }
}

impl Writer {
    fn paint<T>(&self, style: Style, text: T) -> Painted<T> {
        let style = if self.colours { style } else { Style::new() };
        Painted(style, text)
    }

    fn report(&mut self, report: &Report) -> fmt::Result {
        if report.findings.is_empty() {
            let nothing = self.paint(style(Tone::Good), NOTHING);
            writeln!(self.text, "{nothing}")?;
        } else {
            let [changed, who, next] = headlines(report);
            let changed = self.paint(BOLD, changed);
            writeln!(self.text, "{changed}\n{}\n{}", plain(&who), plain(&next))?;
        }
        for (name, entries) in groups(report) {
            let name = self.paint(BOLD, plain(name));
            let counts = self.paint(DIM, counts(entries.iter().copied()));
            writeln!(self.text, "\n{name}  {counts}")?;
            for entry in entries {
                self.entry(entry)?;
            }
        }
        if let Some(counted) = witnessed(report) {
            writeln!(self.text, "\n{counted}")?;
        }
        for section in sections(report) {
            self.section(&section)?;
        }
        if let Some(entry) = report.findings.first() {
            let hint = format!("`payspec explain {}` explains the rule", entry.rule);
            let hint = self.paint(DIM, plain(&hint));
            writeln!(self.text, "\n{hint}")?;
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Entry) -> fmt::Result {
        let level = self.paint(style(tone(entry.level)), format!("{:<10}", entry.level));
        let rule = self.paint(DIM, format!("[{}]", entry.rule));
        let (first, more) = places(entry);
        writeln!(
            self.text,
            "  {level} {}: {} {rule}",
            plain(first),
            entry.title
        )?;
        self.values(entry)?;
        if !more.is_empty() {
            self.line(format_args!("also: {}", plain(&few(more).join("; "))))?;
        }
        if let Some(parts) = parts(entry) {
            self.line(format_args!("with {}", plain(&parts)))?;
        }
        let meaning = meaning(entry);
        if !meaning.is_empty() {
            let meaning = self.paint(DIM, meaning);
            self.line(meaning)?;
        }
        if let Some(recorded) = recorded(entry) {
            self.line(recorded)?;
        }
        for ruling in rulings(entry) {
            let ruling = self.paint(style(Tone::Good), plain(&ruling));
            self.line(ruling)?;
        }
        for proof in &entry.witnesses {
            self.proof(proof)?;
        }
        if let Some(reason) = entry.unseen {
            self.line(format_args!("no witness: {reason}"))?;
        }
        Ok(())
    }

    /// Writes `old → new` if both are short, else one line each.
    fn values(&mut self, entry: &Entry) -> fmt::Result {
        match values(entry) {
            [Some((old, from)), Some((new, to))]
                if old.chars().count() + new.chars().count() <= 60 =>
            {
                let place = self.paint(DIM, plain(&both(from, to)));
                let (old, new) = (plain(&old), plain(&new));
                self.line(format_args!("{old} → {new}  {place}"))
            }
            [old, new] => {
                for (sign, side) in [('-', old), ('+', new)] {
                    if let Some((value, spec)) = side {
                        let spec = self.paint(DIM, plain(spec));
                        self.line(format_args!("{sign} {}  {spec}", plain(&value)))?;
                    }
                }
                Ok(())
            }
        }
    }

    fn proof(&mut self, proof: &Proof) -> fmt::Result {
        let by = proof.taken_by;
        let why = proof
            .refused
            .iter()
            .map(|one| format!("{} {}", one.path, one.expected));
        let why: Vec<String> = why.collect();
        self.line(format_args!(
            "witness: the {} spec accepts this {}, the {} spec refuses it: expected at {}",
            by.as_str(),
            proof.what(),
            by.other().as_str(),
            plain(&why.join("; "))
        ))?;
        let message = self.paint(DIM, plain(&proof.message.to_string()));
        self.line(message)
    }

    fn line(&mut self, line: impl Display) -> fmt::Result {
        writeln!(self.text, "{INDENT}{line}")
    }

    fn section(&mut self, section: &Section<'_>) -> fmt::Result {
        let title = self.paint(BOLD, plain(&section.title));
        writeln!(self.text, "\n{title}")?;
        for note in &section.notes {
            writeln!(self.text, "  {}", plain(note))?;
        }
        for hazard in section.hazards {
            let (tone, word) = match hazard.mark {
                Mark::Removed => (Tone::Good, "gone"),
                Mark::Same | Mark::Added | Mark::Changed => (Tone::Worst, "new"),
            };
            let what = self.paint(style(tone), format!("{word}: {}", hazard.kind.as_str()));
            let proof = hazard
                .proof
                .map(|code| format!(" [{code}]"))
                .unwrap_or_default();
            let spec = self.paint(DIM, plain(&hazard.spec));
            writeln!(
                self.text,
                "  {what}: {}{proof}  {spec}",
                plain(&hazard.message)
            )?;
        }
        let (rows, added) = section.short();
        if added > 0 {
            let added = counted(added, "row");
            writeln!(self.text, "  {added} added; `--format html` shows them")?;
        }
        for row in rows {
            let mark = self.paint(BOLD, format!("{:<8}", row.mark.as_str()));
            writeln!(self.text, "  {mark} {}", plain(&row.what))?;
            for (sign, value) in [('-', &row.old), ('+', &row.new)] {
                if !value.is_empty() {
                    writeln!(self.text, "           {sign} {}", plain(value))?;
                }
            }
        }
        Ok(())
    }
}
