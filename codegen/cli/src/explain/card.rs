//! The output of `payspec explain`: one shape for JSON and for people.

use std::borrow::Cow;
use std::io::{self, Write};

use payspec_runtime::Phrase;
use serde::Serialize;

use super::super::facts::{DisputeFact, SourceFact};
use super::super::output::{bold, dim, plain, yellow};

/// The width of prose, in columns.
const WIDTH: usize = 100;

/// The explanation of one subject. JSON leaves out the parts that do not apply.
#[derive(Debug, Default, Serialize)]
pub(super) struct Card<'m> {
    pub(super) kind: &'static str,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) api: Option<&'m str>,
    /// The description of the subject.
    pub(super) meaning: String,
    /// Words and sentences by name, in reading order.
    #[serde(flatten)]
    pub(super) facts: Facts<'m>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) constraints: Vec<ConstraintFact<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) parts: Vec<PartFact<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) states: Vec<StateFact<'m>>,
    /// The events of all states, in the order of the table.
    #[serde(skip)]
    pub(super) events: Vec<String>,
    /// For a kind of change: an edit of a spec that the rule reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) change: Option<ChangeFact>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) used_in: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) disputes: Vec<DisputeFact<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) sources: Vec<SourceFact<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) spec: Option<String>,
}

/// Facts by name.
#[derive(Debug, Default)]
pub(super) struct Facts<'m>(Vec<(&'static str, std::borrow::Cow<'m, str>)>);

impl<'m> Facts<'m> {
    /// Adds a fact.
    pub(super) fn add(&mut self, name: &'static str, value: impl Into<std::borrow::Cow<'m, str>>) {
        self.0.push((name, value.into()));
    }

    /// Adds a fact if it is known.
    pub(super) fn maybe<T: Into<std::borrow::Cow<'m, str>>>(
        &mut self,
        name: &'static str,
        value: Option<T>,
    ) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }
}

impl Serialize for Facts<'_> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A constraint.
#[derive(Debug, Serialize)]
pub(super) struct ConstraintFact<'m> {
    pub(super) rule: &'static str,
    pub(super) expected: Phrase,
    pub(super) severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) direction: Option<&'static str>,
    /// The path in an operation, if the constraint holds only there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<&'m str>,
    pub(super) sources: Vec<SourceFact<'m>>,
    pub(super) spec: String,
}

/// An edit of a spec.
#[derive(Debug, Serialize)]
pub(super) struct ChangeFact {
    pub(super) file: String,
    /// The edit as the lines of a patch.
    pub(super) patch: String,
}

/// A field of a type, a value of an enum, a code of a table.
#[derive(Debug, Serialize)]
pub(super) struct PartFact<'m> {
    pub(super) name: Cow<'m, str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(super) ty: Option<String>,
    pub(super) meaning: &'m str,
}

impl Card<'_> {
    /// Writes the explanation for people.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        if let ("dispute", [dispute]) = (self.kind, self.disputes.as_slice()) {
            return write_dispute(out, dispute);
        }
        let api = self.api.map(|api| format!(", {api}")).unwrap_or_default();
        writeln!(
            out,
            "{} {}",
            bold(plain(&self.name)),
            dim(format!("({}{api})", self.kind))
        )?;
        paragraph(out, "  ", &self.meaning)?;
        if !self.facts.0.is_empty() {
            writeln!(out)?;
        }
        let width = self
            .facts
            .0
            .iter()
            .map(|(name, _)| name.len())
            .max()
            .unwrap_or(0);
        for (name, value) in &self.facts.0 {
            let name = format!("  {:width$}  ", name.replace('_', " "));
            paragraph(out, &name, value)?;
        }
        self.write_constraints(out)?;
        self.write_parts(out)?;
        self.write_states(out)?;
        heading(out, "example", self.change.is_none())?;
        if let Some(ChangeFact { file, patch }) = &self.change {
            writeln!(out, "  {}", dim(plain(file)))?;
            for line in patch.lines() {
                writeln!(out, "  {}", plain(line))?;
            }
        }
        heading(out, "where used", self.used_in.is_empty())?;
        for place in &self.used_in {
            writeln!(out, "  {}", plain(place))?;
        }
        for dispute in &self.disputes {
            writeln!(out)?;
            write_dispute(out, dispute)?;
        }
        heading(out, "sources", self.sources.is_empty())?;
        for source in &self.sources {
            writeln!(out, "  {}", cite(source))?;
        }
        if let Some(spec) = &self.spec {
            writeln!(out, "\n{} {spec}", bold("spec"))?;
        }
        Ok(())
    }

    fn write_constraints(&self, out: &mut impl Write) -> io::Result<()> {
        heading(out, "constraints", self.constraints.is_empty())?;
        for constraint in &self.constraints {
            let mut notes = Vec::new();
            if constraint.severity == "warning" {
                notes.push(yellow("warning").to_string());
            }
            notes.extend(
                constraint
                    .direction
                    .map(|direction| format!("{direction} only")),
            );
            notes.extend(constraint.at.as_ref().map(|at| format!("at {at}")));
            let notes = match notes.as_slice() {
                [] => String::new(),
                notes => format!(" ({})", notes.join(", ")),
            };
            let spec = dim(&constraint.spec);
            writeln!(
                out,
                "  {}: {}{notes}  {spec}",
                constraint.rule,
                plain(&constraint.expected.text())
            )?;
            if let Some(reason) = constraint.reason {
                paragraph(out, "      ", reason)?;
            }
        }
        Ok(())
    }

    fn write_parts(&self, out: &mut impl Write) -> io::Result<()> {
        let parts = match self.kind {
            "object" => "fields",
            "enum" => "values",
            "api" => "operations",
            _ => "decisions",
        };
        heading(out, parts, self.parts.is_empty())?;
        for part in &self.parts {
            let ty = part
                .ty
                .as_ref()
                .map(|ty| format!(": {ty}"))
                .unwrap_or_default();
            writeln!(out, "  {}{}", plain(&part.name), dim(plain(&ty)))?;
            paragraph(out, "      ", part.meaning)?;
        }
        Ok(())
    }
}

/// Writes a dispute, with its sides and the reason for the side that the spec takes.
pub(in super::super) fn write_dispute(
    out: &mut impl Write,
    dispute: &DisputeFact<'_>,
) -> io::Result<()> {
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

fn cite(source: &SourceFact<'_>) -> String {
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

/// A state.
#[derive(Debug, Serialize)]
pub(super) struct StateFact<'m> {
    pub(super) name: &'m str,
    pub(super) meaning: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sends: Option<&'m str>,
    /// The schedule in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) schedule: Option<String>,
    /// The pause before each attempt, in seconds; `null` where the client chooses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) after_s: Option<Vec<Option<u32>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) on: Vec<RowFact<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<&'static str>,
}

/// The state to which an event leads.
#[derive(Debug, Serialize)]
pub(super) struct RowFact<'m> {
    pub(super) event: String,
    pub(super) to: &'m str,
}
