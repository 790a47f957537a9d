//! The proof of notifications by a shared secret.

use payspec_runtime::rules;

use super::Context;
use super::address::{is_header_value, is_token};
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, ProofHeader, ProofList};
use crate::model::{
    Credential, CredentialKind, NotTemplate, NotificationProof, Piece, ProofPlace, ProofTime,
    TemplateOf, TemplatePart, pieces,
};
use crate::source::{At, Span};
use crate::source_map::SourceMap;

/// The end of a template in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Placed {
    Signature,
    Time,
}

/// Returns what is wrong with credentials as the key of the proof.
pub(super) fn misused_keys(
    map: &SourceMap,
    credentials: &[Credential],
    proof: Option<&NotificationProof>,
) -> Vec<Diagnostic> {
    let is_key = |one: &Credential| proof.is_some_and(|proof| proof.key == one.name);
    let wrong = credentials.iter().filter_map(|one| {
        let name = &one.name;
        let (message, label) = match (one.kind, one.encoding) {
            (CredentialKind::Id, _) if is_key(one) => (
                format!("the key `{name}` of a signature is not secret"),
                "its kind is `id`",
            ),
            (CredentialKind::Id | CredentialKind::Secret, Some(_)) if !is_key(one) => (
                format!("the credential `{name}` has an `encoding`"),
                "only the key of a signature has one",
            ),
            (CredentialKind::Id | CredentialKind::Secret, Some(_) | None) => return None,
        };
        Some(Diagnostic::new(&codes::BAD_AUTH, message).at(map.word_at(one.origin), label))
    });
    wrong.collect()
}

impl Context<'_> {
    /// Resolves the proof of notifications; [`None`] if its headers do not carry the signature, which is reported.
    pub(super) fn proof(
        &mut self,
        proof: &format::NotificationProof,
        at: At<'_>,
    ) -> Option<NotificationProof> {
        let at_signature = at.at("signature");
        let format::ProofSignature {
            algorithm,
            key,
            content,
            encoding,
        } = &proof.signature;
        self.credential_name(key, at_signature.at("key").span());
        self.template(
            TemplateOf::Notification,
            content,
            at_signature.at("content"),
        );
        let places = self.proof_places(proof, at.at("headers"));
        let one_of = |what: Placed| {
            let mut found = places.iter().filter(|(placed, _)| *placed == what);
            (
                found.next().map(|(_, place)| place.clone()),
                found.next().is_some(),
            )
        };
        let (signature, again) = one_of(Placed::Signature);
        let span = at.at("headers").key_span();
        if signature.is_none() || again {
            self.bad_proof(span, "the headers must have `{signature}` once", "");
        }
        let (place, again) = one_of(Placed::Time);
        if again {
            self.bad_proof(span, "the headers have `{time}` twice", "");
        }
        let parts = TemplateOf::Notification.parts(content);
        let is_signed = parts.is_ok_and(|parts| parts.contains(&TemplatePart::Time));
        let time = match (&proof.time, place, is_signed) {
            (Some(format::ProofTime { form, tolerance_s }), Some(place), true) => Some(ProofTime {
                place,
                form: *form,
                tolerance_s: *tolerance_s,
            }),
            (None, None, false) => None,
            (_, _, false) => {
                let span = at_signature.at("content").span();
                self.bad_proof(
                    span,
                    "the time is not signed",
                    "add `{time}` to the content",
                );
                None
            }
            (Some(_), None, true) => {
                let help = "add `{time}` to the header that carries it";
                self.bad_proof(span, "no header carries the time", help);
                None
            }
            (None, _, true) => {
                let help = "add `time: { form: epoch_seconds, tolerance_s: 300 }`";
                self.bad_proof(at.key_span(), "the signed `{time}` is not described", help);
                None
            }
        };
        Some(NotificationProof {
            algorithm: *algorithm,
            key: key.clone(),
            content: content.clone(),
            encoding: *encoding,
            signature: signature?,
            time,
            origin: self.origin(at),
        })
    }

    fn bad_proof(&mut self, span: Span, message: &str, help: &str) {
        let bad = Diagnostic::new(&codes::BAD_AUTH, message).at(span, "");
        self.report(match help {
            "" => bad,
            help => bad.help(help),
        });
    }

    /// Returns what the headers carry, and where.
    fn proof_places(
        &mut self,
        proof: &format::NotificationProof,
        at: At<'_>,
    ) -> Vec<(Placed, ProofPlace)> {
        let mut places = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for ((name, header), at) in proof.headers.iter().zip(at.entries()) {
            self.header_name(name, at.key_span());
            let is_again = names.iter().any(|one| one.eq_ignore_ascii_case(name));
            if is_again || rules::is_transport_header(name) {
                let message = match is_again {
                    true => format!("the header `{name}` is stated twice"),
                    false => format!("the header `{name}` cannot carry a proof"),
                };
                self.bad_proof(at.key_span(), &message, "");
            }
            names.push(name);
            match header {
                ProofHeader::Text(template) => {
                    let place = self.proof_place((name, None), template, at.span());
                    places.extend(place);
                }
                ProofHeader::List(ProofList { params }) => {
                    for ((key, template), at) in params.iter().zip(at.at("params").entries()) {
                        if !is_token(key) {
                            let message = format!("invalid key {key:?} of a list");
                            self.bad_proof(at.key_span(), &message, "");
                        }
                        let place = self.proof_place((name, Some(key)), template, at.span());
                        places.extend(place);
                    }
                }
            }
        }
        places
    }

    /// Splits a template into the text before a placeholder, and the placeholder at its end.
    fn proof_place(
        &mut self,
        (header, param): (&str, Option<&str>),
        template: &str,
        span: Span,
    ) -> Option<(Placed, ProofPlace)> {
        let is_sendable = is_header_value(template) && (param.is_none() || !template.contains(','));
        let split: Result<Vec<Piece<'_>>, NotTemplate<'_>> = pieces(template).collect();
        let found = match split.as_deref() {
            Ok([Piece::Name(name)]) => Some(("", *name)),
            Ok([Piece::Text(prefix), Piece::Name(name)]) => Some((*prefix, *name)),
            Ok(_) | Err(NotTemplate::Brace | NotTemplate::Name(_)) => None,
        };
        let found = found.and_then(|(prefix, name)| match name {
            "signature" => Some((prefix, Placed::Signature)),
            "time" => Some((prefix, Placed::Time)),
            _ => None,
        });
        let Some((prefix, placed)) = found.filter(|_| is_sendable) else {
            let message = "a header of a proof ends with `{signature}` or `{time}`";
            let bad = Diagnostic::new(&codes::BAD_TEMPLATE, message);
            let help = "write a text before it if there is one, such as `sha256={signature}`; of a list, state `params`";
            self.report(bad.at(span, "in this template").help(help));
            return None;
        };
        let place = ProofPlace {
            header: header.to_owned(),
            param: param.map(str::to_owned),
            prefix: prefix.to_owned(),
        };
        Some((placed, place))
    }
}
