//! Proofs of messages: signatures in headers.

use super::{NotTemplate, Origin, TemplateOf, TemplatePart};
use payspec_runtime::{ProofAlgorithm, TextEncoding, TimeForm};

/// The kind of message that a proof is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofOf {
    /// A request of the merchant.
    Request,
    /// An answer of the provider.
    Response,
    /// A notification of the provider.
    Notification,
}

/// The proof of the sender of a message: a signature in headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageProof {
    /// The algorithm.
    pub algorithm: ProofAlgorithm,
    /// The name of the credential that is the key.
    pub key: String,
    /// Template of the signed content.
    pub content: String,
    /// The credentials in the signed content.
    pub signed: Vec<String>,
    /// The encoding of the signature.
    pub encoding: TextEncoding,
    /// True if the encoded signature is percent-encoded, too.
    pub percent_encoded: bool,
    /// The place of the signature.
    pub signature: ProofPlace,
    /// The time.
    pub time: Option<ProofTime>,
    /// The nonce.
    pub nonce: Option<ProofNonce>,
    /// The id of the key.
    pub key_id: Option<ProofKeyId>,
    /// The credentials that travel beside the signature, each with its place.
    pub credentials: Vec<(String, ProofPlace)>,
    /// The values that are the same in each message, each with its place.
    pub fixed: Vec<(String, ProofPlace)>,
    /// The place in the spec.
    pub origin: Origin,
}

/// The place of a part of a proof in the headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofPlace {
    /// The name of the header.
    pub header: String,
    /// The form of the header, if it is a list `key=value,key=value`.
    pub list: Option<ProofList>,
    /// The text before it.
    pub prefix: String,
}

/// A place in a header that is a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofList {
    /// The key.
    pub param: String,
    /// The word before the list.
    pub scheme: Option<String>,
    /// True if the values are in quotation marks.
    pub quoted: bool,
    /// True if keys, and values that every message has, are compared without regard to letter case.
    pub ignore_case: bool,
}

/// The id of the key of a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofKeyId {
    /// The place.
    pub place: ProofPlace,
    /// True if a message may have none. Then the only key of its sender made the signature.
    pub optional: bool,
}

/// The time of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofTime {
    /// The place.
    pub place: ProofPlace,
    /// The form.
    pub form: TimeForm,
    /// Other forms that are read.
    pub accepts: Vec<TimeForm>,
    /// The greatest distance from the local time, in seconds. If no source states it, a message of any age is received.
    pub tolerance_s: Option<u32>,
}

/// The nonce of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofNonce {
    /// The place.
    pub place: ProofPlace,
    /// The number of characters.
    pub length: u32,
}

