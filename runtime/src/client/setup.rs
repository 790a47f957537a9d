//! The settings of a client as texts, as a program reads them from its environment.

use super::authentication::{Authenticated, Authentication};
use super::base::{BadBase, Base};
use super::credential::{BadCredential, Credentials};
use super::envelope::{Envelope, Scheme};
use super::key::{SigningKey, VerifyingKey};
use super::key_error::KeyError;
use super::recipe::Recipe;
use super::sign_error::SignError;
use super::unsigned::Unsigned;
use core::fmt;

impl Envelope {
    /// Makes an envelope from an address, such as `https://open-sea.example.com`, a client id, and the texts of
    /// both keys, as [`SigningKey::from_text`] and [`VerifyingKey::from_text`] read them.
    ///
    /// # Errors
    ///
    /// When one of the settings cannot be used; the error says which. It never holds a key.
    ///
    /// ```
    /// use payspec_runtime::client::{Envelope, Recipe, SetupError};
    ///
    /// fn envelope(recipe: &'static Recipe, own: &str, providers: &str) -> Result<Envelope, SetupError> {
    ///     Envelope::from_keys(recipe, "https://open-sea.example.com", "SANDBOX_5X", own, providers)
    /// }
    /// ```
    pub fn from_keys(
        recipe: &'static Recipe,
        url: &str,
        client_id: &str,
        own_private_key: &str,
        providers_public_key: &str,
    ) -> Result<Self, SetupError> {
        let base: Base = url.parse().map_err(SetupError::Address)?;
        let own = SigningKey::from_text(own_private_key).map_err(SetupError::OwnKey)?;
        let providers =
            VerifyingKey::from_text(providers_public_key).map_err(SetupError::ProvidersKey)?;
        Self::new(recipe, base, client_id, own, providers).map_err(SetupError::Setting)
    }
}

impl Envelope<Unsigned, Unsigned> {
    /// Makes an envelope from the credentials of one client of an API that signs nothing. The first environment is
    /// chosen, unless [`environment`](Self::environment) names another one.
    ///
    /// # Errors
    ///
    /// When a credential is missing or does not fit into its header. The error never holds its value.
    pub fn with_credentials(
        recipe: &'static Authentication,
        base: Base,
        credentials: &impl Credentials,
    ) -> Result<Self, SetupError> {
        let authenticated = Authenticated::new(recipe, credentials);
        let authenticated = authenticated.map_err(SetupError::Credential)?;
        let no_environment = SetupError::Setting(SignError::Setting("environment"));
        let environment = recipe.environments.first().ok_or(no_environment)?;
        let scheme = Scheme::Credentials(authenticated);
        Ok(Self::of(scheme, environment, base))
    }

    /// Makes an envelope from an address, such as `https://api.example.com`, and credentials.
    ///
    /// # Errors
    ///
    /// When one of the settings cannot be used; the error says which. It never holds a credential.
    pub fn from_credentials(
        recipe: &'static Authentication,
        url: &str,
        credentials: &impl Credentials,
    ) -> Result<Self, SetupError> {
        let base: Base = url.parse().map_err(SetupError::Address)?;
        Self::with_credentials(recipe, base, credentials)
    }
}

/// A setting of a client that cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum SetupError {
    /// The address is not valid.
    Address(BadBase),
    /// The text of the own private key is not valid.
    OwnKey(KeyError),
    /// The text of the provider's public key is not valid.
    ProvidersKey(KeyError),
    /// A credential is missing or does not fit into its header.
    Credential(BadCredential),
    /// The client id does not fit into a header, or the API has no environment for it.
    Setting(SignError),
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(error) => write!(f, "the provider's address is invalid: {error}"),
            Self::OwnKey(error) => write!(f, "your private key is invalid: {error}"),
            Self::ProvidersKey(error) => write!(f, "the provider's public key is invalid: {error}"),
            Self::Credential(error) => error.fmt(f),
            Self::Setting(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for SetupError {}
