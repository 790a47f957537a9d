//! The proof of notifications by a shared secret.

use super::{NotTemplate, Origin, TemplateOf, TemplatePart};
use payspec_runtime::{MacAlgorithm, TextEncoding, TimeForm};

/// The proof that a notification is the provider's: a signature with a shared secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationProof {
    /// The algorithm.
    pub algorithm: MacAlgorithm,
    /// The name of the credential that is the secret.
    pub key: String,
    /// Template of the signed content.
    pub content: String,
    /// The encoding of the signature.
    pub encoding: TextEncoding,
    /// The place of the signature.
    pub signature: ProofPlace,
    /// The time.
    pub time: Option<ProofTime>,
    /// The place in the spec.
    pub origin: Origin,
}

/// The place of a part of a proof in the headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofPlace {
    /// The name of the header.
    pub header: String,
    /// The key, if the header is a list `key=value,key=value`.
    pub param: Option<String>,
    /// The text before it.
    pub prefix: String,
}

/// The time of a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofTime {
    /// The place.
    pub place: ProofPlace,
    /// The form.
    pub form: TimeForm,
    /// The greatest distance from the local time, in seconds.
    pub tolerance_s: u32,
}

impl NotificationProof {
    /// Returns the signed parts; none if the template is invalid, which is an error of the spec.
    pub fn parts(&self) -> Vec<TemplatePart<'_>> {
        let parts: Result<_, NotTemplate<'_>> = TemplateOf::Notification.parts(&self.content);
        parts.unwrap_or_default()
    }

    /// Returns what readers need, each with its name.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![
            ("algorithm", self.algorithm.to_string()),
            ("key", self.key.clone()),
            ("signed content", self.content.clone()),
            ("encoding", self.encoding.to_string()),
        ];
        facts.extend(self.headers().into_iter().map(|header| ("header", header)));
        if let Some(time) = &self.time {
            let text = format!("{}, at most {} seconds away", time.form, time.tolerance_s);
            facts.push(("time", text));
        }
        facts
    }

    /// Returns its headers, as templates.
    pub fn headers(&self) -> Vec<String> {
        let time = self.time.as_ref();
        let time = time.map(|time| time.place.template("time"));
        let signature = self.signature.template("signature");
        time.into_iter().chain([signature]).collect()
    }
}

impl ProofPlace {
    fn template(&self, name: &str) -> String {
        let ProofPlace {
            header,
            param,
            prefix,
        } = self;
        let key = param.as_ref().map(|key| format!("{key}="));
        format!("{header}: {}{prefix}{{{name}}}", key.unwrap_or_default())
    }
}
