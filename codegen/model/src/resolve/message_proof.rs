//! Proofs of messages: signatures in headers.

use indexmap::IndexMap;
use payspec_runtime::{ProofAlgorithm, TextEncoding, TimeForm};

use super::Context;
use super::proof_places::Placed;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, ProofHeader};
use crate::model::{
    MessageProof, ProofKeyId, ProofNonce, ProofOf, ProofPlace, ProofTime, TemplateOf, TemplatePart,
};
use crate::source::{At, Span};

/// Returns the names of the credentials in signed content.
fn credentials_in(parts: &[TemplatePart<'_>]) -> Vec<String> {
    let names = parts.iter().filter_map(|part| {
        let TemplatePart::Credential(name) = *part else {
            return None;
        };
        Some(name.to_owned())
    });
    names.collect()
}

/// A proof as a spec states it.
pub(super) struct Stated<'f> {
    pub(super) headers: Vec<(&'f str, &'f ProofHeader, At<'f>)>,
    pub(super) signature: &'f format::ProofSignature,
    pub(super) time: Option<&'f format::ProofTime>,
    pub(super) nonce: Option<&'f format::ProofNonce>,
    pub(super) key_id: Option<format::KeyIdPresence>,
    pub(super) at: At<'f>,
}

impl<'f> Stated<'f> {
    /// Collects the headers of a proof without time, nonce and presence of the key's id.
    pub(super) fn of(
        (headers, at_headers): (&'f IndexMap<String, ProofHeader>, At<'f>),
        signature: &'f format::ProofSignature,
        at: At<'f>,
    ) -> Self {
        let headers = headers.iter().zip(at_headers.entries());
        let headers = headers.map(|((name, header), at)| (name.as_str(), header, at));
        Stated {
            headers: headers.collect(),
            signature,
            time: None,
            nonce: None,
            key_id: None,
            at,
        }
    }
}

impl Context<'_> {
    /// Resolves a proof; [`None`] if its headers do not carry the signature, which is reported.
    pub(super) fn proof(&mut self, of: ProofOf, stated: &Stated<'_>) -> Option<MessageProof> {
        let at = stated.at;
        let at_signature = at.at("signature");
        let format::ProofSignature {
            algorithm,
            key,
            content,
            encoding,
        } = stated.signature;
        self.credential_name(key, at_signature.at("key").span());
        let listed = self.listed_credentials.clone();
        self.template(
            TemplateOf::Proof(&listed),
            content,
            at_signature.at("content"),
        );
        let mut places = self.proof_places(of, &stated.headers);
        let mut take = |what: Placed| {
            let index = places.iter().position(|(placed, _)| *placed == what)?;
            Some(places.remove(index).1)
        };
        let (signature, time) = (take(Placed::Signature), take(Placed::Time));
        let (nonce, key_id) = (take(Placed::Nonce), take(Placed::KeyId));
        let span = at.at("headers").key_span();
        let has_again = |what: &Placed| places.iter().any(|(placed, _)| placed == what);
        if signature.is_none() || has_again(&Placed::Signature) {
            self.bad_proof(span, "the headers must have `{signature}` once", "");
        }
        for (what, name) in [
            (Placed::Time, "time"),
            (Placed::Nonce, "nonce"),
            (Placed::KeyId, "key_id"),
        ] {
            if has_again(&what) {
                self.bad_proof(span, &format!("the headers have `{{{name}}}` twice"), "");
            }
        }
        let parts = TemplateOf::Proof(&listed)
            .parts(content)
            .unwrap_or_default();
        let time = self.proof_time(of, stated, time, parts.contains(&TemplatePart::Time));
        let nonce = self.proof_nonce(stated, nonce, parts.contains(&TemplatePart::Nonce));
        let key_id = self.proof_key_id(stated, key_id, parts.contains(&TemplatePart::KeyId));
        let (encoding, percent_encoded) =
            self.proof_encoding(encoding, at_signature.at("encoding"));
        let (mut credentials, mut fixed) = (Vec::new(), Vec::new());
        for (placed, place) in places {
            match placed {
                Placed::Credential(name) => credentials.push((name, place)),
                Placed::Fixed(value) => fixed.push((value, place)),
                // One that is there twice, which is reported.
                Placed::Signature | Placed::Time | Placed::Nonce | Placed::KeyId => {}
            }
        }
        Some(MessageProof {
            algorithm: *algorithm,
            key: key.clone(),
            content: content.clone(),
            signed: credentials_in(&parts),
            encoding,
            percent_encoded,
            signature: signature?,
            time,
            nonce,
            key_id,
            credentials,
            fixed,
            origin: self.origin(at),
        })
    }

    /// Resolves the time: it is in a header, signed and described, or none of these.
    fn proof_time(
        &mut self,
        of: ProofOf,
        stated: &Stated<'_>,
        place: Option<ProofPlace>,
        is_signed: bool,
    ) -> Option<ProofTime> {
        let at = stated.at;
        match (stated.time, place, is_signed) {
            (Some(stated), Some(place), true) => {
                let format::ProofTime {
                    form,
                    accepts,
                    tolerance_s,
                } = stated;
                self.accepted_forms(*form, accepts, at.at("time").at("accepts"));
                let is_received = match of {
                    ProofOf::Request => false,
                    ProofOf::Response | ProofOf::Notification => true,
                };
                if is_received && tolerance_s.is_none() {
                    let help = "add `tolerance_s: 300`, how old a message may be, or `unknown` if no source states it";
                    self.bad_proof(
                        at.at("time").span(),
                        "a received time has no tolerance",
                        help,
                    );
                }
                Some(ProofTime {
                    place,
                    form: *form,
                    accepts: accepts.clone(),
                    tolerance_s: tolerance_s.and_then(format::Tolerance::seconds),
                })
            }
            (None, None, false) => None,
            (_, _, false) => {
                let span = at.at("signature").at("content").span();
                let help = "add `{time}` to the content";
                self.bad_proof(span, "the time is not signed", help);
                None
            }
            (Some(_), None, true) => {
                let help = "add `{time}` to the header that carries it";
                self.bad_proof(
                    at.at("headers").key_span(),
                    "no header carries the time",
                    help,
                );
                None
            }
            (None, _, true) => {
                let help = "add `time: { form: epoch_seconds, tolerance_s: 300 }`";
                self.bad_proof(at.key_span(), "the signed `{time}` is not described", help);
                None
            }
        }
    }

    /// Resolves the nonce: it is in a header and signed, or neither.
    fn proof_nonce(
        &mut self,
        stated: &Stated<'_>,
        place: Option<ProofPlace>,
        is_signed: bool,
    ) -> Option<ProofNonce> {
        match (place, is_signed) {
            (Some(place), true) => Some(ProofNonce {
                place,
                length: stated
                    .nonce
                    .map_or_else(format::nonce_length, |nonce| nonce.length),
            }),
            (None, false) => {
                if stated.nonce.is_some() {
                    let span = stated.at.at("nonce").key_span();
                    let help = "add `{nonce}` to a header and to the content";
                    self.bad_proof(span, "no header carries the nonce", help);
                }
                None
            }
            (None, true) => {
                let help = "add `{nonce}` to the header that carries it";
                let span = stated.at.at("headers").key_span();
                self.bad_proof(span, "no header carries the nonce", help);
                None
            }
            (Some(_), false) => {
                let span = stated.at.at("signature").at("content").span();
                let help = "add `{nonce}` to the content";
                self.bad_proof(span, "the nonce is not signed", help);
                None
            }
        }
    }

    /// Checks the id of the key: only keys in pairs have one, and a signed one is in a header.
    fn proof_key_id(
        &mut self,
        stated: &Stated<'_>,
        place: Option<ProofPlace>,
        is_signed: bool,
    ) -> Option<ProofKeyId> {
        let span = stated.at.at("headers").key_span();
        if place.is_none() && is_signed {
            let help = "add `{key_id}` to the header that carries it";
            self.bad_proof(span, "no header carries the id of the key", help);
        }
        match stated.signature.algorithm {
            ProofAlgorithm::HmacSha256 | ProofAlgorithm::HmacSha512 if place.is_some() => {
                let help = "use `rsa_pkcs1_v15_sha256`, or remove `{key_id}`";
                self.bad_proof(span, "a shared secret has no id", help);
            }
            ProofAlgorithm::HmacSha256
            | ProofAlgorithm::HmacSha512
            | ProofAlgorithm::RsaPkcs1V15Sha256 => {}
        }
        if place.is_none() && stated.key_id.is_some() {
            let span = stated.at.at("key_id").key_span();
            let help = "add `{key_id}` to the header that carries it, or remove `key_id`";
            self.bad_proof(span, "no header carries the id of the key", help);
        }
        let optional = match stated.key_id {
            Some(format::KeyIdPresence::Optional) => true,
            Some(format::KeyIdPresence::Required) | None => false,
        };
        place.map(|place| ProofKeyId { place, optional })
    }

    /// Checks the other forms of a time: each is new, and a text is a time in one of them alone.
    fn accepted_forms(&mut self, form: TimeForm, accepts: &[TimeForm], at: At<'_>) {
        let is_number = |form: TimeForm| match form {
            TimeForm::EpochSeconds | TimeForm::EpochMillis => true,
            TimeForm::Iso8601 => false,
        };
        let mut read = vec![form];
        for (other, at) in accepts.iter().zip(at.items()) {
            let same = read.iter().find(|one| **one == *other);
            let alike = read
                .iter()
                .find(|one| is_number(**one) && is_number(*other));
            match (same, alike) {
                (Some(_), _) => {
                    let message = format!("the form `{other}` is stated twice");
                    self.bad_proof(at.span(), &message, "remove it");
                }
                (None, Some(first)) => {
                    let message = format!("`{other}` cannot be told from `{first}`");
                    self.bad_proof(at.span(), &message, "accept one form of numbers");
                }
                (None, None) => {}
            }
            read.push(*other);
        }
    }

    /// Resolves the encoding of a signature, and whether it is percent-encoded, too.
    pub(super) fn proof_encoding(
        &mut self,
        stated: &format::ProofEncoding,
        at: At<'_>,
    ) -> (TextEncoding, bool) {
        use format::EncodingStep::{Base64, Hex, Percent};
        let steps = match stated {
            format::ProofEncoding::Text(encoding) => return (*encoding, false),
            format::ProofEncoding::Steps(steps) => steps,
        };
        match steps.as_slice() {
            [Hex] => (TextEncoding::Hex, false),
            [Base64] => (TextEncoding::Base64, false),
            [Base64, Percent] => (TextEncoding::Base64, true),
            _ => {
                let help = "write `hex`, `base64` or `[base64, percent]`";
                self.bad_proof(
                    at.span(),
                    "these steps are no encoding of a signature",
                    help,
                );
                // One that lets the rest be checked.
                (TextEncoding::Base64, false)
            }
        }
    }

    pub(super) fn bad_proof(&mut self, span: Span, message: &str, help: &str) {
        let bad = Diagnostic::new(&codes::BAD_AUTH, message).at(span, "");
        self.report(match help {
            "" => bad,
            help => bad.help(help),
        });
    }
}
