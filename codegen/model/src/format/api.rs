use indexmap::IndexMap;
use payspec_runtime::{MediaType, Style};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Auth, Credential, Disputed, Removed, Since, Sources};

/// `api.yaml`: the facts that apply to every operation of an API.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ApiFile {
    /// The version of the spec format: 2.
    #[schemars(range(min = 2, max = 2))]
    pub(crate) payspec: u32,
    /// The name, `snake_case`; also the name of the generated module.
    #[schemars(length(min = 1))]
    pub(crate) id: String,
    /// The title for readers.
    #[schemars(length(min = 1))]
    pub(crate) title: String,
    /// The description, in one or two sentences.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// The sources of facts, by tag. If there are any, every fact needs one.
    #[serde(default)]
    pub(crate) sources: IndexMap<String, Source>,
    /// The sources of every fact in this file that names none of its own.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The address before the path of an operation, by environment: `production`, `sandbox`.
    #[serde(default)]
    pub(crate) servers: IndexMap<String, ServerEntry>,
    /// The hosts by region, for servers that are only a path.
    #[serde(default)]
    pub(crate) hosts: Vec<Host>,
    /// The HTTP headers.
    #[serde(default)]
    pub(crate) headers: Headers,
    /// The encoding of values on the wire.
    #[serde(default)]
    pub(crate) wire: Option<Wire>,
    /// The rules for signing messages.
    #[serde(default)]
    pub(crate) signature: Option<Signature>,
    /// The credentials of a merchant, by name. What `auth` uses and this does not list is a secret.
    #[serde(default)]
    pub(crate) credentials: IndexMap<String, Credential>,
    /// The proof of the sender of requests, if they are not signed.
    #[serde(default)]
    pub(crate) auth: Option<Auth>,
    /// The points on which sources disagree about the API as a whole.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// A source of facts: a page, an SDK, a release note.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Source {
    /// The title.
    #[schemars(length(min = 1))]
    pub(crate) title: String,
    /// The kind of source.
    #[serde(default)]
    pub(crate) kind: SourceKind,
    /// The extent to which it was read.
    #[serde(default)]
    pub(crate) read: Read,
    /// The date or version; `unknown` if it has none.
    pub(crate) date: String,
    /// The address where it was found.
    #[serde(default)]
    pub(crate) url: Option<String>,
    /// An assessment of its value and its errors.
    #[serde(default)]
    pub(crate) note: Option<String>,
}

/// The kinds of source, the most trusted first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A document of the provider about this API.
    #[default]
    Page,
    /// Code of the provider.
    Sdk,
    /// A document of the provider about another product.
    OtherProduct,
    /// A source of somebody else.
    ThirdParty,
}

impl SourceKind {
    /// Returns the word for it in a spec.
    pub fn as_str(self) -> &'static str {
        match self {
            SourceKind::Page => "page",
            SourceKind::Sdk => "sdk",
            SourceKind::OtherProduct => "other_product",
            SourceKind::ThirdParty => "third_party",
        }
    }
}

/// The extent to which a source was read.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Read {
    /// All of it.
    Whole,
    /// A part of it; facts that are missing there may be in the rest.
    #[default]
    Part,
}

impl Read {
    /// Returns the word for it in a spec.
    pub fn as_str(self) -> &'static str {
        match self {
            Read::Whole => "whole",
            Read::Part => "part",
        }
    }
}

/// A server: its address alone, or the server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum ServerEntry {
    /// Short form.
    Url(String),
    /// Long form.
    Server(Server),
}

/// The address of an environment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Server {
    /// The address, `https://api.example.com/v1`, or a path behind each of the `hosts`: `/v1`. Without a
    /// trailing slash; a path may be empty.
    pub(crate) url: String,
    /// The purpose of the environment.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// The beginning of the client ids that select it.
    #[serde(default)]
    pub(crate) client_id_prefix: Option<String>,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
}

