//! The credentials with which one message is signed or verified.

use std::path::Path;

use payspec_model::model::{Api, BodyProof, CredentialKind, MessageProof};
use payspec_runtime::ProofAlgorithm;
use payspec_runtime::client::{
    CredentialValue, Credentials, PrivateKey, Secret, SigningKey, VerifyingKey, VerifyingKeys,
};

use super::key;
use crate::credential::{in_environment, text, variable};
use crate::failure::Failure;

/// The key of a proof, and the credentials that travel beside the signature.
pub(crate) struct Given {
    key_name: String,
    key: GivenKey,
    beside: Vec<(String, Secret)>,
    /// The identifiers in the signed content.
    signed: Vec<(String, String)>,
}

enum GivenKey {
    Secret(Secret),
    Private(PrivateKey),
    Public(VerifyingKeys),
}

impl Given {
    /// Reads what signs a message: a shared secret, or a private key with its id. A secret beside the signature is
    /// replaced by its name in braces, because the headers are printed.
    pub(crate) fn to_sign(
        api: &Api,
        proof: &MessageProof,
        file: Option<&Path>,
        id: &str,
    ) -> Result<Self, Failure> {
        let key = match proof.algorithm {
            ProofAlgorithm::RsaPkcs1V15Sha256 => {
                let key = key(needed_file(file, proof)?, SigningKey::from_bytes)?;
                GivenKey::Private(PrivateKey::new(id, key))
            }
            ProofAlgorithm::HmacSha256 | ProofAlgorithm::HmacSha512 => {
                GivenKey::Secret(secret(file, &proof.key)?)
            }
        };
        Self::with(proof, key, |name| match is_secret(api, name) {
            true => Ok(Secret::new(format!("{{{name}}}"))),
            false => from_environment(name),
        })
    }

    /// Reads what verifies a message: a shared secret, or a public key that has this id.
    pub(crate) fn to_verify(
        proof: &MessageProof,
        file: Option<&Path>,
        id: &str,
    ) -> Result<Self, Failure> {
        let key = match proof.algorithm {
            ProofAlgorithm::RsaPkcs1V15Sha256 => {
                let key = key(needed_file(file, proof)?, VerifyingKey::from_bytes)?;
                GivenKey::Public(VerifyingKeys::new(id, key))
            }
            ProofAlgorithm::HmacSha256 | ProofAlgorithm::HmacSha512 => {
                GivenKey::Secret(secret(file, &proof.key)?)
            }
        };
        Self::with(proof, key, from_environment)
    }

    /// Reads the shared secret of a proof inside of bodies.
    pub(crate) fn in_body(proof: &BodyProof, file: Option<&Path>) -> Result<Self, Failure> {
        Ok(Given {
            key_name: proof.key.clone(),
            key: GivenKey::Secret(secret(file, &proof.key)?),
            beside: Vec::new(),
            signed: Vec::new(),
        })
    }

    fn with(
        proof: &MessageProof,
        key: GivenKey,
        read: impl Fn(&str) -> Result<Secret, Failure>,
    ) -> Result<Self, Failure> {
        let beside = proof.credentials.iter();
        let beside = beside.map(|(name, _)| Ok((name.clone(), read(name)?)));
        let signed = proof.signed.iter();
        let signed = signed.map(|name| Ok((name.clone(), needed(name)?)));
        Ok(Given {
            signed: signed.collect::<Result<_, Failure>>()?,
            key_name: proof.key.clone(),
            key,
            beside: beside.collect::<Result<_, Failure>>()?,
        })
    }
}

impl Credentials for Given {
    fn credential(&self, name: &str) -> Option<CredentialValue<'_>> {
        let mut signed = self.signed.iter();
        if let Some((_, id)) = signed.find(|(one, _)| one == name) {
            return Some(CredentialValue::Id(id));
        }
        let mut beside = self.beside.iter();
        if let Some((_, secret)) = beside.find(|(one, _)| one == name) {
            return Some(CredentialValue::Secret(secret));
        }
        (name == self.key_name).then_some(match &self.key {
            GivenKey::Secret(secret) => CredentialValue::Secret(secret),
            GivenKey::Private(key) => CredentialValue::PrivateKey(key),
            GivenKey::Public(keys) => CredentialValue::PublicKeys(keys),
        })
    }
}

fn is_secret(api: &Api, name: &str) -> bool {
    let mut credentials = api.credentials.iter();
    let found = credentials.find(|one| one.name == name);
    found.is_none_or(|one| match one.kind {
        CredentialKind::Id | CredentialKind::PublicKeys => false,
        CredentialKind::Secret | CredentialKind::PrivateKey => true,
    })
}

fn needed_file<'f>(file: Option<&'f Path>, proof: &MessageProof) -> Result<&'f Path, Failure> {
    file.ok_or_else(|| Failure::Usage(format!("`--key FILE` is needed: the key `{}`", proof.key)))
}

/// Reads the shared secret of a proof.
fn secret(file: Option<&Path>, name: &str) -> Result<Secret, Failure> {
    if let Some(file) = file {
        return text(file).map(Secret::new);
    }
    in_environment(name).map(Secret::new).ok_or_else(|| {
        Failure::Usage(format!(
            "the secret `{name}` is missing\nhelp: give its file with `--key FILE`, or the variable `{}`",
            variable(name)
        ))
    })
}

fn from_environment(name: &str) -> Result<Secret, Failure> {
    needed(name).map(Secret::new)
}

fn needed(name: &str) -> Result<String, Failure> {
    in_environment(name).ok_or_else(|| {
        Failure::Usage(format!(
            "the credential `{name}` is missing\nhelp: set the variable `{}`",
            variable(name)
        ))
    })
}
