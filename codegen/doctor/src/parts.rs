//! The parts of a message that its signature covers.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use payspec_runtime::client::{Part, Signed};

use payspec_model::model::TemplatePart;
use payspec_model::signing::Signing;

/// The signed parts of one message, and the template that joins them.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Parts<'a> {
    pub(super) method: String,
    /// Path and query.
    pub(super) uri: String,
    pub(super) client_id: String,
    pub(super) time: String,
    pub(super) body: Vec<u8>,
    pub(super) template: Vec<TemplatePart<'a>>,
    /// The digest that replaced the content before it was signed.
    pub(super) hashed: Hashed,
}

/// A digest that a program makes of the bytes to sign, although the signature digests them itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Hashed {
    /// No digest, as it should be.
    Not,
    /// The SHA-256 of the bytes.
    Bytes,
    /// The SHA-256 in hex digits.
    Hex,
    /// The SHA-256 in capital hex digits.
    CapitalHex,
    /// The SHA-256 in base64.
    Base64,
}

impl Hashed {
    fn of(self, content: Vec<u8>) -> Vec<u8> {
        let digest = || digest(&SHA256, &content);
        let hex = || -> String {
            let bytes = digest();
            bytes
                .as_ref()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect()
        };
        match self {
            Hashed::Not => content,
            Hashed::Bytes => digest().as_ref().to_vec(),
            Hashed::Hex => hex().into_bytes(),
            Hashed::CapitalHex => hex().to_ascii_uppercase().into_bytes(),
            Hashed::Base64 => STANDARD.encode(digest()).into_bytes(),
        }
    }
}

impl Parts<'_> {
    /// Returns the bytes to sign.
    pub(super) fn content(&self) -> Vec<u8> {
        let signed = Signed {
            method: &self.method,
            uri: &self.uri,
            client_id: &self.client_id,
            time: &self.time,
            body: &self.body,
        };
        let parts: Vec<Part<'_>> = Signing::parts(&self.template);
        self.hashed.of(signed.content(&parts))
    }
}

/// Parts that may have been signed instead, and a text about the difference.
pub(super) struct Variation<'a> {
    pub(super) parts: Parts<'a>,
    pub(super) detail: String,
}

/// Collects variations of one message, without duplicates.
pub(super) struct Variations<'c, 'a> {
    of: &'c Parts<'a>,
    pub(super) found: Vec<Variation<'a>>,
    /// Indexes into `found` by hash, so that large bodies are not stored twice.
    places: HashMap<u64, Vec<usize>>,
    hasher: RandomState,
}

impl<'c, 'a> Variations<'c, 'a> {
    pub(super) fn of(of: &'c Parts<'a>) -> Self {
        Variations {
            of,
            found: Vec::new(),
            places: HashMap::new(),
            hasher: RandomState::new(),
        }
    }

    pub(super) fn uri_now(&self) -> &'c str {
        &self.of.uri
    }

    pub(super) fn client_id_now(&self) -> &'c str {
        &self.of.client_id
    }

    pub(super) fn time_now(&self) -> &'c str {
        &self.of.time
    }

    pub(super) fn body_now(&self) -> &'c [u8] {
        &self.of.body
    }

    pub(super) fn template_now(&self) -> &'c [TemplatePart<'a>] {
        &self.of.template
    }

    fn add(&mut self, detail: impl Into<String>, change: impl FnOnce(&mut Parts<'a>)) {
        let mut parts = self.of.clone();
        change(&mut parts);
        if parts == *self.of {
            return;
        }
        let places = self.places.entry(self.hasher.hash_one(&parts)).or_default();
        if places.iter().all(|at| self.found[*at].parts != parts) {
            places.push(self.found.len());
            let detail = detail.into();
            self.found.push(Variation { parts, detail });
        }
    }

    /// Adds a variation with another HTTP method.
    pub(super) fn method(&mut self, method: &str) {
        let detail = format!("signed: `{method}`, sent: `{}`", self.of.method);
        self.add(detail, |parts| method.clone_into(&mut parts.method));
    }

    /// Adds a variation with another path.
    pub(super) fn uri(&mut self, uri: &str) {
        let detail = format!("signed: `{uri}`, sent: `{}`", self.of.uri);
        self.add(detail, |parts| uri.clone_into(&mut parts.uri));
    }

    /// Adds a variation with another client id.
    pub(super) fn client_id(&mut self, id: &str) {
        let detail = format!("signed: `{id}`, expected: `{}`", self.of.client_id);
        self.add(detail, |parts| id.clone_into(&mut parts.client_id));
    }

    /// Adds a variation with another time.
    pub(super) fn time(&mut self, time: &str) {
        let detail = format!("signed: `{time}`, in the header: `{}`", self.of.time);
        self.add(detail, |parts| time.clone_into(&mut parts.time));
    }

    /// Adds a variation with another body. The detail shows nothing of the body.
    pub(super) fn body(&mut self, detail: impl Into<String>, body: Vec<u8>) {
        self.add(detail, |parts| parts.body = body);
    }

    /// Adds a variation whose content was digested before it was signed.
    pub(super) fn hashed(&mut self, detail: &str, hashed: Hashed) {
        self.add(detail, |parts| parts.hashed = hashed);
    }

    /// Adds a variation whose parts are joined in another way.
    pub(super) fn template(&mut self, detail: &str, template: Vec<TemplatePart<'a>>) {
        self.add(detail, |parts| parts.template = template);
    }
}
