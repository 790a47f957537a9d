//! Proofs inside of bodies.

use super::Context;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{self, OwnNotificationProof};
use crate::model::{BodyProof, Piece, pieces};
use crate::source::At;
use payspec_runtime::ProofAlgorithm;

impl Context<'_> {
    /// Resolves a proof whose signature is in this field of a body; [`None`] if it cannot be carried out, which is reported.
    pub(super) fn body_proof(
        &mut self,
        proof: &OwnNotificationProof,
        field: &str,
        at: At<'_>,
    ) -> Option<BodyProof> {
        let OwnNotificationProof {
            headers,
            field: _,
            unescaped,
            signature,
            time,
            nonce,
            key_id,
        } = proof;
        for (is_stated, key) in [
            (!headers.is_empty(), "headers"),
            (time.is_some(), "time"),
            (nonce.is_some(), "nonce"),
            (key_id.is_some(), "key_id"),
        ] {
            if is_stated {
                let message = format!("a signature in the body has no {key}");
                let help = format!("remove `field`, or remove `{key}`");
                self.bad_proof(at.at(key).key_span(), &message, &help);
            }
        }
        let format::ProofSignature {
            algorithm,
            key,
            content,
            encoding,
        } = signature;
        let at_signature = at.at("signature");
        self.credential_name(key, at_signature.at("key").span());
        match algorithm {
            ProofAlgorithm::HmacSha256 | ProofAlgorithm::HmacSha512 => {}
            ProofAlgorithm::RsaPkcs1V15Sha256 => {
                let message = "a signature in the body is by a shared secret";
                let bad = Diagnostic::new(&codes::BAD_AUTH, message);
                let bad = bad.at(at_signature.at("algorithm").span(), "");
                self.report(bad.limit(&limits::PAIRS_IN_BODY));
            }
        }
        let (encoding, percent_encoded) =
            self.proof_encoding(encoding, at_signature.at("encoding"));
        if percent_encoded {
            let span = at_signature.at("encoding").span();
            let message = "a signature in the body is not percent-encoded";
            self.bad_proof(span, message, &format!("write `{encoding}`"));
        }
        let (content, separator) = self.signed_values(content, at_signature.at("content"))?;
        let signature = self.pointer(field, at.at("field").span())?;
        let unescaped = unescaped.as_ref().and_then(|text| {
            let at = at.at("unescaped");
            let path = self.pointer(text, at.span())?;
            if !content.contains(&path) {
                let message = format!("`{text}` is not signed");
                self.bad_proof(at.span(), &message, "name one of the signed values");
            }
            Some(path)
        });
        if content.contains(&signature) {
            let message = format!("`{field}` is the signature, and cannot be signed");
            self.bad_proof(at.at("field").span(), &message, "");
        }
        Some(BodyProof {
            algorithm: *algorithm,
            key: key.clone(),
            encoding,
            signature,
            content,
            separator,
            unescaped,
            origin: self.origin(at),
        })
    }

    /// Splits a template into the paths of signed values and the character between them.
    fn signed_values(&mut self, template: &str, at: At<'_>) -> Option<(Vec<Vec<String>>, char)> {
        let split: Result<Vec<Piece<'_>>, _> = pieces(template).collect();
        let (mut values, mut separators) = (Vec::new(), Vec::new());
        let mut is_value = true;
        let mut fits = true;
        for piece in split.as_deref().unwrap_or_default() {
            match (piece, is_value) {
                (Piece::Name(name), true) if name.starts_with('/') => values.push(*name),
                (Piece::Text(text), false) => separators.push(*text),
                (Piece::Name(_) | Piece::Text(_), _) => fits = false,
            }
            is_value = !is_value;
        }
        let mut chars = separators.first().copied().unwrap_or_default().chars();
        let separator = match (chars.next(), chars.next()) {
            (Some(separator), None) => Some(separator),
            (_, _) => None,
        };
        let is_one = separators.iter().all(|one| Some(one) == separators.first());
        let separator = separator.filter(|_| fits && is_one && values.len() > separators.len());
        let Some(separator) = separator else {
            let message = "the signed content is not values of the body, joined by one character";
            let bad = Diagnostic::new(&codes::BAD_TEMPLATE, message);
            let help =
                "write the JSON Pointer of each value in braces, such as `{/id}:{/amount/value}`";
            let bad = bad.at(at.span(), "in this template").help(help);
            self.report(bad.limit(&limits::NOT_VALUES));
            return None;
        };
        let paths = values.iter().map(|name| self.pointer(name, at.span()));
        Some((paths.collect::<Option<_>>()?, separator))
    }
}
