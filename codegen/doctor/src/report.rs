//! What the doctor says.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::case::Case;
use super::keys::Signatory;
use super::remark::Certainty;
use super::table::Hypothesis;
use payspec_model::model::Side;

/// What is to be said of all messages of a capture. Shows neither keys nor signatures nor bodies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Report {
    /// True if nothing is wrong.
    pub healthy: bool,
    /// What is to be said of each message, in the order of the capture.
    pub messages: Vec<Diagnosis>,
}

/// What is to be said of one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Diagnosis {
    /// Which message of an exchange it is.
    pub message: Side,
    /// The HTTP method of the request.
    pub method: String,
    /// Path and query of the request.
    pub uri: String,
    /// The operation at this address; null when the spec has none. Several may share an address.
    pub operation: Option<String>,
    /// Whose key should have signed.
    pub signed_by: Sender,
    /// What became of the signature.
    pub verdict: Verdict,
    /// What is wrong, or may be.
    pub findings: Vec<Finding>,
    /// How many contents were held against the signature.
    pub tried: usize,
}

/// Who signs a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sender {
    /// The program whose settings were given.
    Own,
    /// The provider.
    Provider,
}

/// What became of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It belongs to the message and the key.
    Good,
    /// It belongs to the message once what is proved to be wrong is undone.
    Explained,
    /// One of the keys made it, over something else than what is known here.
    OtherContent,
    /// None of the keys made it.
    OtherKey,
    /// It cannot be read.
    Unreadable,
    /// There is none.
    Unsigned,
    /// No key was given that it could be held against.
    NoKey,
}

/// Something that is wrong, or may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// The name of the mistake.
    pub mistake: &'static str,
    /// The mistake in words.
    pub title: &'static str,
    /// Whether it is proved.
    pub certainty: Certainty,
    /// What was seen.
    pub detail: String,
    /// What to do.
    pub advice: &'static str,
}

impl Report {
    pub(super) fn new(messages: Vec<Diagnosis>) -> Self {
        Report {
            healthy: messages.iter().all(Diagnosis::is_healthy),
            messages,
        }
    }

    /// The JSON Schema (draft-07) of a report, as it is written.
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
            signed_by: match case.signatory {
                Signatory::Own => Sender::Own,
                Signatory::Provider => Sender::Provider,
            },
            verdict,
            findings,
            tried,
        }
    }

    /// Returns whether nothing is wrong with the message, as far as it could be looked at.
    pub fn is_healthy(&self) -> bool {
        let is_fine = match self.verdict {
            Verdict::Good | Verdict::NoKey => true,
            Verdict::Explained
            | Verdict::OtherContent
            | Verdict::OtherKey
            | Verdict::Unreadable
            | Verdict::Unsigned => false,
        };
        is_fine && self.findings.is_empty()
    }
}

impl Verdict {
    /// Returns what it says.
    pub const fn words(self) -> &'static str {
        match self {
            Verdict::Good => "the signature belongs to this message and key",
            Verdict::Explained => "the signature fits once what is proved below is undone",
            Verdict::OtherContent => {
                "one of the keys made the signature, but none of the contents tried: the body was \
                 changed after it was signed, or something was signed that the capture does not show"
            }
            Verdict::OtherKey => {
                "none of the keys given made the signature: the sender's key is another one, or the \
                 signature was damaged"
            }
            Verdict::Unreadable => "the signature cannot be read",
            Verdict::Unsigned => "there is no signature",
            Verdict::NoKey => "no key was given for its signature, which was not looked at",
        }
    }
}

impl Finding {
    pub(super) fn new(
        hypothesis: &'static Hypothesis,
        certainty: Certainty,
        detail: impl Into<String>,
    ) -> Self {
        Finding {
            mistake: hypothesis.id,
            title: hypothesis.title,
            certainty,
            detail: detail.into(),
            advice: hypothesis.advice,
        }
    }
}
