//! Encrypts the objects of notifications, as the provider does.

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use payspec_model::encryption_recipe::EncryptionRecipe;
use payspec_model::model::{Api, Operation};
use payspec_runtime::client::EncryptionKey;

use super::clients::Clients;

/// The length of a nonce.
const NONCE: usize = 12;

/// The source of nonces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Nonces {
    /// The system's random numbers.
    #[default]
    Random,
    /// The same nonce each time, which makes notifications repeatable. With a real key, that would give its plaintexts away.
    Fixed,
}

impl Nonces {
    /// Returns a nonce of letters and digits.
    fn next(self) -> Result<String, String> {
        const DIGITS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789AB";
        let mut bytes = [0; NONCE];
        match self {
            Nonces::Fixed => {}
            Nonces::Random => SystemRandom::new()
                .fill(&mut bytes)
                .map_err(|_| "the system gives no random numbers".to_owned())?,
        }
        let digits = bytes.iter().map(|byte| DIGITS[usize::from(byte % 64)]);
        Ok(digits.map(char::from).collect())
    }
}

impl Clients {
    /// Returns the body of a notification, with its object encrypted if the spec says so.
    pub(super) fn encrypt(
        &self,
        api: &Api,
        operation: &Operation,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, String> {
        let encryption = api.auth.as_ref().and_then(|auth| auth.encryption.as_ref());
        let (Some(encrypted), Some(encryption)) = (&operation.encrypted, encryption) else {
            return Ok(body);
        };
        let recipe = EncryptionRecipe::new(encryption, &api.credentials);
        let key = EncryptionKey::new(recipe.recipe(), &self.credentials);
        let key = key.map_err(|error| error.to_string())?;
        let key = key.ok_or_else(|| format!("the credential `{}` is missing", encryption.key))?;
        let nonce = self.nonces.next()?;
        let sealed = key.seal(&encrypted.field, &body, &nonce, &encrypted.field);
        sealed.map_err(|error| error.to_string())
    }
}
