use indexmap::IndexMap;
use payspec_runtime::{AeadAlgorithm, ProofAlgorithm, TextEncoding, TimeForm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Disputed, Sources, UnknownSeconds};

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
    /// The size of RSA keys, in bits.
    #[serde(default)]
    #[schemars(range(min = 2048, max = 8192))]
    pub(crate) bits: Option<u32>,
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
    /// The merchant's private key, with the id by which the provider knows it.
    PrivateKey,
    /// The provider's public keys, by their ids.
    PublicKeys,
}

impl CredentialKind {
    /// Returns the word for it in a spec.
    pub fn as_str(self) -> &'static str {
        match self {
            CredentialKind::Id => "id",
            CredentialKind::Secret => "secret",
            CredentialKind::PrivateKey => "private_key",
            CredentialKind::PublicKeys => "public_keys",
        }
    }
}

/// The proof of the sender of messages.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Auth {
    /// The headers of every request.
    pub(crate) request: AuthScheme,
    /// The proof of answers. Without it, nothing but TLS proves them.
    #[serde(default)]
    pub(crate) response: Option<MessageProof>,
    /// The proof of notifications, or `none`: then they prompt an inquiry and decide nothing.
    #[serde(default)]
    pub(crate) notification: Option<NotificationProof>,
    /// The encryption of objects in notifications.
    #[serde(default)]
    pub(crate) encryption: Option<Encryption>,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// The encryption of objects in notifications. In place of the object, a message has one with the members named here.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Encryption {
    /// The algorithm.
    pub(crate) algorithm: AeadAlgorithm,
    /// The credential that is the key.
    pub(crate) key: String,
    /// The name of the member with the ciphertext, in base64 and with the tag at its end.
    pub(crate) ciphertext: String,
    /// The name of the member with the nonce, whose text is the nonce.
    pub(crate) nonce: String,
    /// The name of the member whose text is the associated data. It may be absent or null in a message.
    #[serde(default)]
    pub(crate) associated_data: Option<String>,
    /// The members with a text of their own, by name: another text is refused.
    #[serde(default)]
    pub(crate) members: IndexMap<String, String>,
}

/// The headers that prove who calls.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct AuthScheme {
    /// The token in `Authorization: Bearer TOKEN`: a credential, or one that an operation hands out.
    #[serde(default)]
    pub(crate) bearer: Option<Bearer>,
    /// The credentials that are the user name and the password of basic authentication.
    #[serde(default)]
    #[schemars(length(min = 2, max = 2))]
    pub(crate) basic: Option<Vec<String>>,
    /// Other headers, by name: each a text with the names of credentials in braces, or a part of the proof.
    #[serde(default)]
    pub(crate) headers: IndexMap<String, ProofHeader>,
    /// The signature of requests, which the headers carry.
    #[serde(default)]
    pub(crate) signature: Option<ProofSignature>,
    /// The time of a signed request.
    #[serde(default)]
    pub(crate) time: Option<ProofTime>,
    /// The nonce of a signed request.
    #[serde(default)]
    pub(crate) nonce: Option<ProofNonce>,
    /// The presence of `{key_id}` in a signed request.
    #[serde(default)]
    pub(crate) key_id: Option<KeyIdPresence>,
}

/// The token of a bearer: a credential, or one that an operation hands out.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Bearer {
    /// A credential.
    Credential(String),
    /// A token that an operation hands out.
    Issued(IssuedToken),
}

/// A token that an operation hands out. A client fetches it, keeps it, and fetches a new one before it expires.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct IssuedToken {
    /// The id of the operation.
    pub(crate) operation: String,
    /// JSON Pointer of the token in its answer: a required, secret text.
    pub(crate) token: String,
    /// JSON Pointer of the token's lifetime in seconds in its answer: a required integer.
    pub(crate) expires_in: String,
}

/// The proof of who sends the requests of one operation.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct OperationAuth {
    /// The headers of its requests, in place of those of the API; `none` for no such header.
    pub(crate) request: OwnAuth,
}

/// The headers of the requests of one operation that prove who calls.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum OwnAuth {
    /// No header.
    None(NoAuth),
    /// Headers of its own.
    Scheme(Box<AuthScheme>),
}

/// The word for no authentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NoAuth {
    /// No header proves who calls.
    None,
}

/// The proof of notifications: one of its own, that of answers, or none.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum NotificationProof {
    /// That of answers, or none.
    Word(ProofWord),
    /// A proof of its own.
    Own(Box<OwnNotificationProof>),
}