/// A host that serves the API.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Host {
    /// The region it serves.
    pub(crate) region: String,
    /// The host name.
    pub(crate) host: String,
    /// The role of the host among the others.
    pub(crate) role: HostRole,
    /// A note about it.
    #[serde(default)]
    pub(crate) note: Option<String>,
    /// The date since when it exists.
    #[serde(default)]
    pub(crate) since: Option<Since>,
    /// Set if it no longer exists.
    #[serde(default)]
    pub(crate) removed: Option<Removed>,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
}

/// The role of a host.
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
pub(crate) struct Headers {
    /// Headers of a request, by name; letter case does not matter.
    #[serde(default)]
    pub(crate) request: IndexMap<String, Header>,
    /// Headers of a response, by name; letter case does not matter.
    #[serde(default)]
    pub(crate) response: IndexMap<String, Header>,
}

/// One HTTP header.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Header {
    /// True if it must be present.
    #[serde(default)]
    pub(crate) required: bool,
    /// The content.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// The format of its value.
    #[serde(default)]
    pub(crate) format: Option<HeaderFormat>,
    /// Greatest number of characters.
    #[serde(default)]
    pub(crate) max_length: Option<u32>,
    /// A regular expression that the whole value matches; for the format `text`.
    #[serde(default)]
    pub(crate) pattern: Option<String>,
    /// An example value.
    #[serde(default)]
    pub(crate) example: Option<String>,
    /// The date since when it exists.
    #[serde(default)]
    pub(crate) since: Option<Since>,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// The format of a header's value.
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

/// The encoding of values on the wire.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Wire {
    /// The encoding of numbers and booleans.
    #[serde(default)]
    pub(crate) scalars: Scalars,
    /// The meaning of an empty text in outgoing messages.
    #[serde(default)]
    pub(crate) empty_text: EmptyText,
    /// The unit of lengths.
    #[serde(default)]
    pub(crate) lengths: Lengths,
    /// The media type of the requests that the merchant sends.
    #[serde(default)]
    pub(crate) media_type: MediaType,
    /// The way in which queries and forms write lists, objects and maps.
    #[serde(default)]
    pub(crate) style: Style,
    /// Currencies whose number of decimal places differs from ISO 4217.
    #[serde(default)]
    pub(crate) decimals: IndexMap<String, Places>,
    /// The rule in words.
    #[serde(default)]
    pub(crate) description: Option<String>,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// The number of decimal places of a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct Places(#[schemars(range(max = 6))] pub(crate) u8);

/// The encoding of numbers and booleans. Both forms are always read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scalars {
    /// As JSON strings: `"20"`, `"true"`.
    Strings,
    /// As JSON numbers and booleans; decimals stay strings.
    #[default]
    Native,
}

/// The meaning of an empty text in outgoing messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EmptyText {
    /// An error: an absent field must be omitted.
    Forbidden,
    /// A valid text.
    #[default]
    Allowed,
}

/// The unit of lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lengths {
    /// Unicode scalar values.
    #[default]
    Characters,
}

/// The rules for signing messages.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Signature {
    /// The algorithm.
    pub(crate) algorithm: SignatureAlgorithm,
    /// The algorithm's name in the header.
    pub(crate) algorithm_name: String,
    /// The size of the key's modulus, in bits.
    pub(crate) key_bits: u32,
    /// The signed content of a request, as a template over `{method}`, `{uri}`, `{client_id}`,
    /// `{request_time}`, `{body}`.
    pub(crate) request_content: String,
    /// The signed content of a response, as a template with `{response_time}` instead of
    /// `{request_time}`.
    pub(crate) response_content: String,
    /// The meaning of `{uri}`.
    pub(crate) uri: String,
    /// Steps from the signature's bytes to the text in the header, in order.
    pub(crate) encoding: Vec<SignatureEncoding>,
    /// Name of the header that carries the signature.
    pub(crate) header: String,
    /// The keys of the header's `key=value` pairs, in the order in which they are written.
    pub(crate) header_keys: Vec<String>,
    /// Notes.
    #[serde(default)]
    pub(crate) notes: Vec<String>,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
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
