//! Proofs of messages, as the runtime signs and verifies them.

use crate::model::{Credential, MessageProof, ProofKeyId, ProofNonce, ProofPlace, ProofTime};
use crate::signing::Signing;
use payspec_runtime::client::{self, Part};

/// The parts of a proof that its [recipe](ProofRecipe::recipe) refers to.
#[derive(Debug, Clone)]
pub struct ProofRecipe<'m> {
    proof: &'m MessageProof,
    key: Option<&'m Credential>,
    content: Vec<Part<'m>>,
    credentials: Vec<(&'m str, client::ProofPlace<'m>)>,
    fixed: Vec<(&'m str, client::ProofPlace<'m>)>,
}

impl<'m> ProofRecipe<'m> {
    /// Prepares the recipe of a proof, with the credentials of its API.
    pub fn new(proof: &'m MessageProof, credentials: &'m [Credential]) -> Self {
        let placed = |texts: &'m [(String, ProofPlace)]| {
            let texts = texts.iter();
            texts.map(|(text, at)| (text.as_str(), place(at))).collect()
        };
        ProofRecipe {
            proof,
            key: credentials.iter().find(|one| one.name == proof.key),
            content: Signing::parts(&proof.parts()),
            credentials: placed(&proof.credentials),
            fixed: placed(&proof.fixed),
        }
    }

    /// Returns the recipe.
    pub fn recipe(&self) -> client::MessageProof<'_> {
        let MessageProof {
            algorithm,
            key,
            content: _,
            signed: _,
            encoding,
            percent_encoded,
            signature,
            time,
            nonce,
            key_id,
            credentials: _,
            fixed: _,
            origin: _,
        } = self.proof;
        client::MessageProof {
            algorithm: *algorithm,
            key,
            key_encoding: self.key.and_then(|one| one.encoding),
            key_bits: self.key.and_then(|one| one.bits),
            content: &self.content,
            encoding: *encoding,
            percent_encoded: *percent_encoded,
            signature: place(signature),
            time: time.as_ref().map(|time| {
                let ProofTime {
                    place: at,
                    form,
                    accepts,
                    tolerance_s,
                } = time;
                client::ProofTime {
                    place: place(at),
                    form: *form,
                    accepts,
                    tolerance_s: *tolerance_s,
                }
            }),
            nonce: nonce.as_ref().map(|nonce| {
                let ProofNonce { place: at, length } = nonce;
                client::ProofNonce {
                    place: place(at),
                    length: *length,
                }
            }),
            key_id: key_id.as_ref().map(|id| {
                let ProofKeyId {
                    place: at,
                    optional,
                } = id;
                client::ProofKeyId {
                    place: place(at),
                    optional: *optional,
                }
            }),
            credentials: &self.credentials,
            fixed: &self.fixed,
        }
    }
}

fn place(place: &ProofPlace) -> client::ProofPlace<'_> {
    let ProofPlace {
        header,
        list,
        prefix,
    } = place;
    client::ProofPlace {
        header,
        list: list.as_ref().map(|list| client::ProofList {
            param: &list.param,
            scheme: list.scheme.as_deref(),
            quoted: list.quoted,
            ignore_case: list.ignore_case,
        }),
        prefix,
    }
}
