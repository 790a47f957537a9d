use indexmap::IndexMap;
use payspec_runtime::{MediaType, rules};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Alternatives, Deprecated, Disputed, FieldEntry, Fields, OperationAuth, Particulars, Refinement,
    ResultHandling, SecondsEntry, Since, Sources, Waiver,
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
    /// The proof of who sends its requests, if other than that of the API.
    #[serde(default)]
    pub(crate) auth: Option<OperationAuth>,
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
    /// The parts of a list that comes in pages. Only of a `GET` of the merchant.
    #[serde(default)]
    pub(crate) pagination: Option<Pagination>,
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
pub(crate) struct Notification {
    /// JSON Pointer of the field of the request whose object travels encrypted, as `encryption` in `auth` states. The
    /// request has the plaintext there.
    #[serde(default)]
    pub(crate) encrypted: Option<String>,
    /// JSON Pointer of the notifications in a message with several, with `*` for the elements of a list. The request is one of
    /// them.
    #[serde(default)]
    pub(crate) each: Option<String>,
    /// JSON Pointers of the values that identify the event: a notification that is sent again has the same.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) event_id: Option<Vec<String>>,
}

/// The parts of a list that comes in pages: each answer has some of the elements, and a cursor with which the next
/// request continues.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Pagination {
    /// JSON Pointer of the list in the answer.
    pub(crate) items: String,
    /// JSON Pointer of the cursor in the answer, or in the last element of the list: `/data/[last]/id`. Without a
    /// cursor, the page is the last one.
    pub(crate) next: String,
    /// JSON Pointer of the field of the request that takes the cursor.
    pub(crate) to: String,
    /// JSON Pointer of a boolean in the answer, false on the last page.
    #[serde(default)]
    pub(crate) more: Option<String>,
}

impl OperationFile {
    /// Returns the side that calls.
    pub(crate) fn caller(&self) -> Caller {
        match self.notification {
            Some(Notification { .. }) => Caller::Provider,
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
    /// The type of the whole body: the name of an object, or any other type with its constraints. `fields` has then only
    /// what travels in the path, the query and headers.
    #[serde(default)]
    pub(crate) body: Option<FieldEntry>,
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
    /// The type of the whole body, in place of `fields`: the name of an object, or a list.
    #[serde(default)]
    pub(crate) body: Option<FieldEntry>,
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
