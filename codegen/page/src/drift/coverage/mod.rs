//! Every line of a page and every fact of the spec, accounted for.

mod facts;
mod lines;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::find::FindError;
use super::report::{Beside, Copy, Drift, Hints, PageInfo, VERSION};
use crate::Section;
use payspec_model::model::Model;

/// What became of the lines of a page's parameter and code sections, and what supports the spec.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Coverage {
    /// The version of this form.
    pub version: u32,
    /// The page.
    pub page: PageInfo,
    /// The operation that it is held against.
    pub operation: String,
    /// The source of the spec that the page is taken for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How many lines and facts there are of each kind.
    pub counts: Counts,
    /// The lines, in the page's order.
    pub lines: Vec<Line>,
    /// The facts of the spec that such a page could state.
    pub facts: Vec<Fact>,
    /// Waivers whose line the page no longer has.
    pub stale: Vec<Stale>,
}

/// How many lines and facts there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// Lines that the spec says as well.
    pub captured: usize,
    /// Lines that the spec leaves out on purpose.
    pub waived: usize,
    /// Lines that the spec knows nothing of.
    pub uncaptured: usize,
    /// Facts of the spec that the page states.
    pub stated: usize,
    /// Facts of the spec that come from other sources.
    pub other_source: usize,
    /// Facts that the spec has from the page, and that the page does not state.
    pub unsupported: usize,
}

/// A line of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// The number.
    pub line: u32,
    /// The section.
    pub section: Section,
    /// The text.
    pub text: String,
    /// What became of it.
    pub state: LineState,
    /// What it stands at: `request/order`, `codes/SUCCESS`, `response`.
    pub at: String,
    /// The name in waivers: the same wherever the text stands, in every rendering.
    pub fingerprint: String,
    /// What it states, each with the line of the spec that says it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<Link>,
    /// Why it is waived, or what about it is not captured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Where the waiver stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiver: Option<String>,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// The spec says what it says.
    Captured,
    /// The spec leaves it out on purpose, and says why.
    Waived,
    /// The spec knows nothing of it.
    Uncaptured,
    /// It is part of the page's frame, such as a heading.
    Frame,
    /// It is no content: a line number, a remark of a translator.
    Junk,
}

/// A fact that a line states, and where the spec says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Link {
    /// The fact: `max_length`, `name`, `description`.
    pub fact: String,
    /// Where the spec says it; absent when it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spec: Option<String>,
    /// The dispute that records that the spec says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dispute: Option<String>,
}

/// A fact of the spec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fact {
    /// What it is about.
    pub subject: String,
    /// Which fact; `field` or `code` for that it exists at all.
    pub fact: String,
    /// What it is.
    pub value: String,
    /// Where it stands.
    pub place: String,
    /// Who supports it.
    pub state: FactState,
    /// The lines of the page that state it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<u32>,
    /// The tags of its sources.
    pub sources: Vec<String>,
    /// What the page says instead, or what it may have become.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub became: Option<String>,
}

/// Who supports a fact of the spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactState {
    /// The page states it.
    Stated,
    /// Another source does.
    OtherSource,
    /// The spec has it from the page alone, and the page does not state it.
    Unsupported,
}

/// A waiver whose line is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stale {
    /// What the line stood at.
    pub at: String,
    /// The fingerprint.
    pub fingerprint: String,
    /// Why it was waived.
    pub reason: String,
    /// Where the waiver stands.
    pub place: String,
}

impl LineState {
    /// The word for it.
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
    /// The words for it.
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
        Section::Request | Section::Response | Section::Objects | Section::Codes => true,
        Section::Head
        | Section::Examples
        | Section::MoreInformation
        | Section::ResultLogic
        | Section::Other
        | Section::Footer => false,
    }
}

impl Coverage {
    /// The JSON Schema (draft-07) of it.
    pub fn schema() -> serde_json::Value {
        payspec_model::format::printed::<Coverage>()
    }

    /// Accounts for a page and the operation that it describes.
    ///
    /// # Errors
    ///
    /// When it cannot be told which operation the page describes.
    pub fn new(model: &Model, copy: Copy<'_>, hints: Hints<'_>) -> Result<Self, FindError> {
        let beside = Beside::new(model, copy, hints)?;
        let Drift {
            page,
            operation,
            source,
            ..
        } = Drift::of(&beside);
        let (lines, used) = lines::lines(&beside);
        let facts = facts::facts(&beside);
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
            counts,
            stale: stale(&beside, &used),
            lines,
            facts,
        })
    }

    /// Returns whether nothing is left open: every line is captured or waived, every fact supported.
    pub fn is_whole(&self) -> bool {
        self.counts.uncaptured == 0 && self.counts.unsupported == 0 && self.stale.is_empty()
    }
}

/// The waivers of lines that no page has, by what was used of them.
fn stale(beside: &Beside<'_>, used: &BTreeSet<(usize, usize)>) -> Vec<Stale> {
    let waivers = beside.operation.waivers.iter().enumerate();
    let mut stale = Vec::new();
    for (at, waiver) in waivers {
        // One that lists a text in several languages needs one of them.
        let mut lines = 0..waiver.lines.len();
        if lines.any(|line| used.contains(&(at, line))) {
            continue;
        }
        stale.push(Stale {
            at: waiver.at.clone(),
            fingerprint: waiver.lines.join(", "),
            reason: waiver.reason.clone(),
            place: beside.model.place(waiver.origin),
        });
    }
    stale
}
