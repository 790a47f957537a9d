use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use payspec_runtime::{NextStep, Resend};

use super::{Case, Deprecated, Disputed, Pointers, Removed, Response, SharedCodes, Since, Sources};

/// `results.yaml`: the half of every operation's `result` that is the same, and the result codes that
/// operations share. An operation overrides it key by key; one that judges by another field inherits
/// nothing.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ResultsFile {
    /// The sources of every fact in this file that names none of its own.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// JSON Pointer, in the judged message, of the field that decides: its status. Or `http_status`: the HTTP
    /// status of an answer decides.
    #[serde(default)]
    pub(crate) by: Option<String>,
    /// JSON Pointer of the code, or several of them: the first one that is present wins.
    #[serde(default)]
    pub(crate) code: Option<Pointers>,
    /// JSON Pointer of the message.
    #[serde(default)]
    pub(crate) message: Option<String>,
    /// The decision for each value of the field. An operation cannot make something better of a value that
    /// fails or leaves the outcome pending.
    #[serde(default)]
    pub(crate) cases: IndexMap<String, Case>,
    /// The answers by HTTP status, as in an operation, for those that have no `response`.
    #[serde(default)]
    pub(crate) responses: IndexMap<String, Response>,
    /// The shared codes of an operation in addition to those that it lists.
    #[serde(default)]
    pub(crate) shared_codes: Option<SharedCodes>,
    /// The shared codes by their spelling on the wire.
    #[serde(default)]
    pub(crate) codes: IndexMap<String, Code>,
    /// The points on which sources disagree about codes in general.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// One result code.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Code {
    /// The status that it is documented with: a case of the result. Beside another one the outcome is
    /// pending.
    pub(crate) status: String,
    /// The meaning, in our words.
    #[schemars(length(min = 1))]
    pub(crate) meaning: String,
    /// The documented further action, in our words.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) action: String,
    /// The next step of a program.
    pub(crate) next_step: NextStep,
    /// The rule for sending the same body again.
    pub(crate) resend: Resend,
    /// The kind of request that the provider refuses with it before processing.
    #[serde(default)]
    pub(crate) refuses: Option<Refusal>,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The name of the code in Rust, if its spelling on the wire does not suit.
    #[serde(default)]
    pub(crate) rust_name: Option<String>,
    /// The former name of the code.
    #[serde(default)]
    pub(crate) renamed_from: Option<String>,
    /// The date since when the code exists.
    #[serde(default)]
    pub(crate) since: Option<Since>,
    /// Set if the code should no longer occur.
    #[serde(default)]
    pub(crate) deprecated: Option<Deprecated>,
    /// Set if the code no longer exists.
    #[serde(default)]
    pub(crate) removed: Option<Removed>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// The reason why a provider refuses a request before processing it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The address belongs to no operation.
    Address,
    /// The operation has another HTTP method.
    Method,
    /// The media type of the body, or of the requested answer, is not supported.
    MediaType,
    /// The client id is missing or unknown.
    Client,
    /// The key is unknown.
    Key,
    /// The signature is missing or wrong.
    Signature,
    /// A header or a field is missing or violates a rule.
    Parameters,
    /// The subject of the request, such as a payment, is unknown.
    Subject,
    /// The subject of the request is already cancelled.
    Cancelled,
    /// The subject of the request has already ended without success.
    Closed,
}
