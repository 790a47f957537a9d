//! Proofs of messages: signatures in headers.

use indexmap::IndexMap;
use payspec_runtime::{ProofAlgorithm, rules};

use super::Context;
use super::address::{is_header_value, is_token};
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, ProofHeader};
use crate::model::{
    MessageProof, NotTemplate, Piece, ProofList, ProofNonce, ProofOf, ProofPlace, ProofTime,
    TemplateOf, TemplatePart, pieces,
};
use crate::source::{At, Span};

/// A part of a proof in a header: the end of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Placed {
    Signature,
    Time,
    Nonce,
    KeyId,
    Credential(String),
    /// A value that is the same in each message.
    Fixed(String),
}

impl Placed {
    /// Returns the part that a placeholder stands for; [`None`] for the name of a credential.
    fn of(name: &str) -> Option<Self> {
        match name {
            "signature" => Some(Placed::Signature),
            "time" => Some(Placed::Time),
            "nonce" => Some(Placed::Nonce),
            "key_id" => Some(Placed::KeyId),
            _ => None,
        }
    }
}

/// Returns whether a header of signed requests carries a part of the proof, not credentials alone.
pub(super) fn is_of_proof(header: &ProofHeader) -> bool {
    match header {
        ProofHeader::List(_) => true,
        ProofHeader::Text(template) => pieces(template).any(|piece| match piece {
            Ok(Piece::Name(name)) => Placed::of(name).is_some(),
            Ok(Piece::Text(_)) | Err(_) => false,
        }),
    }
}

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
    pub(super) at: At<'f>,
}

impl<'f> Stated<'f> {
    /// Collects the headers of a proof without time and nonce.
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
        let mut places = self.proof_places(of, stated);
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
        self.proof_key_id(
            stated,
            key_id.as_ref(),
            parts.contains(&TemplatePart::KeyId),
        );
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
            encoding: *encoding,
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
            (Some(format::ProofTime { form, tolerance_s }), Some(place), true) => {
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
    fn proof_key_id(&mut self, stated: &Stated<'_>, place: Option<&ProofPlace>, is_signed: bool) {
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
    }

    pub(super) fn bad_proof(&mut self, span: Span, message: &str, help: &str) {
        let bad = Diagnostic::new(&codes::BAD_AUTH, message).at(span, "");
        self.report(match help {
            "" => bad,
            help => bad.help(help),
        });
    }

    /// Returns what the headers carry, and where.
    fn proof_places(&mut self, of: ProofOf, stated: &Stated<'_>) -> Vec<(Placed, ProofPlace)> {
        let mut places = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for (name, header, at) in stated.headers.iter().copied() {
            let is_again = names.iter().any(|one| one.eq_ignore_ascii_case(name));
            if is_again {
                let message = format!("the header `{name}` is stated twice");
                self.bad_proof(at.key_span(), &message, "");
            }
            // The headers of requests are checked with those of credentials.
            if of != ProofOf::Request {
                self.header_name(name, at.key_span());
                if !is_again && rules::is_transport_header(name) {
                    let message = format!("the header `{name}` cannot carry a proof");
                    self.bad_proof(at.key_span(), &message, "");
                }
            }
            names.push(name);
            match header {
                ProofHeader::Text(template) => {
                    let place = self.proof_place(of, (name, None), template, at.span());
                    places.extend(place);
                }
                ProofHeader::List(list) => {
                    places.extend(self.listed_places(of, name, list, at));
                }
            }
        }
        places
    }

    fn listed_places(
        &mut self,
        of: ProofOf,
        name: &str,
        list: &format::ProofList,
        at: At<'_>,
    ) -> Vec<(Placed, ProofPlace)> {
        let format::ProofList {
            scheme,
            params,
            quoted,
        } = list;
        if let Some(scheme) = scheme.as_ref().filter(|scheme| !is_token(scheme)) {
            let message = format!("invalid scheme {scheme:?} before a list");
            self.bad_proof(at.at("scheme").span(), &message, "");
        }
        let mut places = Vec::new();
        for ((key, template), at) in params.iter().zip(at.at("params").entries()) {
            if !is_token(key) {
                let message = format!("invalid key {key:?} of a list");
                self.bad_proof(at.key_span(), &message, "");
            }
            let list = ProofList {
                param: key.clone(),
                scheme: scheme.clone(),
                quoted: *quoted,
            };
            places.extend(self.proof_place(of, (name, Some(list)), template, at.span()));
        }
        places
    }

    /// Splits a template into the text before a placeholder, and the placeholder at its end.
    fn proof_place(
        &mut self,
        of: ProofOf,
        (header, list): (&str, Option<ProofList>),
        template: &str,
        span: Span,
    ) -> Option<(Placed, ProofPlace)> {
        let is_apart = list.is_none() || !template.contains([',', '"', '\\']);
        let is_sendable = is_header_value(template) && is_apart;
        let split: Result<Vec<Piece<'_>>, NotTemplate<'_>> = pieces(template).collect();
        let mut named = |name: &str| match (Placed::of(name), of) {
            (Some(placed), _) => Some(placed),
            (None, ProofOf::Request) => {
                self.credential_name(name, span);
                Some(Placed::Credential(name.to_owned()))
            }
            // The provider has no credentials of the merchant to send.
            (None, ProofOf::Response | ProofOf::Notification) => None,
        };
        let found = match split.as_deref() {
            Ok([Piece::Text(value)]) => Some(("", Placed::Fixed((*value).to_owned()))),
            Ok([Piece::Name(name)]) => named(name).map(|placed| ("", placed)),
            Ok([Piece::Text(prefix), Piece::Name(name)]) => {
                named(name).map(|placed| (*prefix, placed))
            }
            Ok(_) | Err(NotTemplate::Brace | NotTemplate::Name(_)) => None,
        };
        let Some((prefix, placed)) = found.filter(|_| is_sendable) else {
            let message =
                "a header of a proof ends with `{signature}`, `{time}`, `{nonce}` or `{key_id}`";
            let bad = Diagnostic::new(&codes::BAD_TEMPLATE, message);
            let help = "write a text before it if there is one, such as `sha256={signature}`; of a list, state `params`";
            self.report(bad.at(span, "in this template").help(help));
            return None;
        };
        let place = ProofPlace {
            header: header.to_owned(),
            list,
            prefix: prefix.to_owned(),
        };
        Some((placed, place))
    }
}
