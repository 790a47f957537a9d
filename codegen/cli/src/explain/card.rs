//! The output of `payspec explain`: one type for each kind of subject, for JSON and for people.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::body::{
    ApiBody, Body, EnumBody, FieldBody, NoBody, ObjectBody, OperationBody, UsedBody,
};
use super::flow::FlowBody;
use super::subject::{Kind, Subject};
use super::text::{cite, heading, paragraph, write_dispute};
use crate::facts::{DisputeFact, SourceFact};
use crate::output::{bold, dim, plain};
use payspec_model::model::{Deprecated, Since};

/// The explanation of one subject.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Card<'m> {
    Code(SpecCard<'m, UsedBody>),
    Status(SpecCard<'m, NoBody>),
    Field(SpecCard<'m, FieldBody<'m>>),
    Object(SpecCard<'m, ObjectBody<'m>>),
    Enum(SpecCard<'m, EnumBody<'m>>),
    Value(SpecCard<'m, UsedBody>),
    Union(SpecCard<'m, EnumBody<'m>>),
    Operation(SpecCard<'m, OperationBody<'m>>),
    Flow(SpecCard<'m, FlowBody<'m>>),
    Dispute(DisputeCard<'m>),
    Api(SpecCard<'m, ApiBody<'m>>),
    Source(SpecCard<'m, NoBody>),
    Host(SpecCard<'m, NoBody>),
    Header(SpecCard<'m, NoBody>),
    Wire(SpecCard<'m, NoBody>),
    Signature(SpecCard<'m, NoBody>),
    Auth(SpecCard<'m, NoBody>),
    Credential(SpecCard<'m, NoBody>),
    Diagnostic(ToolCard),
    Rule(ToolCard),
    Change(ChangeCard),
    Drift(ToolCard),
}

/// The first line of a card.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    kind: Kind,
    /// The name without the API, because the card has the API in another place.
    name: String,
}

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

/// The explanation of a dispute.
#[derive(Debug, Serialize)]
pub(super) struct DisputeCard<'m> {
    #[serde(flatten)]
    pub(super) head: Head,
    pub(super) api: &'m str,
    pub(super) meaning: &'m str,
    /// The dispute, in the place where other cards have theirs.
    pub(super) disputes: [DisputeFact<'m>; 1],
}

/// The explanation of something that the tool defines.
#[derive(Debug, Serialize)]
pub(super) struct ToolCard {
    #[serde(flatten)]
    pub(super) head: Head,
    pub(super) meaning: &'static str,
    #[serde(flatten)]
    pub(super) details: Details<'static>,
}

/// The explanation of a kind of change.
#[derive(Debug, Serialize)]
pub(super) struct ChangeCard {
    #[serde(flatten)]
    pub(super) card: ToolCard,
    /// An edit of a spec that the rule reports; the rules of approvals have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) change: Option<ChangeFact>,
}

/// An edit of a spec.
#[derive(Debug, Serialize)]
pub(super) struct ChangeFact {
    pub(super) file: String,
    /// The edit as the lines of a patch.
    pub(super) patch: String,
}

/// Words and sentences by name, in reading order.
#[derive(Debug, Default)]
pub(super) struct Details<'m>(Vec<(&'static str, Cow<'m, str>)>);

impl<'m> Details<'m> {
    /// Adds a detail.
    pub(super) fn add(&mut self, name: &'static str, value: impl Into<Cow<'m, str>>) {
        self.0.push((name, value.into()));
    }

    /// Adds a detail if it is known.
    pub(super) fn maybe<T: Into<Cow<'m, str>>>(&mut self, name: &'static str, value: Option<T>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }

    /// Adds a detail of several lines, unless it has none.
    pub(super) fn lines(&mut self, name: &'static str, lines: impl IntoIterator<Item = String>) {
        self.joined(name, lines, "\n");
    }

    /// Adds a detail of several parts, unless it has none.
    pub(super) fn joined(
        &mut self,
        name: &'static str,
        parts: impl IntoIterator<Item = String>,
        separator: &str,
    ) {
        let parts: Vec<String> = parts.into_iter().collect();
        if !parts.is_empty() {
            self.add(name, parts.join(separator));
        }
    }

    /// Adds the age of the subject: the date from which it exists, and what replaces it.
    pub(super) fn lifecycle(
        &mut self,
        since: Option<&'m Since>,
        deprecated: Option<&'m Deprecated>,
    ) {
        if let Some(Since { date, note, .. }) = since {
            let note = note.as_ref().map(|note| format!(": {note}"));
            self.add("since", format!("{date}{}", note.unwrap_or_default()));
        }
        if let Some(deprecated) = deprecated {
            self.add("deprecated", deprecated.reason.as_str());
            self.maybe("replacement", deprecated.replacement.as_deref());
        }
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        if !self.0.is_empty() {
            writeln!(out)?;
        }
        let widths = self.0.iter().map(|(name, _)| name.len());
        let width = widths.max().unwrap_or(0);
        for (name, value) in &self.0 {
            let name = format!("  {:width$}  ", name.replace('_', " "));
            paragraph(out, &name, value)?;
        }
        Ok(())
    }
}

impl Serialize for Details<'_> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Head {
    /// Makes the head of the card of a subject.
    pub(super) fn of(subject: &Subject<'_>) -> Self {
        let mut names = subject.names();
        let name = names.swap_remove(usize::from(names.len() > 1));
        Head {
            kind: subject.kind(),
            name,
        }
    }

    fn write(&self, api: Option<&str>, out: &mut impl Write) -> io::Result<()> {
        let api = api.map(|api| format!(", {api}")).unwrap_or_default();
        let kind = dim(format!("({}{api})", self.kind.as_str()));
        writeln!(out, "{} {kind}", bold(plain(&self.name)))
    }
}

impl Card<'_> {
    /// Writes the explanation for people.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Card::Code(card) | Card::Value(card) => card.write(out),
            Card::Field(card) => card.write(out),
            Card::Object(card) => card.write(out),
            Card::Enum(card) => card.write(out),
            Card::Union(card) => card.write(out),
            Card::Operation(card) => card.write(out),
            Card::Flow(card) => card.write(out),
            Card::Api(card) => card.write(out),
            Card::Status(card)
            | Card::Source(card)
            | Card::Host(card)
            | Card::Header(card)
            | Card::Wire(card)
            | Card::Signature(card)
            | Card::Auth(card)
            | Card::Credential(card) => card.write(out),
            Card::Dispute(DisputeCard { disputes, .. }) => {
                let [dispute] = disputes;
                write_dispute(out, dispute)
            }
            Card::Diagnostic(card) | Card::Rule(card) | Card::Drift(card) => card.write(out),
            Card::Change(card) => card.write(out),
        }
    }
}

impl<B: Body> SpecCard<'_, B> {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
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

impl ToolCard {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.head.write(None, out)?;
        paragraph(out, "  ", self.meaning)?;
        self.details.write(out)
    }
}

impl ChangeCard {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.card.write(out)?;
        let Some(ChangeFact { file, patch }) = &self.change else {
            return Ok(());
        };
        heading(out, "example", false)?;
        writeln!(out, "  {}", dim(plain(file)))?;
        for line in patch.lines() {
            writeln!(out, "  {}", plain(line))?;
        }
        Ok(())
    }
}
