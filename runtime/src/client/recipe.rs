//! The rules of an API for signing and transport, as data. Generated.

use crate::rules;

/// The signing rules and the environments of an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe {
    /// The environments. The first one is the default.
    pub environments: &'static [Environment],
    /// Name of the header that carries the client id.
    pub client_id: &'static str,
    /// The header that carries the time of a request.
    pub request_time: Stamp,
    /// The header that carries the time of a response.
    pub response_time: Stamp,
    /// The media type of a JSON body, with its charset.
    pub content_type: &'static str,
    /// Name of the algorithm in the signature header.
    pub algorithm: &'static str,
    /// The signed parts of a request.
    pub request: &'static [Part<'static>],
    /// The signed parts of a response.
    pub response: &'static [Part<'static>],
    /// Name of the header that carries the signature.
    pub signature: &'static str,
    /// The keys of the pairs in that header.
    pub keys: SignatureKeys<'static>,
    /// The rules for the values of request headers.
    pub headers: &'static [HeaderRule],
}

/// The rules for the value of a header.
///
/// ```
/// use payspec_runtime::client::HeaderRule;
///
/// let rule = HeaderRule::new("Agent-Token").max_length(4);
/// assert!(rule.allows("a1b2") && !rule.allows("a1b2c"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderRule {
    name: &'static str,
    max_length: Option<u32>,
    #[cfg(feature = "pattern")]
    pattern: Option<&'static str>,
}

impl HeaderRule {
    /// Makes the rules of a header that allow every value.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            max_length: None,
            #[cfg(feature = "pattern")]
            pattern: None,
        }
    }

    /// Allows at most this number of characters.
    pub const fn max_length(mut self, most: u32) -> Self {
        self.max_length = Some(most);
        self
    }

    /// Allows only values that match a pattern as a whole.
    #[cfg(feature = "pattern")]
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// Returns whether the rules of a header of this name allow a value.
    pub(super) fn allow(rules: &[Self], name: &str, value: &str) -> bool {
        let mut rules = rules.iter();
        rules.all(|rule| !rule.name.eq_ignore_ascii_case(name) || rule.allows(value))
    }

    /// Returns whether the rules allow a value.
    pub fn allows(&self, value: &str) -> bool {
        let fits = |most: u32| rules::max_length(value, most);
        self.max_length.is_none_or(fits) && self.matches(value)
    }

    #[cfg(feature = "pattern")]
    fn matches(&self, value: &str) -> bool {
        self.pattern
            .is_none_or(|pattern| rules::matches(&crate::Pattern::new(pattern), value))
    }

    #[cfg(not(feature = "pattern"))]
    fn matches(&self, _: &str) -> bool {
        true
    }
}

/// An environment of the provider, such as production or sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Environment {
    /// The name.
    pub name: &'static str,
    /// The prefix before the paths of operations. It is signed.
    pub prefix: &'static str,
    /// The beginning of the client ids that belong to the environment.
    pub client_id_prefix: Option<&'static str>,
}

/// A header with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The name.
    pub name: &'static str,
    /// The format in which the time is written. Both formats are read.
    pub form: StampForm,
}

/// The format of a time in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StampForm {
    /// Milliseconds since 1970, in decimal digits.
    EpochMillis,
    /// A date and time with offset.
    DateTime,
}

/// A part of the signed content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// This text.
    Text(&'a str),
    /// The HTTP method, in capitals.
    Method,
    /// The path and query of the request.
    Uri,
    /// The client id.
    ClientId,
    /// The credential with this name, an identifier. Only a [proof](super::MessageProof) has one.
    Credential(&'a str),
    /// The time, exactly as in the header.
    Time,
    /// The nonce, exactly as in the header. Only a [proof](super::MessageProof) has one.
    Nonce,
    /// The id of the key. Only a [proof](super::MessageProof) has one.
    KeyId,
    /// The bytes of the body.
    Body,
    /// The CRC-32 of the body (IEEE 802.3), as a decimal number. Only a [proof](super::MessageProof) has one. It is no
    /// cryptographic hash: whoever has one signed message can make another body with the same number.
    BodyCrc32,
}

/// The keys of the pairs in the signature header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignatureKeys<'a> {
    /// The algorithm.
    pub algorithm: &'a str,
    /// The version of the sender's key.
    pub key_version: &'a str,
    /// The signature.
    pub signature: &'a str,
}

impl Recipe {
    /// Returns the environment that a client id belongs to: the one whose prefix it starts with, or
    /// else the first without a prefix.
    pub fn environment_of(&self, client_id: &str) -> Option<&'static Environment> {
        let begins = |environment: &&Environment| {
            let prefix = environment.client_id_prefix;
            prefix.is_some_and(|prefix| client_id.starts_with(prefix))
        };
        let mut all = self.environments.iter();
        all.clone()
            .find(begins)
            .or_else(|| all.find(|environment| environment.client_id_prefix.is_none()))
    }

    /// Returns whether the rules of a request header allow a value.
    pub(super) fn allows(&self, name: &str, value: &str) -> bool {
        HeaderRule::allow(self.headers, name, value)
    }

    /// Returns the environment with this name.
    pub fn environment(&self, name: &str) -> Option<&'static Environment> {
        self.environments.iter().find(|one| one.name == name)
    }
}

/// The values of one message that can be signed.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// Path and query, with the prefix of the environment; for a response, those of its request.
    pub uri: &'a str,
    /// The client id.
    pub client_id: &'a str,
    /// The time, exactly as in the header.
    pub time: &'a str,
    /// The body.
    pub body: &'a [u8],
}

impl Signed<'_> {
    /// Returns the bytes to sign.
    ///
    /// ```
    /// use payspec_runtime::client::{Part, Signed};
    ///
    /// let parts = [Part::Method, Part::Text(" "), Part::Uri, Part::Text("\n"), Part::Body];
    /// let message = Signed { method: "POST", uri: "/pay", client_id: "me", time: "0", body: b"{}" };
    /// assert_eq!(message.content(&parts), b"POST /pay\n{}");
    /// ```
    pub fn content(&self, parts: &[Part<'_>]) -> Vec<u8> {
        let mut content = Vec::with_capacity(self.body.len() + 128);
        for part in parts {
            content.extend_from_slice(match part {
                Part::Text(text) => text.as_bytes(),
                Part::Method => self.method.as_bytes(),
                Part::Uri => self.uri.as_bytes(),
                Part::ClientId => self.client_id.as_bytes(),
                Part::Time => self.time.as_bytes(),
                Part::Nonce | Part::KeyId | Part::Credential(_) | Part::BodyCrc32 => b"",
                Part::Body => self.body,
            });
        }
        content
    }
}