impl MessageProof {
    /// Returns the signed parts; none if the template is invalid, which is an error of the spec.
    pub fn parts(&self) -> Vec<TemplatePart<'_>> {
        let parts: Result<_, NotTemplate<'_>> =
            TemplateOf::Proof(&self.signed).parts(&self.content);
        parts.unwrap_or_default()
    }

    /// Returns what readers need, each with its name.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![
            ("algorithm", self.algorithm.to_string()),
            ("key", self.key.clone()),
            ("signed content", self.content.clone()),
            ("encoding", self.encoding_steps()),
        ];
        let headers = self.headers().into_iter();
        facts.extend(headers.map(|(name, value)| ("header", format!("{name}: {value}"))));
        let lists = self.lists_without_case().into_iter();
        facts.extend(lists.map(|name| ("letter case", format!("ignored in {name}"))));
        if let Some(time) = &self.time {
            let tolerance = time.tolerance_s;
            let tolerance = tolerance.map(|most| format!(", at most {most} seconds away"));
            let text = format!("{}{}", time.forms(), tolerance.unwrap_or_default());
            facts.push(("time", text));
        }
        if self.may_omit_key_id() {
            facts.push(("id of the key", "may be absent".to_owned()));
        }
        facts
    }

    /// Returns the steps of the encoding, such as `base64, percent`.
    pub fn encoding_steps(&self) -> String {
        match self.percent_encoded {
            true => format!("{}, percent", self.encoding),
            false => self.encoding.to_string(),
        }
    }

    /// Returns whether a message may have no id of the key.
    pub fn may_omit_key_id(&self) -> bool {
        self.key_id.as_ref().is_some_and(|id| id.optional)
    }

    /// Returns the names of the headers whose lists are read without regard to letter case.
    pub fn lists_without_case(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for place in self.places() {
            let ignores = place.list.as_ref().is_some_and(|list| list.ignore_case);
            let is_same = |name: &&str| name.eq_ignore_ascii_case(&place.header);
            if ignores && !names.iter().any(is_same) {
                names.push(&place.header);
            }
        }
        names
    }

    /// Returns the places of its parts.
    fn places(&self) -> impl Iterator<Item = &ProofPlace> {
        let own = [
            Some(&self.signature),
            self.time.as_ref().map(|time| &time.place),
            self.nonce.as_ref().map(|nonce| &nonce.place),
            self.key_id.as_ref().map(|id| &id.place),
        ];
        let beside = self.credentials.iter().chain(&self.fixed);
        let own = own.into_iter().flatten();
        own.chain(beside.map(|(_, place)| place))
    }

    /// Returns its headers, each with its value as a template.
    pub fn headers(&self) -> Vec<(&str, String)> {
        let fixed = self.fixed.iter();
        let fixed = fixed.map(|(value, place)| (place.item(value), place));
        let credentials = self.credentials.iter();
        let credentials = credentials.map(|(name, place)| (name.as_str(), place));
        let own = [
            ("nonce", self.nonce.as_ref().map(|nonce| &nonce.place)),
            ("time", self.time.as_ref().map(|time| &time.place)),
            ("key_id", self.key_id.as_ref().map(|id| &id.place)),
            ("signature", Some(&self.signature)),
        ];
        let own = own
            .into_iter()
            .filter_map(|(name, place)| Some((name, place?)));
        let named = credentials.chain(own);
        let named = named.map(|(name, place)| (place.item(&format!("{{{name}}}")), place));
        let mut headers: Vec<(&str, String)> = Vec::new();
        for (item, place) in fixed.chain(named) {
            let is_same = |name: &str| name.eq_ignore_ascii_case(&place.header);
            match headers.iter_mut().find(|(name, _)| is_same(name)) {
                Some((_, value)) => {
                    value.push(',');
                    value.push_str(&item);
                }
                None => {
                    let scheme = place.list.as_ref().and_then(|list| list.scheme.as_ref());
                    let scheme = scheme.map(|scheme| format!("{scheme} "));
                    headers.push((&place.header, scheme.unwrap_or_default() + &item));
                }
            }
        }
        headers
    }

    /// Returns whether the signature covers no more of the body than its CRC-32, which is no cryptographic hash.
    pub fn covers_checksum_alone(&self) -> bool {
        !self.parts().contains(&TemplatePart::Body)
    }

    /// Returns the names of its credentials.
    pub fn credential_names(&self) -> impl Iterator<Item = &str> {
        let beside = self.credentials.iter().map(|(name, _)| name.as_str());
        let is_beside = |signed: &&str| beside.clone().any(|name| name == *signed);
        let signed = self.signed.iter().map(String::as_str);
        let signed: Vec<&str> = signed.filter(|name| !is_beside(name)).collect();
        beside.chain(signed).chain([self.key.as_str()])
    }
}

impl ProofTime {
    /// Returns its form, and the others that are read.
    pub fn forms(&self) -> String {
        match self.accepts.as_slice() {
            [] => self.form.to_string(),
            others => {
                let others: Vec<&str> = others.iter().map(|form| form.as_str()).collect();
                format!("{}, also {}", self.form, others.join(", "))
            }
        }
    }
}

impl ProofPlace {
    /// Returns its text in the header, with a value or a placeholder.
    fn item(&self, value: &str) -> String {
        let ProofPlace {
            header: _,
            list,
            prefix,
        } = self;
        let text = format!("{prefix}{value}");
        match list {
            None => text,
            Some(ProofList { param, quoted, .. }) => match quoted {
                true => format!("{param}=\"{text}\""),
                false => format!("{param}={text}"),
            },
        }
    }
}
