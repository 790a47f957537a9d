use indexmap::IndexMap;
use payspec_runtime::rules;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Alternatives, Code, Deprecated, Disputed, Fields, Particulars, Refinement, Since, Sources,
    Waiver,
};

/// A file below `operations/`: one operation of the API.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct OperationFile {
    /// The name, `snake_case`, unique in the whole spec.
    #[schemars(length(min = 1))]
    pub id: String,
    /// The id of an abstract operation that this one lies over: what stands there need not stand
    /// here again. Mappings are merged by their keys, texts and lists replace those of the base;
    /// only lists of `disputed` are joined.
    #[serde(default)]
    pub extends: Option<String>,
    /// Whether other operations extend this one, and no code is generated for it alone. It extends
    /// none itself.
    #[serde(default)]
    pub r#abstract: bool,
    /// The name for people.
    #[schemars(length(min = 1))]
    pub title: String,
    /// What it does, in one or two sentences.
    #[schemars(length(min = 1))]
    pub description: String,
    /// Source of every fact in this file that names none of its own.
    pub source: Sources,
    /// The HTTP method.
    pub method: Method,
    /// The path behind the API's prefix. Where the provider calls, the path that it calls, or in
    /// braces the field in which the merchant gave it the address.
    pub path: String,
    /// Who calls whom.
    #[serde(default)]
    pub caller: Caller,
    /// The id that the operation had before.
    #[serde(default)]
    pub renamed_from: Option<String>,
    /// Since when the operation exists.
    #[serde(default)]
    pub since: Option<Since>,
    /// The operation should no longer be used.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// The body of the request.
    pub request: Body,
    /// The body of the response; absent when no source describes it.
    #[serde(default)]
    pub response: Option<Body>,
    /// How the answer is judged, or the request when the provider calls; absent when no source says so.
    #[serde(default)]
    pub result: Option<ResultHandling>,
    /// How the provider recognises a request that it has seen before.
    #[serde(default)]
    pub idempotency: Option<Idempotency>,
    /// The documented messages.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// Where sources disagree about the operation.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
    /// Lines of the provider's page that the spec leaves out on purpose.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
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

/// Who sends the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Caller {
    /// The merchant calls the provider.
    #[default]
    Merchant,
    /// The provider calls the merchant.
    Provider,
}

impl Caller {
    /// The word for it.
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
pub struct Body {
    /// The fields in the page's order.
    pub fields: Fields,
    /// Groups of fields of which at least one must be present.
    #[serde(default)]
    pub at_least_one_of: Vec<Alternatives>,
    /// Groups of fields that should hold one currency.
    #[serde(default)]
    pub same_currency: Vec<SameCurrency>,
    /// What this operation asks of fields inside shared objects, by JSON Pointer from the body;
    /// `*` matches every element of a list.
    #[serde(default)]
    pub refinements: IndexMap<String, Refinement>,
}

/// Fields of a body that should hold one currency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct SameCurrency {
    /// JSON Pointers from the body to fields of type `currency`; the first that is there gives the
    /// currency.
    #[schemars(length(min = 2))]
    pub fields: Vec<String>,
    /// How bad it is to break the constraint, in which direction, who says so.
    #[serde(default)]
    pub particulars: Particulars,
}

/// How what comes in is judged: the response, or the request of an operation that the provider
/// calls. All paths lead through that body.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ResultHandling {
    /// JSON Pointer of the status. Where the message carries none, the status that it stands for.
    pub status: String,
    /// JSON Pointer of the code; absent where the message carries none.
    #[serde(default)]
    pub code: Option<String>,
    /// JSON Pointer of the message.
    #[serde(default)]
    pub message: Option<String>,
    /// JSON Pointers of what names the payment afterwards; the first present one wins.
    #[serde(default)]
    pub references: Vec<String>,
    /// JSON Pointers of fields that, when present, must equal the field at the same path of the
    /// request: the operation's own one, or the one that pays in a flow. Another value leaves the
    /// matter in doubt, whatever the status says.
    #[serde(default)]
    pub agrees: Vec<String>,
    /// What each status decides, alone or with another field. A status that is not listed, and a
    /// message that does not carry what its decision needs, leaves the matter pending.
    pub decisions: IndexMap<String, DecisionEntry>,
    /// The result codes in the page's order: `shared`, or the code itself.
    #[serde(default)]
    pub codes: IndexMap<String, CodeEntry>,
    /// Which shared codes there are beside those that are listed.
    #[serde(default)]
    pub shared_codes: SharedCodes,
    /// Where sources disagree about the handling.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}

