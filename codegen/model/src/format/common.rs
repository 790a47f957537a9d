use schemars::JsonSchema;
use serde::Deserialize;

pub(crate) use payspec_runtime::Severity;

use super::StatedFact;

/// The sources of a fact, by their tags in `api.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Sources {
    /// One tag.
    One(String),
    /// Several tags, the most trusted first.
    Many(Vec<String>),
}

impl Sources {
    /// Returns the tags, in their order.
    pub(crate) fn tags(&self) -> &[String] {
        match self {
            Sources::One(tag) => std::slice::from_ref(tag),
            Sources::Many(tags) => tags,
        }
    }
}

/// JSON Pointers of one value: the first one that is present wins.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Pointers {
    /// One place.
    One(String),
    /// Several places, the most telling first.
    Many(Vec<String>),
}

impl Pointers {
    /// Returns the pointers, in their order.
    pub(crate) fn texts(&self) -> &[String] {
        match self {
            Pointers::One(text) => std::slice::from_ref(text),
            Pointers::Many(texts) => texts,
        }
    }
}

/// The direction of the messages for which a constraint applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Direction {
    /// Outgoing messages of the merchant: requests, and responses to calls of the provider.
    Outgoing,
    /// Incoming messages of the merchant: responses, and requests of the provider.
    Incoming,
    /// For both.
    #[default]
    Both,
}

/// The date since when a construct exists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Since {
    /// Day or month of the change, `YYYY-MM-DD` or `YYYY-MM`.
    pub(crate) date: String,
    /// The change.
    #[serde(default)]
    pub(crate) note: Option<String>,
    /// The sources of this date.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
}

/// A construct that should no longer be used.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Deprecated {
    /// The reason.
    #[schemars(length(min = 1))]
    pub(crate) reason: String,
    /// The replacement.
    #[serde(default)]
    pub(crate) replacement: Option<String>,
    /// Day or month of the deprecation.
    #[serde(default)]
    pub(crate) date: Option<String>,
    /// Day or month from which it may no longer work.
    #[serde(default)]
    pub(crate) sunset: Option<String>,
    /// The sources of this date.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
}

/// A construct that no longer exists: kept for readers, not generated.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Removed {
    /// Day or month of the removal.
    pub(crate) date: String,
    /// The reason, or the replacement.
    #[serde(default)]
    pub(crate) note: Option<String>,
    /// The sources of this date.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
}

/// A point on which sources disagree, with the ruling.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Disputed {
    /// Short stable name of the dispute, `kebab-case`, unique within the API.
    #[schemars(length(min = 1))]
    pub(crate) id: String,
    /// The question.
    #[schemars(length(min = 1))]
    pub(crate) question: String,
    /// Each side with its source; at least two.
    #[schemars(length(min = 2))]
    pub(crate) sides: Vec<Side>,
    /// The side that the spec takes: the `says` of one of the sides, to the letter.
    pub(crate) takes: String,
    /// The reason.
    #[schemars(length(min = 1))]
    pub(crate) because: String,
    /// The contradictions, found by `payspec check`, that this ruling settles.
    #[serde(default)]
    pub(crate) settles: Vec<Contradiction>,
}

/// One side of a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Side {
    /// The statement of this side, in our words.
    #[schemars(length(min = 1))]
    pub(crate) says: String,
    /// The sources that state it.
    pub(crate) source: Sources,
    /// The statement as facts: a page that states them is not reported by `payspec drift`.
    #[serde(default)]
    pub(crate) states: Vec<StatedFact>,
}

/// A contradiction that `payspec check` finds and that needs a ruling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Contradiction {
    /// A code of a final failed status whose advice is to call again.
    FailedButRetry,
    /// A code of an unresolved status without advice to resend, or with advice to start again.
    PendingWithoutResend,
    /// A code of a successful status whose next step differs from the result handling.
    SuccessStepDiffers,
    /// One code with two statuses, or two codes that mean the same with different advice.
    CodesConflict,
    /// A constraint that a documented example breaks.
    ExampleBreaksRule,
    /// A condition that is always true, so that the field is in fact required.
    ConditionAlwaysTrue,
}
