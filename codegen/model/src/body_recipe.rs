//! Proofs inside of bodies, as the runtime signs and verifies them.

use crate::model::{BodyProof, Credential};
use payspec_runtime::client;

/// The parts of a proof that its recipe refers to.
#[derive(Debug, Clone)]
pub struct BodyParts<'m> {
    proof: &'m BodyProof,
    key: Option<&'m Credential>,
    signature: Vec<&'m str>,
    content: Vec<Vec<&'m str>>,
    unescaped: Option<Vec<&'m str>>,
}

/// The parts of a proof, with its signed values one behind the other.
#[derive(Debug, Clone)]
pub struct BodyRecipe<'p> {
    parts: &'p BodyParts<'p>,
    content: Vec<&'p [&'p str]>,
}

impl<'m> BodyParts<'m> {
    /// Takes the parts of a proof, with the credentials of its API.
    pub fn new(proof: &'m BodyProof, credentials: &'m [Credential]) -> Self {
        let names = |path: &'m Vec<String>| path.iter().map(String::as_str).collect();
        BodyParts {
            proof,
            key: credentials.iter().find(|one| one.name == proof.key),
            signature: names(&proof.signature),
            content: proof.content.iter().map(names).collect(),
            unescaped: proof.unescaped.as_ref().map(names),
        }
    }

    /// Prepares the recipe.
    pub fn prepare(&self) -> BodyRecipe<'_> {
        BodyRecipe {
            parts: self,
            content: self.content.iter().map(Vec::as_slice).collect(),
        }
    }
}

impl BodyRecipe<'_> {
    /// Returns the recipe.
    pub fn recipe(&self) -> client::BodyProof<'_> {
        let BodyParts {
            proof,
            key,
            signature,
            content: _,
            unescaped,
        } = self.parts;
        let BodyProof {
            algorithm,
            key: name,
            encoding,
            signature: _,
            content: _,
            separator,
            unescaped: _,
            origin: _,
        } = proof;
        client::BodyProof {
            algorithm: *algorithm,
            key: name,
            key_encoding: key.and_then(|one| one.encoding),
            encoding: *encoding,
            signature,
            content: &self.content,
            separator: *separator,
            unescaped: unescaped.as_deref(),
        }
    }
}
