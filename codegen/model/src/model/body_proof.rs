//! Proofs inside of bodies: a signature over values of the object that carries it.

use super::{Object, Origin, Type};
use crate::pointer::pointer;
use payspec_runtime::{ProofAlgorithm, TextEncoding};

/// The proof of the sender of notifications: a signature inside of each, over values of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyProof {
    /// The algorithm, with a shared secret.
    pub algorithm: ProofAlgorithm,
    /// The name of the credential that is the key.
    pub key: String,
    /// The encoding of the signature.
    pub encoding: TextEncoding,
    /// Path of the signature.
    pub signature: Vec<String>,
    /// Paths of the signed values, in order.
    pub content: Vec<Vec<String>>,
    /// The character between two of them.
    pub separator: char,
    /// Path of the only one that may contain this character.
    pub unescaped: Option<Vec<String>>,
    /// The place in the spec.
    pub origin: Origin,
}

impl BodyProof {
    /// Returns the signed content as a template.
    pub fn template(&self) -> String {
        let values = self.content.iter();
        let values: Vec<String> = values
            .map(|path| format!("{{{}}}", pointer(path)))
            .collect();
        values.join(&self.separator.to_string())
    }

    /// Returns what readers need, each with its name.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let Self {
            algorithm,
            key,
            encoding,
            signature,
            content: _,
            separator: _,
            unescaped,
            origin: _,
        } = self;
        let mut facts = vec![
            ("algorithm", algorithm.to_string()),
            ("key", key.clone()),
            ("signed content", self.template()),
            ("encoding", encoding.to_string()),
            ("field", pointer(signature)),
        ];
        facts.extend(unescaped.iter().map(|path| ("unescaped", pointer(path))));
        facts
    }

    /// Returns whether everything at a path is signed. `objects` returns the object of a type.
    pub(crate) fn covers<'m>(
        &self,
        start: &'m Object,
        path: &[String],
        objects: &impl Fn(&'m Type) -> Option<&'m Object>,
    ) -> bool {
        if self.content.iter().any(|signed| signed == path) {
            return true;
        }
        let mut object = start;
        for name in path {
            match object.field(name).and_then(|field| objects(&field.ty)) {
                Some(inner) => object = inner,
                None => return false,
            }
        }
        !object.fields.is_empty()
            && object.fields.iter().all(|field| {
                let path = [path, std::slice::from_ref(&field.name)].concat();
                self.content.contains(&path)
            })
    }
}
