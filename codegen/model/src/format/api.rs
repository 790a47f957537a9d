use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Disputed, Removed, Since, Sources};

/// `api.yaml`: what holds for every operation of an API.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ApiFile {
    /// The version of the spec format: 1.
    #[schemars(range(min = 1, max = 1))]
    pub payspec: u32,
    /// The name, `snake_case`; also the name of the generated module.
    #[schemars(length(min = 1))]
    pub id: String,
    /// The name for people.
    #[schemars(length(min = 1))]
    pub title: String,
    /// What it is, in one or two sentences.
    #[schemars(length(min = 1))]
    pub description: String,
    /// The sources that facts come from, by tag.
    pub sources: IndexMap<String, Source>,
    /// Source of every fact in this file that names none of its own.
    pub source: Sources,
    /// What stands before the path of an operation, by environment.
    #[serde(default)]
    pub path_prefixes: IndexMap<String, PathPrefix>,
    /// The hosts by region.
    #[serde(default)]
    pub hosts: Vec<Host>,
    /// The HTTP headers.
    #[serde(default)]
    pub headers: Headers,
    /// How values are written on the wire.
    #[serde(default)]
    pub wire: Option<Wire>,
    /// How messages are signed.
    #[serde(default)]
    pub signature: Option<Signature>,
    /// Where sources disagree about the API as a whole.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}

/// Something that states facts: a page, an SDK, a release note.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Source {
    /// What it is.
    #[schemars(length(min = 1))]
    pub title: String,
    /// Who speaks.
    #[serde(default)]
    pub kind: SourceKind,
    /// How much of it was read.
    #[serde(default)]
    pub read: Read,
    /// The date or version; `unknown` when it carries none.
    pub date: String,
    /// Where it was found.
    #[serde(default)]
    pub url: Option<String>,
    /// What it is worth, and what is wrong with it.
    #[serde(default)]
    pub note: Option<String>,
}

/// Who speaks in a source, the most trusted first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// The provider, in a document about this API.
    #[default]
    Page,
    /// The provider, in its own code.
    Sdk,
    /// The provider, about another of its products.
    OtherProduct,
    /// Somebody else.
    ThirdParty,
}

impl SourceKind {
    /// The word that a spec writes.
    pub fn as_str(self) -> &'static str {
        match self {
            SourceKind::Page => "page",
            SourceKind::Sdk => "sdk",
            SourceKind::OtherProduct => "other_product",
            SourceKind::ThirdParty => "third_party",
        }
    }
}

/// How much of a source was read.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Read {
    /// All of it.
    Whole,
    /// A part of it; what it does not say there, it may say elsewhere.
    #[default]
    Part,
}

impl Read {
    /// The word that a spec writes.
    pub fn as_str(self) -> &'static str {
        match self {
            Read::Whole => "whole",
            Read::Part => "part",
        }
    }
}

/// What stands before the path of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct PathPrefix {
    /// The prefix, with a leading and without a trailing slash; may be empty.
    pub prefix: String,
    /// When it is used.
    #[schemars(length(min = 1))]
    pub description: String,
    /// A client id that starts with this selects it.
    #[serde(default)]
    pub client_id_prefix: Option<String>,
    /// Where it comes from.
    #[serde(default)]
    pub source: Option<Sources>,
}

/// A host that serves the API.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Host {
    /// The region it serves.
    pub region: String,
    /// The host name.
    pub host: String,
    /// Whether it is the one to choose.
    pub role: HostRole,
    /// What there is to know about it.
    #[serde(default)]
    pub note: Option<String>,
    /// Since when it exists.
    #[serde(default)]
    pub since: Option<Since>,
    /// It no longer exists.
    #[serde(default)]
    pub removed: Option<Removed>,
    /// Where it comes from.
    #[serde(default)]
    pub source: Option<Sources>,
}

/// Whether a host is the one to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HostRole {
    /// The provider advises it.
    Recommended,
    /// It works.
    Ordinary,
}

/// The HTTP headers of requests and responses.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Headers {
    /// Headers of a request.
    #[serde(default)]
    pub request: Vec<Header>,
    /// Headers of a response.
    #[serde(default)]
    pub response: Vec<Header>,
}

/// One HTTP header.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Header {
    /// The name; letter case does not matter.
    pub name: String,
    /// True if it must be there.
    #[serde(default)]
    pub required: bool,
    /// What it holds.
    #[schemars(length(min = 1))]
    pub description: String,
    /// The form of its value.
    #[serde(default)]
    pub format: Option<HeaderFormat>,
    /// Greatest number of characters.
    #[serde(default)]
    pub max_length: Option<u32>,
    /// A regular expression that the whole value matches; for the format `text`.
    #[serde(default)]
    pub pattern: Option<String>,
    /// A value that shows the form.
    #[serde(default)]
    pub example: Option<String>,
    /// Since when it exists.
    #[serde(default)]
    pub since: Option<Since>,
    /// Where it comes from.
    #[serde(default)]
    pub source: Option<Sources>,
    /// Where sources disagree about it.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}

/// The form of a header's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HeaderFormat {
    /// Milliseconds since 1970-01-01T00:00:00Z, in decimal digits.
    EpochMillis,
    /// ISO 8601 with offset, to the second.
    Datetime,
    /// Comma-separated `key=value` pairs.
    KeyValueList,
    /// A media type.
    MediaType,
    /// Any text.
    Text,
}

/// How values are written on the wire.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Wire {
    /// How numbers and booleans are written.
    pub scalars: Scalars,
    /// What an empty text is.
    pub empty_text: EmptyText,
    /// What lengths count.
    pub lengths: Lengths,
    /// The rule in words.
    #[serde(default)]
    pub description: Option<String>,
    /// Where it comes from.
    #[serde(default)]
    pub source: Option<Sources>,
    /// Where sources disagree about it.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}

/// How numbers and booleans are written. Both forms are always read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scalars {
    /// As JSON strings: `"20"`, `"true"`.
    Strings,
    /// As JSON numbers and booleans; decimals stay strings.
    Native,
}

/// What an empty text is in what the merchant sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EmptyText {
    /// A mistake: an absent field is left out.
    Forbidden,
    /// A text like any other.
    Allowed,
}

/// What lengths count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lengths {
    /// Unicode scalar values.
    Characters,
}

/// How messages are signed.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Signature {
    /// The algorithm.
    pub algorithm: SignatureAlgorithm,
    /// The algorithm's name in the header.
    pub algorithm_name: String,
    /// Bits of the key's modulus.
    pub key_bits: u32,
    /// What is signed of a request, as a template over `{method}`, `{uri}`, `{client_id}`,
    /// `{request_time}`, `{body}`.
    pub request_content: String,
    /// What is signed of a response, likewise, with `{response_time}` for `{request_time}`.
    pub response_content: String,
    /// What `{uri}` stands for.
    pub uri: String,
    /// Steps from the signature's bytes to the text in the header, in order.
    pub encoding: Vec<SignatureEncoding>,
    /// Name of the header that carries the signature.
    pub header: String,
    /// The keys of the header's `key=value` pairs, in the order in which they are written.
    pub header_keys: Vec<String>,
    /// What there is to know.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Where it comes from.
    #[serde(default)]
    pub source: Option<Sources>,
    /// Where sources disagree about it.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}

/// Signature algorithms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017).
    RsaPkcs1V15Sha256,
}

/// A step of a signature's encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignatureEncoding {
    /// Standard base64 with padding (RFC 4648).
    Base64,
    /// `application/x-www-form-urlencoded`.
    FormUrlencoded,
}
