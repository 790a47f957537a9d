use schemars::JsonSchema;
use serde::Deserialize;

pub use payspec_runtime::{Sensitive, Severity};

use super::StatedFact;

/// Tags of the sources, declared in `api.yaml`, that a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Sources {
    /// One tag.
    One(String),
    /// Several tags, the most trusted first.
    Many(Vec<String>),
}

impl Sources {
    /// The tags, in the order in which they stand.
    pub fn tags(&self) -> &[String] {
        match self {
            Sources::One(tag) => std::slice::from_ref(tag),
            Sources::Many(tags) => tags,
        }
    }
}

/// For which messages a constraint holds, by the way they go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Only for what the merchant sends: requests, and responses to calls of the provider.
    Outgoing,
    /// Only for what the merchant receives: responses, and requests of the provider.
    Incoming,
    /// For both.
    #[default]
    Both,
}

/// Since when a thing exists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Since {
    /// Day or month of the change, `YYYY-MM-DD` or `YYYY-MM`.
    pub date: String,
    /// What changed.
    #[serde(default)]
    pub note: Option<String>,
    /// Where that is said.
    #[serde(default)]
    pub source: Option<Sources>,
}

/// A thing that should no longer be used.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Deprecated {
    /// Why.
    #[schemars(length(min = 1))]
    pub reason: String,
    /// What to use instead.
    #[serde(default)]
    pub replacement: Option<String>,
    /// Day or month of the deprecation.
    #[serde(default)]
    pub date: Option<String>,
    /// Where that is said.
    #[serde(default)]
    pub source: Option<Sources>,
}

/// A thing that once existed: kept for the reader, not generated.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Removed {
    /// Day or month of the removal.
    pub date: String,
    /// Why, or what took its place.
    #[serde(default)]
    pub note: Option<String>,
    /// Where that is said.
    #[serde(default)]
    pub source: Option<Sources>,
}

/// A point on which sources disagree, and the ruling.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Disputed {
    /// Short stable name of the dispute, `kebab-case`, unique within the API.
    #[schemars(length(min = 1))]
    pub id: String,
    /// What is in question.
    #[schemars(length(min = 1))]
    pub question: String,
    /// Each side with its source; at least two.
    #[schemars(length(min = 2))]
    pub sides: Vec<Side>,
    /// The side that the spec takes: the `says` of one of the sides, to the letter.
    pub takes: String,
    /// Why.
    #[schemars(length(min = 1))]
    pub because: String,
    /// Tensions found by `payspec check` that this ruling settles.
    #[serde(default)]
    pub settles: Vec<Contradiction>,
}

/// One side of a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Side {
    /// What this side states, in our words.
    #[schemars(length(min = 1))]
    pub says: String,
    /// Who states it.
    pub source: Sources,
    /// The same for programs: a page that states it is no news to `payspec drift`.
    #[serde(default)]
    pub states: Vec<StatedFact>,
}

/// A contradiction that `payspec check` finds by itself and wants a ruling for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Contradiction {
    /// A code of a final failed status whose advice is to call again.
    FailedButRetry,
    /// A code of an unresolved status with no advice to resend, or with advice to start anew.
    PendingWithoutResend,
    /// A code of a successful status with no step that the result handling asks for.
    SuccessStepDiffers,
    /// One code with two statuses, or two codes that mean the same with different advice.
    CodesConflict,
    /// A constraint that a documented example breaks.
    ExampleBreaksRule,
    /// A condition that is always true, so that the field is in fact required.
    ConditionAlwaysTrue,
}
