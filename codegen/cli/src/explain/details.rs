//! The words and sentences of a card by name.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::text::paragraph;
use payspec_model::model::{Deprecated, Since};

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
            self.maybe("sunset", deprecated.sunset.as_deref());
        }
    }

    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
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
