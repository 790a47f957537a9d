//! The rules for judging a message: the decisions, and the codes of an operation.

use std::iter;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Code, Disputed, Pointers, Sources};

/// The rules for judging an incoming message: the response, or the request of an operation that the
/// provider calls. All paths start at that body. What `results.yaml` states is inherited.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ResultHandling {
    /// JSON Pointer of the field that decides: the status. Or `http_status`: the HTTP status of the answer
    /// decides.
    #[serde(default)]
    pub(crate) by: Option<String>,
    /// The decision for each value of the field, alone or with another field. A value that is not listed, or
    /// a message without the values that its decision needs, leaves the outcome pending. For `http_status`: a
    /// status, or a class such as `4XX` for every other status of it but 202, 204, 205, 408, 409, 425 and
    /// 429.
    #[serde(default)]
    pub(crate) cases: IndexMap<String, Case>,
    /// The decision for every message, if none of its fields decides; replaces `by` and `cases`.
    #[serde(default)]
    pub(crate) default: Option<Decision>,
    /// JSON Pointer of the code, or several of them: the first one that is present wins. Absent if the message
    /// has none.
    #[serde(default)]
    pub(crate) code: Option<Pointers>,
    /// JSON Pointer of the message.
    #[serde(default)]
    pub(crate) message: Option<String>,
    /// JSON Pointers of the ids that name the payment later; the first one that is present wins.
    #[serde(default)]
    pub(crate) references: Vec<String>,
    /// JSON Pointers of fields that, when present, must equal the field at the same path of the
    /// request: the operation's own request, or the one that pays in a flow. With another value, the
    /// outcome is in doubt, whatever the status says.
    #[serde(default)]
    pub(crate) agrees: Vec<String>,
    /// The result codes in the page's order: `shared`, or the code itself.
    #[serde(default)]
    pub(crate) codes: IndexMap<String, CodeEntry>,
    /// The shared codes of the operation in addition to those that are listed.
    #[serde(default)]
    pub(crate) shared_codes: SharedCodes,
    /// The points on which sources disagree about the handling.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// The shared codes of an operation in addition to those that it lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SharedCodes {
    /// None: the provider's table is listed completely.
    #[default]
    Listed,
    /// All of them: they hold for every operation.
    All,
    /// All of them: the provider's table could not be read.
    Unknown,
}

/// The decision for a value, alone or with other fields.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Case {
    /// The decision of the value alone.
    One(Decision),
    /// The decisions together with another field.
    Split(Split),
}

impl Case {
    /// Iterates over the decisions, of splits at any depth too.
    pub(crate) fn decisions(&self) -> Box<dyn Iterator<Item = &Decision> + '_> {
        match self {
            Case::One(decision) => Box::new(iter::once(decision)),
            Case::Split(split) => {
                let cases = split.cases.values().chain(split.default.as_deref());
                Box::new(cases.flat_map(Case::decisions))
            }
        }
    }
}

/// The decisions of a value by that of another field.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Split {
    /// JSON Pointer of the deciding field.
    pub(crate) by: String,
    /// The decision for each of its values, alone or with yet another field, up to four fields deep.
    pub(crate) cases: IndexMap<String, Case>,
    /// The decision for every other value; pending without one. An absent value is always pending.
    #[serde(default)]
    pub(crate) default: Option<Box<Case>>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Decision {
    /// The decision.
    pub(crate) decide: Decide,
    /// The name of the outcome, `snake_case`: `paid`, `under_review`. The word of `decide` if absent.
    /// Decisions with the same name are one outcome.
    #[serde(default)]
    pub(crate) r#as: Option<String>,
    /// The action to take, in one sentence.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// JSON Pointer of the object that the decision hands over; not for `failed` and `pending`.
    #[serde(default)]
    pub(crate) payload: Option<String>,
    /// JSON Pointers of the fields that must be present for the decision.
    #[serde(default)]
    pub(crate) needs: Vec<String>,
    /// For `pending`: the actions that are allowed on the payment.
    #[serde(default)]
    pub(crate) actions: Vec<PendingAction>,
    /// The sources, if other than those of the operation.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// The decisions that a caller gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decide {
    /// The operation is complete.
    Done,
    /// The payer is sent to an address.
    Redirect,
    /// The call succeeded, but its subject is not decided yet.
    Waiting,
    /// The call succeeded, but its subject ended without success.
    Ended,
    /// The call, or the reported operation, failed definitely; the code gives the reason.
    Failed,
    /// The outcome is not known yet.
    Pending,
}

impl Decide {
    /// All decisions.
    pub const ALL: [Decide; 6] = [
        Decide::Done,
        Decide::Redirect,
        Decide::Waiting,
        Decide::Ended,
        Decide::Failed,
        Decide::Pending,
    ];

    /// Returns the word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Decide::Done => "done",
            Decide::Redirect => "redirect",
            Decide::Waiting => "waiting",
            Decide::Ended => "ended",
            Decide::Failed => "failed",
            Decide::Pending => "pending",
        }
    }
}

/// The actions that are allowed on a payment whose outcome is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PendingAction {
    /// Send the same bytes again.
    ResendSame,
    /// Inquire about its state.
    Inquire,
    /// Cancel it.
    Cancel,
}

impl PendingAction {
    /// Returns the word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            PendingAction::ResendSame => "resend_same",
            PendingAction::Inquire => "inquire",
            PendingAction::Cancel => "cancel",
        }
    }
}

/// A code of an operation: the word `shared`, or the code itself.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum CodeEntry {
    /// The code with this name in `results.yaml`.
    Shared(SharedCode),
    /// A code of this operation alone.
    Own(Box<Code>),
}

/// The word `shared`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SharedCode {
    /// The code is defined in `results.yaml`.
    Shared,
}
