use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Disputed, Sources};

/// A file below `flows/`: the life of a payment or a refund, from the request that starts it to its end.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct FlowFile {
    /// The name, `snake_case`, unique in the whole spec.
    #[schemars(length(min = 1))]
    pub id: String,
    /// The id of an abstract flow that this one lies over: what stands there need not stand here
    /// again. Mappings are merged by their keys, texts and lists replace those of the base; only
    /// lists of `disputed` are joined.
    #[serde(default)]
    pub extends: Option<String>,
    /// Whether this is a part that other flows extend. It need not be whole, and extends none
    /// itself.
    #[serde(default)]
    pub r#abstract: bool,
    /// The name for people.
    #[schemars(length(min = 1))]
    pub title: String,
    /// What it is the life of, in one or two sentences.
    #[schemars(length(min = 1))]
    pub description: String,
    /// Source of every fact in this file that names none of its own.
    pub source: Sources,
    /// Of the life of a payment: the operation that can take money. Its idempotency key is the payment.
    #[serde(default)]
    pub pays: Option<String>,
    /// Of the life of a refund, in place of `pays`: the operation that gives money back. Its idempotency
    /// key is the refund.
    #[serde(default)]
    pub refunds: Option<String>,
    /// The state in which the life begins: the one that sends `pays` or `refunds`.
    pub starts: String,
    /// Operations of the provider that speak of the payment or the refund; they are heard in every state.
    #[serde(default)]
    pub notified_by: Vec<String>,
    /// JSON Pointer, in the request of `pays` or `refunds`, of the time after which it must not
    /// succeed. It bounds all waiting.
    #[serde(default)]
    pub expires: Option<String>,
    /// JSON Pointers of what a message that says how the life ended says beside: the
    /// provider's id, the amount, the time. An end that is proved carries them, as far as the
    /// message states them.
    #[serde(default)]
    pub proves: Vec<String>,
    /// The states: steps, which send something, and ends.
    pub states: IndexMap<String, FlowState>,
    /// Where sources disagree about the life.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}

/// A state: a step has `send`, `after_s` and `on`; an end has `end`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct FlowState {
    /// The meaning of the state for the payment or the refund, and the reason for its step.
    #[schemars(length(min = 1))]
    pub description: String,
    /// Of a step: the operation to send. All its sendings are of the same request.
    #[serde(default)]
    pub send: Option<String>,
    /// Of a step: one entry for each sending allowed, the pause before it, in seconds: `0` for at
    /// once, `unknown` where no source gives one and the client chooses.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub after_s: Vec<PauseEntry>,
    /// Of a step: where each event leads: to a state, to `again` (the next sending), or to `stay`.
    ///
    /// Events are `OPERATION.OUTCOME`, `OPERATION.OUTCOME CODE` for one code of a failure,
    /// `OPERATION.*` for all outcomes that are not listed, `no_answer` (a sending was not
    /// answered), `exhausted` (`again`, and no sending is left) and `expired` (the time of
    /// `expires` has come).
    #[serde(default)]
    pub on: IndexMap<String, String>,
    /// Of an end: what the payment or the refund came to.
    #[serde(default)]
    pub end: Option<End>,
    /// Where it comes from, when not the file's own source.
    #[serde(default)]
    pub source: Option<Sources>,
    /// Where sources disagree about the state.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}

/// The pause before a sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum PauseEntry {
    /// Seconds.
    Seconds(u32),
    /// The word `unknown`.
    Unknown(UnknownPause),
}

/// The word `unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnknownPause {
    /// No source gives the pause.
    Unknown,
}

/// The end of a payment or a refund.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The money was taken.
    Paid,
    /// The payment ended without success.
    Unpaid,
    /// The payment was cancelled.
    Cancelled,
    /// The amount is given back.
    Refunded,
    /// The refund ended without success.
    RefundFailed,
    /// Nobody could find out: people have to.
    Escalated,
}

impl End {
    /// All of them.
    pub const ALL: [End; 6] = [
        End::Paid,
        End::Unpaid,
        End::Cancelled,
        End::Refunded,
        End::RefundFailed,
        End::Escalated,
    ];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            End::Paid => "paid",
            End::Unpaid => "unpaid",
            End::Cancelled => "cancelled",
            End::Refunded => "refunded",
            End::RefundFailed => "refund_failed",
            End::Escalated => "escalated",
        }
    }
}
