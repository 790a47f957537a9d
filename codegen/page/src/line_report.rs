//! The report of lines: the reading of every line of a page.

use schemars::JsonSchema;
use serde::Serialize;

use super::facts::reference::FactRef;
use super::facts::section::Section;

/// A line of a page that is not blank. In HTML, several of them may be on the same line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// The line, from 1.
    pub line: u32,
    /// The section that it belongs to.
    pub(crate) section: Section,
    /// The text, without the markup around it.
    pub text: String,
    /// The reading of the line.
    #[serde(flatten)]
    pub(crate) reading: Reading,
}

/// The ways in which a line was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "reading", rename_all = "snake_case")]
pub(crate) enum Reading {
    /// It states these facts.
    Captured {
        /// The facts.
        facts: Vec<FactRef>,
        /// The parts that look like facts and that no rule understood.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        open: Vec<Span>,
    },
    /// It belongs to the page's frame: a heading, a label, the head of a table.
    Frame {
        /// The part of the frame.
        kind: FrameKind,
    },
    /// It does not belong to the page's content.
    Junk {
        /// The kind of junk.
        kind: JunkKind,
    },
    /// No rule understood it.
    Unread,
    /// The section is not read for facts.
    Outside,
}

/// A part of a line's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Span {
    /// The first byte, from 0.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// Returns the part of a text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

impl Line {
    /// Returns the parts that look like facts and that no rule understood; none for a line that no
    /// rule understood at all.
    pub fn open(&self) -> &[Span] {
        match &self.reading {
            Reading::Captured { open, .. } => open,
            Reading::Frame { .. } | Reading::Junk { .. } | Reading::Unread | Reading::Outside => {
                &[]
            }
        }
    }
}

/// The parts of a page's frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FrameKind {
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

/// The kinds of lines that do not belong to the page's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum JunkKind {
    /// Remarks of the person or machine that translated the page.
    TranslatorChatter,
    /// Characters that a page renders to measure their width.
    WidthProbe,
    /// An example of another API, or a remark about it.
    ForeignExample,
}

/// A line that no rule understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnreadLine {
    /// The line, from 1.
    pub line: u32,
    /// The section that it belongs to.
    pub(crate) section: Section,
    /// The text.
    pub text: String,
    /// The reason why it was not understood, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<UnreadReason>,
}

/// The known reasons why a line was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnreadReason {
    /// The page does not show whether the parameters below are those of the request or of the response.
    UnknownSide,
    /// The heading of a table of codes does not say that they are those of this operation.
    OtherCodes,
    /// An error has a sentence for a name, and no code.
    NoCode,
}

impl UnreadReason {
    /// Returns the reason in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            UnreadReason::UnknownSide => {
                "the page does not show whether the parameters below are those of the request or of the response"
            }
            UnreadReason::NoCode => {
                "the page names these errors by sentences, without the codes by which a spec decides"
            }
            UnreadReason::OtherCodes => {
                "the heading of the table does not say that the codes are those of this operation; if they are, add it to `sections.codes` of a profile"
            }
        }
    }
}
