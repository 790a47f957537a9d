//! The explanation of a part of the spec.

use std::io::{self, Write};

use serde::Serialize;

use super::body::Body;
use super::details::Details;
use super::head::Head;
use super::text::{cite, heading, paragraph, write_dispute};
use crate::facts::{DisputeFact, SourceFact};
use crate::output::bold;

/// The explanation of a part of the spec.
#[derive(Debug, Serialize)]
pub(super) struct SpecCard<'m, B> {
    #[serde(flatten)]
    pub(super) head: Head,
    pub(super) api: &'m str,
    /// The description of the subject.
    pub(super) meaning: String,
    #[serde(flatten)]
    pub(super) details: Details<'m>,
    #[serde(flatten)]
    pub(super) body: B,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) disputes: Vec<DisputeFact<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) sources: Vec<SourceFact<'m>>,
    /// The place in the spec.
    pub(super) spec: String,
}

impl<B: Body> SpecCard<'_, B> {
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.head.write(Some(self.api), out)?;
        paragraph(out, "  ", &self.meaning)?;
        self.details.write(out)?;
        self.body.write(out)?;
        for dispute in &self.disputes {
            writeln!(out)?;
            write_dispute(out, dispute)?;
        }
        heading(out, "sources", self.sources.is_empty())?;
        for source in &self.sources {
            writeln!(out, "  {}", cite(source))?;
        }
        writeln!(out, "\n{} {}", bold("spec"), self.spec)
    }
}
