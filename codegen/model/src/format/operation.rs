use std::iter;

use indexmap::IndexMap;
use payspec_runtime::{MediaType, rules};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Alternatives, Code, Deprecated, Disputed, Fields, Particulars, Pointers, Refinement,
    SecondsEntry, Since, Sources, Waiver,
};

/// A file below `operations/`: one operation of the API.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct OperationFile {
    /// The name, `snake_case`, unique in the whole spec.
    #[schemars(length(min = 1))]
    pub(crate) id: String,
    /// The id of an abstract operation that this one extends; it inherits all keys of that operation.
    /// Mappings are merged by their keys, texts and lists replace those of the base; only lists of
    /// `disputed` are joined.
    #[serde(default)]
    pub(crate) extends: Option<String>,
    /// True for a base that other operations extend; no code is generated for it alone. It cannot
    /// extend another operation.
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
    /// The HTTP method.
    pub(crate) method: Method,
    /// The path after the API's prefix. If the provider calls: the path that it calls, or in braces the
    /// field in which the merchant sent the address.
    pub(crate) path: String,
    /// Set if the provider calls the merchant.
    #[serde(default)]
    pub(crate) notification: Option<Notification>,
    /// The former id of the operation.
    #[serde(default)]
    pub(crate) renamed_from: Option<String>,
    /// The date since when the operation exists.
    #[serde(default)]
    pub(crate) since: Option<Since>,
    /// Set if the operation should no longer be used.
    #[serde(default)]
    pub(crate) deprecated: Option<Deprecated>,
    /// The body of the request.
    pub(crate) request: Body,
    /// The body of the response; absent if no source describes it.
    #[serde(default)]
    pub(crate) response: Option<Body>,
    /// The answers by HTTP status, by class such as `4XX`, or `default`, where their bodies differ; in place of
    /// `response`, for a result by `http_status`. What `results.yaml` states is inherited by key.
    #[serde(default)]
    pub(crate) responses: IndexMap<String, Response>,
    /// The rules for judging the answer, or the request if the provider calls; absent if no source
    /// states them.
    #[serde(default)]
    pub(crate) result: Option<ResultHandling>,
    /// The rules by which the provider recognises a repeated request.
    #[serde(default)]
    pub(crate) idempotency: Option<Idempotency>,
    /// The documented messages.
    #[serde(default)]
    pub(crate) examples: Vec<Example>,
    /// The points on which sources disagree about the operation.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
    /// Lines of the provider's page that the spec omits on purpose.
    #[serde(default)]
    pub(crate) waivers: Vec<Waiver>,
}

/// HTTP methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
}

impl Method {
    /// Returns its spelling in HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }

    /// Returns whether requests with this method have a body.
    pub fn has_body(self) -> bool {
        rules::method_has_body(self.as_str())
    }
}

/// A call of the provider; it may be empty: `notification: {}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Notification {}

impl OperationFile {
    /// Returns the side that calls.
    pub(crate) fn caller(&self) -> Caller {
        match self.notification {
            Some(Notification {}) => Caller::Provider,
            None => Caller::Merchant,
        }
    }
}

/// The side that sends the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// The merchant calls the provider.
    Merchant,
    /// The provider calls the merchant.
    Provider,
}

impl Caller {
    /// Returns the word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Caller::Merchant => "merchant",
            Caller::Provider => "provider",
        }
    }
}

/// The body of a request or response.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Body {
    /// The media type, for a request that the merchant sends; that of the API if absent. All other bodies are JSON.
    #[serde(default)]
    pub(crate) media_type: Option<MediaType>,
    /// The name of the object that is the whole body; `fields` has then only what travels in the path, the query and
    /// headers.
    #[serde(default)]
    pub(crate) body: Option<String>,
    /// The fields in the page's order; needed without `body`.
    #[serde(default)]
    pub(crate) fields: Fields,
    /// Groups of fields of which at least one must be present.
    #[serde(default)]
    pub(crate) at_least_one_of: Vec<Alternatives>,
    /// Groups of fields that should have the same currency.
    #[serde(default)]
    pub(crate) same_currency: Vec<SameCurrency>,
    /// Additional rules of this operation for fields inside shared objects, by JSON Pointer from the
    /// body; `*` matches every element of a list.
    #[serde(default)]
    pub(crate) refinements: IndexMap<String, Refinement>,
}

/// The body of the answers with one HTTP status, of one class, or with every other status. A field that several
/// answers have is the same in all of them; only `required` may differ.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Response {
    /// The name of the object that is the whole body, in place of `fields`.
    #[serde(default)]
    pub(crate) body: Option<String>,
    /// The fields in the page's order; needed without `body`.
    #[serde(default)]
    pub(crate) fields: Fields,
}

/// Fields of a body that should have the same currency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct SameCurrency {
    /// JSON Pointers from the body to fields of type `currency`; the first one that is present
    /// determines the currency.
    #[schemars(length(min = 2))]
    pub(crate) fields: Vec<String>,
    /// Severity, direction, sources and reason.
    #[serde(default)]
    pub(crate) particulars: Particulars,
}

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

/// The rules by which the provider recognises a repeated request.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Idempotency {
    /// JSON Pointer, in the request, of the idempotency key.
    pub(crate) key: String,
    /// JSON Pointers, in the request, of the fields that must be unchanged in a repetition.
    #[serde(default)]
    pub(crate) must_repeat: Vec<String>,
    /// The statuses after which the same key gets the same answer.
    pub(crate) settled: Vec<String>,
    /// The code for a request with the same key and other values.
    #[serde(default)]
    pub(crate) conflict_code: Option<String>,
    /// The time for which the provider keeps a key, in seconds from the first request with it; `unknown` if
    /// no source states it. Later, the same key is a new request.
    #[serde(default)]
    pub(crate) lifetime_s: Option<SecondsEntry>,
    /// The rule in words.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// The sources, if other than those of the operation.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// A documented message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Example {
    /// A short name, unique in the operation.
    pub(crate) name: String,
    /// The body that it shows.
    pub(crate) side: ExampleSide,
    /// The HTTP status of a response; needed where the HTTP status decides.
    #[serde(default)]
    #[schemars(range(min = 100, max = 599))]
    pub(crate) status: Option<u16>,
    /// The file, from the API's folder.
    pub(crate) file: String,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// A note about restored or omitted parts.
    #[serde(default)]
    pub(crate) note: Option<String>,
}

/// The value of `by` that stands for the HTTP status of an answer. No JSON Pointer is spelled like this.
pub const HTTP_STATUS: &str = "http_status";

/// The body that an example shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ExampleSide {
    /// A request.
    Request,
    /// A response.
    Response,
}
