//! A difference between a page and the spec.

use schemars::JsonSchema;
use serde::Serialize;

use super::rules::Level;
use payspec_model::model::PageFact;

/// A difference between a page and the spec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// The rule, one of those in `docs/drift.md`.
    pub rule: &'static str,
    /// The severity.
    pub level: Level,
    /// The subject: `endpoint`, `request/order`, `codes/SUCCESS`.
    pub subject: String,
    /// The fact that differs; absent when a whole field or code is on one side only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fact: Option<PageFact>,
    /// A description of the difference.
    pub title: &'static str,
    /// A hint how to resolve it.
    pub help: &'static str,
    /// The statement of the page; absent if it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Statement>,
    /// The statement of the spec.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spec: Option<Statement>,
    /// A field of the other side that it may have become, or have been.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perhaps: Option<String>,
}

/// The statement of a side, and its position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Statement {
    /// The stated value.
    pub value: String,
    /// `FILE:LINE`.
    pub place: String,
}
