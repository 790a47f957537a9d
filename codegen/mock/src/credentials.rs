//! The credentials that the gateway demands.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use payspec_runtime::client::{
    AuthHeader, CredentialValue, Credentials, PrivateKey, Secret, VerifyingKeys,
};
use payspec_runtime::{AeadAlgorithm, TextEncoding};

use super::MockError;
use super::keys::{self, Keys};
use super::refused::{Refused, one};
use payspec_model::model::{Auth, AuthKind, Credential, CredentialKind, Model, Operation, Refusal};

/// The credentials that the gateway demands, by name: those that it was given, and test values.
///
/// ```
/// use payspec_mock::TestCredentials;
///
/// assert_eq!(TestCredentials::test_value("secret_key", None), "test-secret-key");
/// ```
#[derive(Debug, Clone, Default)]
pub struct TestCredentials {
    given: BTreeMap<String, GivenCredential>,
    /// Those that are sent or sign, by their kind.
    secrets: BTreeMap<String, Secret>,
    identifiers: BTreeMap<String, String>,
    /// The keys of a client, where it has some: its own, and those of the gateway.
    private: BTreeMap<String, PrivateKey>,
    public: BTreeMap<String, VerifyingKeys>,
}

/// A credential that somebody gave. It may be a secret, because only the spec knows its kind.
#[derive(Clone)]
pub struct GivenCredential(String);

impl<T: Into<String>> From<T> for GivenCredential {
    fn from(text: T) -> Self {
        GivenCredential(text.into())
    }
}

impl std::fmt::Debug for GivenCredential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GivenCredential")
    }
}

impl TestCredentials {
    /// Returns the value of a credential that nobody gave, in the encoding in which its provider hands it out. It is no
    /// secret: everybody can read it here.
    pub fn test_value(name: &str, encoding: Option<TextEncoding>) -> String {
        encoded(&test_text(name), encoding)
    }

    /// Returns such a value for the key of an encryption, which has a length.
    pub fn test_key(
        name: &str,
        encoding: Option<TextEncoding>,
        algorithm: AeadAlgorithm,
    ) -> String {
        let length = algorithm.key_bytes();
        let text = format!("{:-<length$.length$}", test_text(name));
        encoded(&text, encoding)
    }

    /// Returns the test value of a credential of a spec: a key for that of an encryption, else a text.
    pub fn test_value_of(model: &Model, credential: &Credential) -> String {
        let Credential { name, encoding, .. } = credential;
        let auths = model.apis.iter().filter_map(|api| api.auth.as_ref());
        let mut encryptions = auths.filter_map(|auth| auth.encryption.as_ref());
        match encryptions.find(|encryption| encryption.key == *name) {
            Some(encryption) => Self::test_key(name, *encoding, encryption.algorithm),
            None => Self::test_value(name, *encoding),
        }
    }

