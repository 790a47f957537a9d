//! What became of every line of a page.

use schemars::JsonSchema;
use serde::Serialize;

use super::facts::{FactRef, Section};

/// A line of a page that is not blank. Of a page in HTML, several may stand on the same line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// The line, from 1.
    pub line: u32,
    /// The section that it belongs to.
    pub section: Section,
    /// The text, without the markup around it.
    pub text: String,
    /// What became of it.
    #[serde(flatten)]
    pub reading: Reading,
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "reading", rename_all = "snake_case")]
pub enum Reading {
    /// It states these facts.
    Captured {
        /// The facts.
        facts: Vec<FactRef>,
    },
    /// It belongs to the page's frame: a heading, a label, the head of a table.
    Frame {
        /// Which part of it.
        kind: FrameKind,
    },
    /// It does not belong to the page's content.
    Junk {
        /// What it is.
        kind: JunkKind,
    },
    /// No rule understood it.
    Unread,
    /// The section is not read for facts.
    Outside,
}

/// The parts of a page's frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FrameKind {
    /// The heading of a section.
    Heading,
    /// A label above further lines: more information, a note, one of the following.
    Label,
    /// The head of a table, or the line under it.
    TableHead,
    /// A button: show all, copy.
    Button,
    /// The fence of a code block.
    Fence,
}

/// What does not belong to the page's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum JunkKind {
    /// Remarks of whoever, or whatever, translated the page.
    TranslatorChatter,
    /// Characters that a page renders to measure their width.
    WidthProbe,
    /// An example of another API, or talk about it.
    ForeignExample,
}

/// A line that no rule understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnreadLine {
    /// The line, from 1.
    pub line: u32,
    /// The section that it belongs to.
    pub section: Section,
    /// The text.
    pub text: String,
}