/// Which shared codes an operation has beside those that it lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SharedCodes {
    /// None: the provider's table is listed whole.
    #[default]
    Listed,
    /// All of them: the provider's table could not be read.
    All,
}

/// What a status decides: by itself, or together with another field.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum DecisionEntry {
    /// By itself.
    One(Decision),
    /// Together with another field.
    Split(Split),
}

/// The decisions of a status by the value of another field.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Split {
    /// JSON Pointer of the field that decides.
    pub by: String,
    /// What its values decide. One that is not listed, or none, leaves the matter pending.
    pub cases: IndexMap<String, Decision>,
}

/// What a status, or a value of another field beside it, decides.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Decision {
    /// The decision.
    pub decide: Decide,
    /// What it is called, `snake_case`: `paid`, `under_review`. The decision's own word when absent.
    /// Decisions with the same name are one outcome.
    #[serde(default)]
    pub r#as: Option<String>,
    /// What to do, in one sentence.
    #[schemars(length(min = 1))]
    pub description: String,
    /// JSON Pointer of the object that the decision hands over; not for `failed` and `pending`.
    #[serde(default)]
    pub payload: Option<String>,
    /// JSON Pointers of what must be present for the decision to stand.
    #[serde(default)]
    pub needs: Vec<String>,
    /// For `pending`: what may be done with the payment.
    #[serde(default)]
    pub actions: Vec<PendingAction>,
    /// Where it comes from, when not the operation's own source.
    #[serde(default)]
    pub source: Option<Sources>,
}

/// The decisions that a caller can face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decide {
    /// The call did what it was for.
    Done,
    /// The payer is sent to an address.
    Redirect,
    /// The call is fine; what it is about is not decided yet.
    Waiting,
    /// The call is fine; what it is about ended without success.
    Ended,
    /// The call failed for good, or what it reports did; the code says why.
    Failed,
    /// Nobody knows yet.
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

    /// The word for it.
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

/// What may be done with a payment whose outcome is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PendingAction {
    /// Send the same bytes again.
    ResendSame,
    /// Ask how it stands.
    Inquire,
    /// Cancel it.
    Cancel,
}

impl PendingAction {
    /// The word for it.
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
pub enum CodeEntry {
    /// The code of that name in `results.yaml`.
    Shared(SharedCode),
    /// A code of this operation alone.
    Own(Box<Code>),
}

/// The word `shared`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SharedCode {
    /// The code stands in `results.yaml`.
    Shared,
}

/// How the provider recognises a request that it has seen before.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Idempotency {
    /// JSON Pointer, in the request, of the idempotency key.
    pub key: String,
    /// JSON Pointers, in the request, of the fields that must be the same again.
    #[serde(default)]
    pub must_repeat: Vec<String>,
    /// The statuses after which the same key gets the same answer.
    pub settled: Vec<String>,
    /// The code that a request with the same key and other values gets.
    #[serde(default)]
    pub conflict_code: Option<String>,
    /// The rule in words.
    #[schemars(length(min = 1))]
    pub description: String,
    /// Where it comes from, when not the operation's own source.
    #[serde(default)]
    pub source: Option<Sources>,
    /// Where sources disagree about it.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}

/// A documented message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Example {
    /// A short name, unique in the operation.
    pub name: String,
    /// Which body it is.
    pub side: ExampleSide,
    /// The file, from the API's folder.
    pub file: String,
    /// Where it comes from.
    #[serde(default)]
    pub source: Option<Sources>,
    /// What was restored or left out.
    #[serde(default)]
    pub note: Option<String>,
}

/// Which body an example is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExampleSide {
    /// A request.
    Request,
    /// A response.
    Response,
}