    /// Adds a credential, instead of its test value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<GivenCredential>) -> Self {
        let value = value.into();
        // The credentials of a gateway have their kinds already.
        if let Some(secret) = self.secrets.get_mut(name) {
            *secret = Secret::new(value.0.clone());
        }
        if let Some(identifier) = self.identifiers.get_mut(name) {
            identifier.clone_from(&value.0);
        }
        self.given.insert(name.to_owned(), value);
        self
    }

    /// Returns whether the credential was given.
    pub fn has(&self, name: &str) -> bool {
        self.given.contains_key(name)
    }

    /// Adds the test values of all credentials of a spec that are missing, and checks that all fit into their headers.
    pub(super) fn complete(mut self, model: &Model) -> Result<Self, MockError> {
        for credential in model.apis.iter().flat_map(|api| &api.credentials) {
            let name = &credential.name;
            let given = self.given.get(name).map(|given| given.0.clone());
            let value = || given.unwrap_or_else(|| Self::test_value_of(model, credential));
            match credential.kind {
                CredentialKind::Id => {
                    self.identifiers.insert(name.clone(), value());
                }
                CredentialKind::Secret => {
                    self.secrets.insert(name.clone(), Secret::new(value()));
                }
                // The gateway has keys of its own.
                CredentialKind::PrivateKey | CredentialKind::PublicKeys => {}
            }
        }
        for api in &model.apis {
            let own = api.operations.iter().filter_map(|one| one.auth.as_ref());
            let own = own.flat_map(|auth| &auth.schemes);
            let shared = api.auth.iter().flat_map(|auth| &auth.schemes);
            for scheme in shared.chain(own) {
                self.value(&scheme.kind)?;
            }
        }
        Ok(self)
    }

    /// Adds the keys with which a client signs and verifies, under the id that the gateway expects.
    pub(super) fn with_keys(
        mut self,
        model: &Model,
        keys: &Keys,
        id: &str,
    ) -> Result<Self, MockError> {
        for Credential { name, kind, .. } in model.apis.iter().flat_map(|api| &api.credentials) {
            match kind {
                CredentialKind::Id | CredentialKind::Secret => {}
                CredentialKind::PrivateKey => {
                    let key = keys::signing(&keys.client.private, "the clients' private key")?;
                    self.private.insert(name.clone(), PrivateKey::new(id, key));
                }
                CredentialKind::PublicKeys => {
                    let key = keys::verifying(&keys.gateway.public, "the gateway's public key")?;
                    self.public
                        .insert(name.clone(), VerifyingKeys::new(id, key));
                }
            }
        }
        Ok(self)
    }

    fn value(&self, kind: &AuthKind) -> Result<Secret, MockError> {
        let parts = kind.parts();
        let header = AuthHeader {
            name: kind.name(),
            parts: &parts,
        };
        Ok(header.value(self)?)
    }

    /// Checks the headers of a request that prove who calls. An error names the header, never a value.
    pub(super) fn admit(
        &self,
        auth: &Auth,
        operation: &Operation,
        headers: &HeaderMap,
    ) -> Result<(), Refused> {
        for scheme in auth.schemes_of(operation) {
            let name = scheme.kind.name();
            let sent = one(headers, name, Refusal::Client)?;
            let is_right = self.value(&scheme.kind);
            if !is_right.is_ok_and(|value| value.is(sent.as_bytes())) {
                let template = scheme.kind.template();
                let why = format!(
                    "the header `{name}` is wrong: expected `{template}` with the gateway's credentials"
                );
                return Err(Refused::new(Refusal::Client, why));
            }
        }
        Ok(())
    }
}

fn test_text(name: &str) -> String {
    format!("test-{}", name.replace('_', "-"))
}

fn encoded(text: &str, encoding: Option<TextEncoding>) -> String {
    match encoding {
        None => text.to_owned(),
        Some(TextEncoding::Hex) => text.bytes().map(|byte| format!("{byte:02x}")).collect(),
        Some(TextEncoding::Base64) => STANDARD.encode(text),
    }
}

impl Credentials for TestCredentials {
    fn credential(&self, name: &str) -> Option<CredentialValue<'_>> {
        let secret = self.secrets.get(name).map(CredentialValue::Secret);
        let id = || self.identifiers.get(name);
        let id = || id().map(|id| CredentialValue::Id(id));
        let private = || self.private.get(name).map(CredentialValue::PrivateKey);
        let public = || self.public.get(name).map(CredentialValue::PublicKeys);
        secret.or_else(id).or_else(private).or_else(public)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_value_is_in_the_encoding_of_its_credential() {
        for (encoding, expected) in [
            (None, "test-key"),
            (Some(TextEncoding::Hex), "746573742d6b6579"),
            (Some(TextEncoding::Base64), "dGVzdC1rZXk="),
        ] {
            assert_eq!(TestCredentials::test_value("key", encoding), expected);
        }
    }

    #[test]
    fn a_test_key_has_the_length_of_its_algorithm() {
        for name in ["key", "a_key_with_a_name_that_is_longer_than_itself"] {
            let key = TestCredentials::test_key(name, None, AeadAlgorithm::Aes256Gcm);
            assert_eq!(key.len(), 32, "{key}");
            assert!(key.starts_with("test-"), "{key}");
        }
    }
}
