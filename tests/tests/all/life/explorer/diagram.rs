//! A sequence diagram of all events, in Mermaid's notation.

use std::fmt;

/// A party of the diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Party {
    Payer,
    Shop,
    Provider,
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Party::Payer => "Payer",
            Party::Shop => "Shop",
            Party::Provider => "Provider",
        })
    }
}

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    /// From one to another; it arrives or not.
    Arrow(Party, Party, bool, String),
    Note(Party, String),
}

/// The events so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Diagram(Vec<Line>);

impl Diagram {
    pub(super) fn arrives(&mut self, from: Party, to: Party, what: impl Into<String>) {
        self.0.push(Line::Arrow(from, to, true, what.into()));
    }

    pub(super) fn is_lost(&mut self, from: Party, to: Party, what: impl Into<String>) {
        self.0.push(Line::Arrow(from, to, false, what.into()));
    }

    pub(super) fn note(&mut self, over: Party, what: impl Into<String>) {
        self.0.push(Line::Note(over, what.into()));
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Diagram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sequenceDiagram\n")?;
        for party in [Party::Payer, Party::Shop, Party::Provider] {
            writeln!(f, "    participant {party}")?;
        }
        for line in &self.0 {
            match line {
                Line::Arrow(from, to, true, what) => writeln!(f, "    {from}->>{to}: {what}")?,
                Line::Arrow(from, to, false, what) => writeln!(f, "    {from}-x{to}: {what}")?,
                Line::Note(over, what) => writeln!(f, "    Note over {over}: {what}")?,
            }
        }
        Ok(())
    }
}
