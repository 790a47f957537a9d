//! The keys of an API that signs nothing: none.

use super::key::{CannotSign, Signer, Verifier};

/// The signer and the verifier of a client for an API that signs nothing. It has no value: where nothing is signed, no
/// key is asked for.
#[derive(Debug, Clone, Copy)]
pub enum Unsigned {}

impl Signer for Unsigned {
    fn sign(&self, _: &[u8]) -> Result<Vec<u8>, CannotSign> {
        match *self {}
    }
}

impl Verifier for Unsigned {
    fn verify(&self, _: &[u8], _: &[u8]) -> bool {
        match *self {}
    }
}
