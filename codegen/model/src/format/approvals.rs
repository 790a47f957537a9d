use std::fmt;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `payspec-approvals.yaml`, beside the spec folder: accepted findings of `payspec diff`, and changed
/// levels of rules.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ApprovalsFile {
    /// The accepted findings.
    #[serde(default)]
    pub approvals: Vec<Approval>,
    /// Other levels for the findings of a rule, by the rule's id.
    #[serde(default)]
    pub levels: IndexMap<String, RuleLevel>,
}

/// An accepted finding. It stays in the report but does not fail a run.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Approval {
    /// The finding's fingerprint, as the report shows it.
    #[schemars(length(min = 1))]
    pub fingerprint: String,
    /// The rule that found it: for readers, and compared with the finding.
    #[schemars(length(min = 1))]
    pub rule: String,
    /// One of its places: for readers, and compared with the finding.
    #[schemars(length(min = 1))]
    pub place: String,
    /// The reason why it is acceptable.
    #[schemars(length(min = 1))]
    pub reason: String,
    /// The person or team that is responsible for it.
    #[schemars(length(min = 1))]
    pub owner: String,
    /// The last day on which the approval is valid, as `2026-12-31`.
    #[schemars(length(min = 10))]
    pub expires: String,
}

/// Another level of a rule: the word alone, or with the reason.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum RuleLevel {
    /// The level.
    Word(ReviewLevel),
    /// The level with the reason. The reason is required for a level lower than `money`.
    Reasoned(ReasonedLevel),
}

/// A level with the reason.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ReasonedLevel {
    /// The level.
    pub level: ReviewLevel,
    /// The reason why the rule has it.
    #[schemars(length(min = 1))]
    pub reason: String,
}

/// The level of a finding, the worst last. A report shows the worst first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ReviewLevel {
    /// Words, sources, examples.
    Text,
    /// Nobody who follows the spec notices it.
    Compatible,
    /// Legal, but a strict reader fails, or a value is lost silently.
    Risky,
    /// Callers with the old crate are refused or misread.
    Breaking,
    /// Money can move twice, or an outcome can be misread.
    Money,
}

impl ReviewLevel {
    /// All levels, the worst first.
    pub const ALL: [ReviewLevel; 5] = [
        ReviewLevel::Money,
        ReviewLevel::Breaking,
        ReviewLevel::Risky,
        ReviewLevel::Compatible,
        ReviewLevel::Text,
    ];

    /// Returns the word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            ReviewLevel::Text => "text",
            ReviewLevel::Compatible => "compatible",
            ReviewLevel::Risky => "risky",
            ReviewLevel::Breaking => "breaking",
            ReviewLevel::Money => "money",
        }
    }
}

impl fmt::Display for ReviewLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
