use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use payspec_runtime::{NextStep, Resend, StatusClass};

use super::{Deprecated, Disputed, Removed, Since, Sources};

/// `results.yaml`: statuses, and the result codes that operations share.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ResultsFile {
    /// Source of every fact in this file that names none of its own.
    #[serde(default)]
    pub source: Option<Sources>,
    /// The statuses by their spelling on the wire.
    pub statuses: IndexMap<String, Status>,
    /// The shared codes by their spelling on the wire.
    #[serde(default)]
    pub codes: IndexMap<String, Code>,
    /// Where sources disagree about codes in general.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}

/// What a status says about a call.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Status {
    /// What it says, in one sentence.
    #[schemars(length(min = 1))]
    pub description: String,
    /// The class that decides what can follow.
    pub class: StatusClass,
    /// Where its facts come from.
    #[serde(default)]
    pub source: Option<Sources>,
    /// Where sources disagree about it.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}

/// One result code.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Code {
    /// The status it comes with.
    pub status: String,
    /// What it means, in our words.
    #[schemars(length(min = 1))]
    pub meaning: String,
    /// The documented further action, in our words.
    #[schemars(length(min = 1))]
    pub action: String,
    /// What a program does next.
    pub next_step: NextStep,
    /// Whether the same body may be sent again.
    pub resend: Resend,
    /// What the provider refuses with it before it looks at what the request asks for.
    #[serde(default)]
    pub refuses: Option<Refusal>,
    /// Where its facts come from.
    #[serde(default)]
    pub source: Option<Sources>,
    /// What the code is named by in Rust, where its spelling on the wire does not suit.
    #[serde(default)]
    pub rust_name: Option<String>,
    /// What the code was called before.
    #[serde(default)]
    pub renamed_from: Option<String>,
    /// Since when the code exists.
    #[serde(default)]
    pub since: Option<Since>,
    /// The code should no longer be met.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// The code no longer exists.
    #[serde(default)]
    pub removed: Option<Removed>,
    /// Where sources disagree about it.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}

/// Why a provider refuses a request, whatever it asks for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// No operation is at the address.
    Address,
    /// The operation has another HTTP method.
    Method,
    /// A body or an answer of this media type is not to be had.
    MediaType,
    /// The client id is missing or not known.
    Client,
    /// There is no such key.
    Key,
    /// The signature is missing or wrong.
    Signature,
    /// A header or a field is missing or breaks a rule.
    Parameters,
    /// What the request is about is not known.
    Subject,
    /// What the request is about was cancelled before.
    Cancelled,
    /// What the request is about ended badly before.
    Closed,
}