/// The proof that a notification is the provider's: a signature in its headers, or in a field of its body.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct OwnNotificationProof {
    /// The headers that carry the proof, by name: each a text that ends with a placeholder such as `{signature}`, or a
    /// list.
    #[serde(default)]
    pub(crate) headers: IndexMap<String, ProofHeader>,
    /// JSON Pointer of the signature in the body, in place of headers. The signed content is then values of the body:
    /// `{/id}:{/amount/value}`.
    #[serde(default)]
    pub(crate) field: Option<String>,
    /// JSON Pointer of the only signed value that may contain the character between two of them.
    #[serde(default)]
    pub(crate) unescaped: Option<String>,
    /// The signature.
    pub(crate) signature: ProofSignature,
    /// The time. Without it, an old message cannot be told from a new one.
    #[serde(default)]
    pub(crate) time: Option<ProofTime>,
    /// The nonce.
    #[serde(default)]
    pub(crate) nonce: Option<ProofNonce>,
    /// The presence of `{key_id}`.
    #[serde(default)]
    pub(crate) key_id: Option<KeyIdPresence>,
}

/// A word for the proof of notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProofWord {
    /// The same as that of answers.
    Response,
    /// Nothing proves them.
    None,
}

/// The proof that a message is the provider's: a signature.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct MessageProof {
    /// The headers that carry the proof, by name: each a text that ends with a placeholder such as `{signature}`, or a
    /// list.
    #[schemars(length(min = 1))]
    pub(crate) headers: IndexMap<String, ProofHeader>,
    /// The signature.
    pub(crate) signature: ProofSignature,
    /// The time. Without it, an old message cannot be told from a new one.
    #[serde(default)]
    pub(crate) time: Option<ProofTime>,
    /// The nonce.
    #[serde(default)]
    pub(crate) nonce: Option<ProofNonce>,
    /// The presence of `{key_id}`.
    #[serde(default)]
    pub(crate) key_id: Option<KeyIdPresence>,
}

/// A header that carries a part of a proof: a text, or a list of them.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum ProofHeader {
    /// A text.
    Text(String),
    /// A list.
    List(ProofList),
}

/// A header that is a list `key=value,key=value`, in any order. Other keys in it are ignored.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ProofList {
    /// The word before the list, as in `Authorization: SCHEME key=value`.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) scheme: Option<String>,
    /// The values by key: each a text that ends with a placeholder such as `{signature}`.
    #[schemars(length(min = 1))]
    pub(crate) params: IndexMap<String, String>,
    /// True if the values are in quotation marks.
    #[serde(default)]
    pub(crate) quoted: bool,
    /// True if keys, and values that every message has, are compared without regard to letter case.
    #[serde(default)]
    pub(crate) ignore_case: bool,
}

/// The presence of the id of the key in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeyIdPresence {
    /// Every message has it.
    Required,
    /// A message without it is signed by the only key of its sender.
    Optional,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ProofSignature {
    /// The algorithm.
    pub(crate) algorithm: ProofAlgorithm,
    /// The credential that is the key.
    pub(crate) key: String,
    /// The signed content, as a template.
    pub(crate) content: String,
    /// The encoding of the signature, or the steps of it in their order.
    pub(crate) encoding: ProofEncoding,
}

/// The encoding of a signature.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum ProofEncoding {
    /// One step.
    Text(TextEncoding),
    /// Several steps.
    Steps(#[schemars(length(min = 1))] Vec<EncodingStep>),
}

/// A step from the bytes of a signature to the text in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EncodingStep {
    /// Hexadecimal digits.
    Hex,
    /// Base64 in the standard alphabet, with padding.
    Base64,
    /// Percent-encoding.
    Percent,
}

/// The time of a message.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ProofTime {
    /// The form.
    pub(crate) form: TimeForm,
    /// Other forms that are read.
    #[serde(default)]
    pub(crate) accepts: Vec<TimeForm>,
    /// The greatest distance from the local time, in seconds; in the past and in the future; `unknown` if no source states
    /// one. A received message needs it.
    #[serde(default)]
    pub(crate) tolerance_s: Option<Tolerance>,
}

/// The greatest distance of a time from the local one, in seconds, which a source may leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Tolerance {
    /// Seconds.
    Seconds(#[schemars(range(min = 1, max = 86400))] u32),
    /// The word `unknown`.
    Unknown(UnknownSeconds),
}

impl Tolerance {
    /// Returns the seconds, if a source states them.
    pub(crate) fn seconds(self) -> Option<u32> {
        match self {
            Tolerance::Seconds(seconds) => Some(seconds),
            Tolerance::Unknown(_) => None,
        }
    }
}

/// The nonce of a message: a random text that no other message has.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct ProofNonce {
    /// The number of characters.
    #[serde(default = "nonce_length")]
    #[schemars(range(min = 16, max = 128))]
    pub(crate) length: u32,
}

/// The number of characters of a nonce unless stated.
pub(crate) fn nonce_length() -> u32 {
    32
}
