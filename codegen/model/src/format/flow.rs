use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Disputed, Sources};

/// A file below `flows/`: the life of a payment or a refund, from the request that starts it to its end.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct FlowFile {
    /// The name, `snake_case`, unique in the whole spec.
    #[schemars(length(min = 1))]
    pub(crate) id: String,
    /// The id of an abstract flow that this one extends; it inherits all keys of that flow. Mappings
    /// are merged by their keys, texts and lists replace those of the base; only lists of `disputed`
    /// are joined.
    #[serde(default)]
    pub(crate) extends: Option<String>,
    /// True for a part that other flows extend. It may be incomplete, and cannot extend another flow.
    #[serde(default)]
    pub(crate) r#abstract: bool,
    /// The title for readers.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) title: String,
    /// The description, in one or two sentences.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// The sources of every fact in this file that names none of its own.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// In the flow of a payment: the operation that can take money. Its idempotency key identifies the
    /// payment.
    #[serde(default)]
    pub(crate) pays: Option<String>,
    /// In the flow of a refund, instead of `pays`: the operation that gives money back. Its idempotency
    /// key identifies the refund.
    #[serde(default)]
    pub(crate) refunds: Option<String>,
    /// The first state: the one that sends `pays` or `refunds`.
    pub(crate) starts: String,
    /// Operations by which the provider reports on the payment or the refund; every state receives
    /// them.
    #[serde(default)]
    pub(crate) notified_by: Vec<String>,
    /// JSON Pointer, in the request of `pays` or `refunds`, of the time after which it must not
    /// succeed. Waiting ends at that time.
    #[serde(default)]
    pub(crate) expires: Option<String>,
    /// JSON Pointers of additional values in a message that proves the end: the provider's id, the
    /// amount, the time. A proved end carries those that the message contains.
    #[serde(default)]
    pub(crate) proves: Vec<String>,
    /// The values of earlier messages that later requests carry: by the operation that is sent, the
    /// JSON Pointer of a field of its request, with the operation that answered and the JSON Pointer of
    /// the value in that answer, such as `create:/id`; or with that of `pays` or `refunds` and the JSON
    /// Pointer of the value in its request, such as `create:request:/shop`.
    #[serde(default)]
    pub(crate) with: IndexMap<String, IndexMap<String, String>>,
    /// The states: steps, which send something, and ends.
    pub(crate) states: IndexMap<String, FlowState>,
    /// The points on which sources disagree about the flow.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// A state: a step has `send`, `after_s` and `on`; an end has `end`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct FlowState {
    /// The meaning of the state for the payment or the refund, and the reason for its step.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// Of a step: the operation to send. All sendings have the same request.
    #[serde(default)]
    pub(crate) send: Option<String>,
    /// Of a step: the pause before each allowed sending, in seconds: `0` for at once, `unknown` if no
    /// source states it and the client chooses.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) after_s: Vec<SecondsEntry>,
    /// Of a step: the target of each event: a state, `again` (the next sending), or `stay`.
    ///
    /// Events are `OPERATION.OUTCOME`, `OPERATION.OUTCOME CODE` for one code of a failure,
    /// `OPERATION.*` for all outcomes that are not listed, `no_answer` (a sending was not answered),
    /// `exhausted` (`again`, but no sending is left) and `expired` (the time of `expires` is reached).
    #[serde(default)]
    pub(crate) on: IndexMap<String, String>,
    /// Of an end: the result of the payment or the refund.
    #[serde(default)]
    pub(crate) end: Option<End>,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The points on which sources disagree about the state.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// A time in seconds, which a source may leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum SecondsEntry {
    /// Seconds.
    Seconds(u32),
    /// The word `unknown`.
    Unknown(UnknownSeconds),
}

/// The word `unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UnknownSeconds {
    /// No source states it.
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
    /// The amount was given back.
    Refunded,
    /// The refund ended without success.
    RefundFailed,
    /// The result could not be found out: a person has to.
    Escalated,
}

impl End {
    /// All values.
    pub const ALL: [End; 6] = [
        End::Paid,
        End::Unpaid,
        End::Cancelled,
        End::Refunded,
        End::RefundFailed,
        End::Escalated,
    ];

    /// Returns the word for it.
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
