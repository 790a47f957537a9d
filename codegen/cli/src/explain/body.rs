//! The part of a card that differs between the kinds of subject.

use std::borrow::Cow;
use std::io::{self, Write};

use payspec_runtime::Phrase;
use serde::Serialize;

use super::text::{heading, paragraph};
use crate::facts::SourceFact;
use crate::output::{dim, plain, yellow};

/// The body of a card, between its details and its disputes.
pub(super) trait Body: Serialize {
    /// Writes the body for people.
    fn write(&self, out: &mut impl Write) -> io::Result<()>;
}

/// A body of subjects whose details say everything.
#[derive(Debug, Serialize)]
pub(super) struct NoBody {}

/// The body of a code of a table or a value of an enum.
#[derive(Debug, Serialize)]
pub(super) struct UsedBody {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) used_in: Vec<String>,
}

/// The body of a field.
#[derive(Debug, Serialize)]
pub(super) struct FieldBody<'m> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) constraints: Vec<ConstraintFact<'m>>,
    /// The paths of the field in messages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) used_in: Vec<String>,
}

/// The body of an object.
#[derive(Debug, Serialize)]
pub(super) struct ObjectBody<'m> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) constraints: Vec<ConstraintFact<'m>>,
    #[serde(rename = "parts", skip_serializing_if = "Vec::is_empty")]
    pub(super) fields: Vec<PartFact<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) used_in: Vec<String>,
}

/// The body of an enum.
#[derive(Debug, Serialize)]
pub(super) struct EnumBody<'m> {
    #[serde(rename = "parts", skip_serializing_if = "Vec::is_empty")]
    pub(super) values: Vec<PartFact<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) used_in: Vec<String>,
}

/// The body of an operation.
#[derive(Debug, Serialize)]
pub(super) struct OperationBody<'m> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) constraints: Vec<ConstraintFact<'m>>,
    #[serde(rename = "parts", skip_serializing_if = "Vec::is_empty")]
    pub(super) decisions: Vec<PartFact<'m>>,
}

/// The body of an API.
#[derive(Debug, Serialize)]
pub(super) struct ApiBody<'m> {
    #[serde(rename = "parts", skip_serializing_if = "Vec::is_empty")]
    pub(super) operations: Vec<PartFact<'m>>,
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

/// A field of a type, a value of an enum, a code of a table.
#[derive(Debug, Serialize)]
pub(super) struct PartFact<'m> {
    pub(super) name: Cow<'m, str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(super) ty: Option<String>,
    pub(super) meaning: &'m str,
}

impl Body for NoBody {
    fn write(&self, _: &mut impl Write) -> io::Result<()> {
        Ok(())
    }
}

impl Body for UsedBody {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write_uses(&self.used_in, out)
    }
}

impl Body for FieldBody<'_> {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write_constraints(&self.constraints, out)?;
        write_uses(&self.used_in, out)
    }
}

impl Body for ObjectBody<'_> {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write_constraints(&self.constraints, out)?;
        write_parts("fields", &self.fields, out)?;
        write_uses(&self.used_in, out)
    }
}

impl Body for EnumBody<'_> {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write_parts("values", &self.values, out)?;
        write_uses(&self.used_in, out)
    }
}

impl Body for OperationBody<'_> {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write_constraints(&self.constraints, out)?;
        write_parts("decisions", &self.decisions, out)
    }
}

impl Body for ApiBody<'_> {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write_parts("operations", &self.operations, out)
    }
}

fn write_constraints(constraints: &[ConstraintFact<'_>], out: &mut impl Write) -> io::Result<()> {
    heading(out, "constraints", constraints.is_empty())?;
    for constraint in constraints {
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

fn write_parts(title: &str, parts: &[PartFact<'_>], out: &mut impl Write) -> io::Result<()> {
    heading(out, title, parts.is_empty())?;
    for part in parts {
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

fn write_uses(places: &[String], out: &mut impl Write) -> io::Result<()> {
    heading(out, "where used", places.is_empty())?;
    for place in places {
        writeln!(out, "  {}", plain(place))?;
    }
    Ok(())
}
