//! The clients that the gateway accepts.

use payspec_runtime::client::{PrivateKey, VerifyingKey, VerifyingKeys};

use super::credentials::TestCredentials;
use super::encrypted::Nonces;

/// The clients that the gateway accepts.
#[derive(Debug)]
pub(super) struct Clients {
    /// The public key of all clients; [`None`] where nothing is signed.
    pub(super) key: Option<VerifyingKey>,
    /// The version of that key; a request may leave it out.
    pub(super) key_version: String,
    /// The accepted ids; an empty list accepts any.
    pub(super) ids: Vec<String>,
    /// The credentials of all clients, where there are some.
    pub(super) credentials: TestCredentials,
    /// The keys of proofs; [`None`] where no proof needs keys in pairs.
    pub(super) proof_keys: Option<ProofKeys>,
    /// The nonces of encrypted objects.
    pub(super) nonces: Nonces,
}

/// The keys with which the gateway signs, and with which it verifies.
#[derive(Debug)]
pub(super) struct ProofKeys {
    pub(super) own: PrivateKey,
    pub(super) clients: VerifyingKeys,
}
