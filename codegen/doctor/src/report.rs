//! The report of the doctor.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::case::Case;
use super::finding::Finding;
use super::keys::Signatory;
use payspec_model::model::Side;

/// The diagnoses of all messages in a capture. They show neither keys nor signatures nor bodies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Report {
    /// True if nothing is wrong.
    pub healthy: bool,
    /// One diagnosis per message, in the order of the capture.
    pub messages: Vec<Diagnosis>,
}

/// The diagnosis of one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Diagnosis {
    /// The message of the exchange: request or response.
    pub message: Side,
    /// The HTTP method of the request.
    pub method: String,
    /// Path and query of the request.
    pub uri: String,
    /// The operation at this address; null when the spec has none. Several may share an address.
    pub(crate) operation: Option<String>,
    /// The side whose key should have signed.
    pub(crate) signed_by: Sender,
    /// The verdict on the signature.
    pub verdict: Verdict,
    /// The mistakes, proved or suspected.
    pub findings: Vec<Finding>,
    /// The number of contents that were compared with the signature.
    pub tried: usize,
}

/// The side that signs a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sender {
    /// The program whose settings were given.
    Own,
    /// The provider.
    Provider,
}

impl From<Signatory> for Sender {
    fn from(signatory: Signatory) -> Self {
        match signatory {
            Signatory::Own => Sender::Own,
            Signatory::Provider => Sender::Provider,
        }
    }
}

/// The verdict on a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It fits the message and the key.
    Good,
    /// It fits the message once the proved mistakes are corrected.
    Explained,
    /// One of the keys made it, over a content that is not known here.
    OtherContent,
    /// None of the keys made it.
    OtherKey,
    /// No usual mistake explains it: another secret made it, or it covers other content.
    Unexplained,
    /// It cannot be read.
    Unreadable,
    /// The message has no signature.
    Unsigned,
    /// No key was given to verify it with.
    NoKey,
}

impl Report {
    pub(super) fn new(messages: Vec<Diagnosis>) -> Self {
        Report {
            healthy: messages.iter().all(Diagnosis::is_healthy),
            messages,
        }
    }

    /// Returns the JSON Schema (draft-07) of a serialized report.
    pub fn schema() -> serde_json::Value {
        SchemaSettings::draft07()
            .for_serialize()
            .into_generator()
            .into_root_schema_for::<Report>()
            .to_value()
    }
}

impl Diagnosis {
    pub(super) fn new(
        case: &Case<'_>,
        verdict: Verdict,
        findings: Vec<Finding>,
        tried: usize,
    ) -> Self {
        Diagnosis {
            message: case.side,
            method: case.parts.method.clone(),
            uri: case.parts.uri.clone(),
            operation: case.operation.map(|operation| operation.id.clone()),
            signed_by: case.signatory.into(),
            verdict,
            findings,
            tried,
        }
    }

    /// Returns whether no mistake was found in the message.
    pub fn is_healthy(&self) -> bool {
        let is_fine = match self.verdict {
            Verdict::Good | Verdict::NoKey => true,
            Verdict::Explained
            | Verdict::OtherContent
            | Verdict::OtherKey
            | Verdict::Unexplained
            | Verdict::Unreadable
            | Verdict::Unsigned => false,
        };
        is_fine && self.findings.is_empty()
    }
}

impl Verdict {
    /// Returns the verdict in words.
    pub const fn words(self) -> &'static str {
        match self {
            Verdict::Good => "the signature is valid for this message and key",
            Verdict::Explained => {
                "the signature is valid after the proved mistakes below are corrected"
            }
            Verdict::OtherContent => {
                "one of the keys made the signature, but over other content: the body was changed after \
                 signing, or the signed content is not in the capture"
            }
            Verdict::OtherKey => {
                "none of the given keys made the signature: the sender uses another key, or the signature \
                 is damaged"
            }
            Verdict::Unexplained => {
                "no usual mistake explains the signature: another secret made it, or it covers other content"
            }
            Verdict::Unreadable => "the signature cannot be read",
            Verdict::Unsigned => "the message has no signature",
            Verdict::NoKey => "not verified: no key was given for this signature",
        }
    }
}
