//! Accounts for every line of a page and every fact of the spec.

mod facts;
mod lines;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::comparison::Comparison;
use super::copy::{Copy, Hints};
use super::extent::Compared;
use super::find::FindError;
use super::report::{Drift, PageInfo, VERSION};
use crate::{Section, Span};
use payspec_model::model::Model;

/// The judgement of each line in a page's parameter and code sections, and the support for the
/// spec's facts.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Coverage {
    /// The version of this format.
    pub(crate) version: u32,
    /// The page.
    pub page: PageInfo,
    /// The operation that the page is compared with.
    pub operation: String,
    /// The source of the spec that the page is assumed to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<String>,
    /// The part of the spec that was compared.
    pub compared: Compared,
    /// The number of lines and facts of each kind.
    pub counts: Counts,
    /// The lines, in the page's order.
    pub lines: Vec<Line>,
    /// The facts of the spec that such a page could state.
    pub facts: Vec<Fact>,
    /// Waivers whose line the page no longer has.
    pub stale: Vec<Stale>,
}

/// The number of lines and facts of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// Lines whose statements the spec has as well.
    pub captured: usize,
    /// Lines that the spec leaves out on purpose.
    pub waived: usize,
    /// Lines that the spec does not account for.
    pub uncaptured: usize,
    /// Facts of the spec that the page states.
    pub stated: usize,
    /// Facts of the spec that come from other sources.
    pub other_source: usize,
    /// Facts that the spec has from the page only, and that the page does not state.
    pub unsupported: usize,
}

/// A line of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// The number.
    pub line: u32,
    /// The section.
    pub(crate) section: Section,
    /// The text.
    pub text: String,
    /// The judgement of the line.
    pub state: LineState,
    /// The subject: `request/order`, `codes/SUCCESS`, `response`.
    pub at: String,
    /// The name in waivers: the same wherever the text is, in every rendering.
    pub fingerprint: String,
    /// The facts that it states, each with the line of the spec that has it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<Link>,
    /// The parts that look like facts and that no rule understood, in bytes of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<Span>,
    /// The reason why it is waived, or the part that is not captured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The position of the waiver.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiver: Option<String>,
}

/// The states of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// The spec says the same.
    Captured,
    /// The spec leaves it out on purpose, with a reason.
    Waived,
    /// The spec does not account for it.
    Uncaptured,
    /// It is part of the page's frame, such as a heading.
    Frame,
    /// It is not content: a line number, or a remark of a translator.
    Junk,
}

/// A fact that a line states, and its position in the spec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Link {
    /// The fact: `max_length`, `name`, `description`.
    pub(crate) fact: String,
    /// The position in the spec; absent if the spec does not state it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spec: Option<String>,
    /// The dispute that records the difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dispute: Option<String>,
}

/// A fact of the spec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fact {
    /// The subject.
    pub subject: String,
    /// The kind of fact; `field` or `code` for its existence.
    pub fact: String,
    /// The value.
    pub value: String,
    /// The position in the spec.
    pub place: String,
    /// The support for the fact.
    pub state: FactState,
    /// The lines of the page that state it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<u32>,
    /// The tags of its sources.
    pub sources: Vec<String>,
    /// The different statement of the page, or the field that it may have become.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub became: Option<String>,
}

/// The support for a fact of the spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactState {
    /// The page states it.
    Stated,
    /// Another source states it.
    OtherSource,
    /// The spec has it from the page only, and the page does not state it.
    Unsupported,
}

/// A waiver whose line is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stale {
    /// The subject of the line.
    pub at: String,
    /// The fingerprint.
    pub fingerprint: String,
    /// The reason of the waiver.
    pub reason: String,
    /// The position of the waiver.
    pub place: String,
}

impl LineState {
    /// Returns the word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            LineState::Captured => "captured",
            LineState::Waived => "waived",
            LineState::Uncaptured => "uncaptured",
            LineState::Frame => "frame",
            LineState::Junk => "junk",
        }
    }
}

impl FactState {
    /// Returns the words for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            FactState::Stated => "stated by the page",
            FactState::OtherSource => "from another source",
            FactState::Unsupported => "unsupported",
        }
    }
}

/// Returns whether every line of a section is accounted for.
pub(crate) const fn is_covered(section: Section) -> bool {
    match section {
        Section::Head
        | Section::Request
        | Section::Response
        | Section::Objects
        | Section::ResultLogic
        | Section::Codes => true,
        Section::Examples | Section::MoreInformation | Section::Other | Section::Footer => false,
    }
}

impl Coverage {
    /// Returns its JSON Schema (draft-07).
    pub fn schema() -> serde_json::Value {
        payspec_model::format::printed::<Coverage>()
    }

    /// Accounts for a page and the operation that it describes.
    ///
    /// # Errors
    ///
    /// Returns an error if the page's operation cannot be determined.
    pub fn new(model: &Model, copy: Copy<'_>, hints: Hints<'_>) -> Result<Self, FindError> {
        let comparison = Comparison::new(model, copy, hints)?;
        let Drift {
            page,
            operation,
            source,
            compared,
            ..
        } = Drift::of(&comparison);
        let (lines, used) = lines::lines(&comparison);
        let facts = facts::facts(&comparison);
        let mut counts = Counts::default();
        for line in &lines {
            match line.state {
                LineState::Captured => counts.captured += 1,
                LineState::Waived => counts.waived += 1,
                LineState::Uncaptured => counts.uncaptured += 1,
                LineState::Frame | LineState::Junk => {}
            }
        }
        for fact in &facts {
            match fact.state {
                FactState::Stated => counts.stated += 1,
                FactState::OtherSource => counts.other_source += 1,
                FactState::Unsupported => counts.unsupported += 1,
            }
        }
        Ok(Coverage {
            version: VERSION,
            page,
            operation,
            source,
            compared,
            counts,
            stale: stale(&comparison, &used),
            lines,
            facts,
        })
    }

    /// Returns whether every line is captured or waived, every fact supported, and no waiver stale.
    pub fn is_whole(&self) -> bool {
        self.counts.uncaptured == 0 && self.counts.unsupported == 0 && self.stale.is_empty()
    }
}

/// Returns the waivers without a line on the page. `used` holds the waivers that matched one.
fn stale(comparison: &Comparison<'_>, used: &BTreeSet<(usize, usize)>) -> Vec<Stale> {
    let waivers = comparison.operation.waivers.iter().enumerate();
    let mut stale = Vec::new();
    for (at, waiver) in waivers {
        // A waiver that lists a text in several languages needs only one of them.
        let mut lines = 0..waiver.lines.len();
        if lines.any(|line| used.contains(&(at, line))) {
            continue;
        }
        stale.push(Stale {
            at: waiver.at.clone(),
            fingerprint: waiver.lines.join(", "),
            reason: waiver.reason.clone(),
            place: comparison.model.place(waiver.origin),
        });
    }
    stale
}
