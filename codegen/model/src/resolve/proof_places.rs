//! The places of the parts of a proof in its headers.

use payspec_runtime::rules;

use super::Context;
use super::address::{is_header_value, is_token};
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, ProofHeader};
use crate::model::{NotTemplate, Piece, ProofList, ProofOf, ProofPlace, pieces};
use crate::source::{At, Span};

/// A part of a proof in a header: the end of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Placed {
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

impl Context<'_> {
    /// Returns what the headers carry, and where.
    pub(super) fn proof_places(
        &mut self,
        of: ProofOf,
        headers: &[(&str, &ProofHeader, At<'_>)],
    ) -> Vec<(Placed, ProofPlace)> {
        let mut places = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for (name, header, at) in headers.iter().copied() {
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
            ignore_case,
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
                ignore_case: *ignore_case,
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
