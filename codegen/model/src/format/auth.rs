use indexmap::IndexMap;
use payspec_runtime::{MacAlgorithm, TextEncoding, TimeForm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Disputed, Sources};

/// A credential: what a merchant is given to prove who calls. A spec has its name, never its value.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Credential {
    /// The kind.
    #[serde(default)]
    pub(crate) kind: CredentialKind,
    /// The encoding in which the provider hands out the key of a signature, if its text is not the key itself.
    #[serde(default)]
    pub(crate) encoding: Option<TextEncoding>,
    /// The description, in one or two sentences.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// The kinds of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// An identifier, which may be shown.
    Id,
    /// A secret: no log, error or report shows it.
    #[default]
    Secret,
}

impl CredentialKind {
    /// Returns the word for it in a spec.
    pub fn as_str(self) -> &'static str {
        match self {
            CredentialKind::Id => "id",
            CredentialKind::Secret => "secret",
        }
    }
}

/// The proof of the sender of messages that are not signed.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Auth {
    /// The headers of every request.
    pub(crate) request: AuthScheme,
    /// The proof of notifications. Without it, they are not received.
    #[serde(default)]
    pub(crate) notification: Option<NotificationProof>,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// The headers that prove who calls.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct AuthScheme {
    /// The credential that is the token in `Authorization: Bearer TOKEN`.
    #[serde(default)]
    pub(crate) bearer: Option<String>,
    /// The credentials that are the user name and the password of basic authentication.
    #[serde(default)]
    #[schemars(length(min = 2, max = 2))]
    pub(crate) basic: Option<Vec<String>>,
    /// Other headers, by name: each a text with the names of credentials in braces.
    #[serde(default)]
    pub(crate) headers: IndexMap<String, String>,
}

/// The proof that a notification is the provider's: a signature with a shared secret.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct NotificationProof {
    /// The headers that carry the proof, by name: each a text that ends with `{signature}` or `{time}`, or a list.
    #[schemars(length(min = 1))]
    pub(crate) headers: IndexMap<String, ProofHeader>,
    /// The signature.
    pub(crate) signature: ProofSignature,
    /// The time. Without it, an old notification cannot be told from a new one.
    #[serde(default)]
    pub(crate) time: Option<ProofTime>,
}

/// A header that carries a part of a proof: a text, or a list of them.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum ProofHeader {
    /// A text that ends with `{signature}` or `{time}`.
    Text(String),
    /// A list.
    List(ProofList),
}

/// A header that is a list `key=value,key=value`, in any order. Other keys in it are ignored.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ProofList {
    /// The values by key: each a text that ends with `{signature}` or `{time}`.
    #[schemars(length(min = 1))]
    pub(crate) params: IndexMap<String, String>,
}

/// A signature with a shared secret.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ProofSignature {
    /// The algorithm.
    pub(crate) algorithm: MacAlgorithm,
    /// The credential that is the secret.
    pub(crate) key: String,
    /// The signed content, as a template over `{time}` and `{body}`.
    pub(crate) content: String,
    /// The encoding of the signature.
    pub(crate) encoding: TextEncoding,
}

/// The time of a notification.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ProofTime {
    /// The form.
    pub(crate) form: TimeForm,
    /// The greatest distance from the local time, in seconds; in the past and in the future.
    #[schemars(range(min = 1, max = 86400))]
    pub(crate) tolerance_s: u32,
}
