//! The encryption of objects, as the runtime opens and seals them.

use crate::model::{Credential, Encryption};
use payspec_runtime::client;

/// The parts of an encryption that its [recipe](EncryptionRecipe::recipe) refers to.
#[derive(Debug, Clone)]
pub struct EncryptionRecipe<'m> {
    encryption: &'m Encryption,
    key: Option<&'m Credential>,
    fixed: Vec<(&'m str, &'m str)>,
}

impl<'m> EncryptionRecipe<'m> {
    /// Prepares the recipe of an encryption, with the credentials of its API.
    pub fn new(encryption: &'m Encryption, credentials: &'m [Credential]) -> Self {
        let fixed = encryption.fixed.iter();
        EncryptionRecipe {
            encryption,
            key: credentials.iter().find(|one| one.name == encryption.key),
            fixed: fixed
                .map(|(name, text)| (name.as_str(), text.as_str()))
                .collect(),
        }
    }

    /// Returns the recipe.
    pub fn recipe(&self) -> client::Encryption<'_> {
        let Encryption {
            algorithm,
            key,
            ciphertext,
            nonce,
            associated_data,
            fixed: _,
            origin: _,
        } = self.encryption;
        client::Encryption {
            algorithm: *algorithm,
            key,
            key_encoding: self.key.and_then(|one| one.encoding),
            ciphertext,
            nonce,
            associated_data: associated_data.as_deref(),
            fixed: &self.fixed,
        }
    }
}
