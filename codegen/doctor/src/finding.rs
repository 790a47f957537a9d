//! Findings and remarks about a message.

use schemars::JsonSchema;
use serde::Serialize;

/// A mistake, proved or suspected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// The name of the mistake.
    pub mistake: &'static str,
    /// The mistake in words.
    pub title: &'static str,
    /// The certainty: proved or suspected.
    pub certainty: Certainty,
    /// The evidence in the message.
    pub detail: String,
    /// The recommended correction.
    pub advice: &'static str,
}

/// The certainty of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The signature or the message itself shows it.
    Proved,
    /// It fits the message, but something else may be wrong.
    Suspected,
}

/// A mistake that shows. The text contains neither keys nor bodies.
pub(super) struct Remark {
    pub(super) certainty: Certainty,
    pub(super) detail: String,
}
