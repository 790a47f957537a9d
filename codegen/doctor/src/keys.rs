//! The keys that a program holds, in whichever files.

use payspec_runtime::client::{KeyError, SigningKey, VerifyingKey};

/// A key as it was given: its public half, and whether the file holds the private one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenKey {
    pub(super) public: VerifyingKey,
    pub(super) is_private: bool,
}

impl GivenKey {
    /// Reads a key of either kind. A key of the wrong kind is not an error here: the doctor reports it as a
    /// mistake.
    ///
    /// # Errors
    ///
    /// When the text is not an RSA key.
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        Self::from_bytes(text.as_bytes())
    }

    /// Reads a key of either kind from the bytes of a file.
    ///
    /// # Errors
    ///
    /// When the bytes are not an RSA key.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        match VerifyingKey::from_bytes(bytes) {
            Ok(public) => Ok(GivenKey {
                public,
                is_private: false,
            }),
            Err(KeyError::PrivateForPublic) => Ok(GivenKey {
                public: SigningKey::from_bytes(bytes)?.public(),
                is_private: true,
            }),
            Err(error) => Err(error),
        }
    }
}

/// The keys of one program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// The key that it signs with.
    pub own_private: Option<GivenKey>,
    /// The public key that it handed to the provider.
    pub own_public: Option<GivenKey>,
    /// The provider's keys: first the one that it verifies with, then older or newer ones.
    pub provider: Vec<GivenKey>,
}

/// The side whose key signs a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signatory {
    Own,
    Provider,
}

/// The relation of a key to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The key that should have signed.
    Expected,
    /// A key of the other side.
    OtherSide,
    /// Another key of the side that should have signed.
    OtherVersion,
}

impl Keys {
    /// Returns the own public key: the half of the private one, if that is known.
    pub(super) fn own(&self) -> Option<&VerifyingKey> {
        let own = self.own_private.as_ref().or(self.own_public.as_ref());
        own.map(|key| &key.public)
    }

    pub(super) fn provider(&self) -> Option<&VerifyingKey> {
        self.provider.first().map(|key| &key.public)
    }

    pub(super) fn of(&self, signatory: Signatory) -> Option<&VerifyingKey> {
        match signatory {
            Signatory::Own => self.own(),
            Signatory::Provider => self.provider(),
        }
    }

    /// Returns all keys with their relation to a message, the expected one first.
    pub(super) fn standing(
        &self,
        signatory: Signatory,
    ) -> impl Iterator<Item = (Standing, &VerifyingKey)> {
        let own = [self.own_private.as_ref(), self.own_public.as_ref()];
        let own: Vec<_> = own.into_iter().flatten().map(|key| &key.public).collect();
        let provider: Vec<_> = self.provider.iter().map(|key| &key.public).collect();
        let (mine, other) = match signatory {
            Signatory::Own => (own, provider),
            Signatory::Provider => (provider, own),
        };
        let mut mine = mine.into_iter();
        let expected = mine.next().map(|key| (Standing::Expected, key));
        let more = mine.map(|key| (Standing::OtherVersion, key));
        let other = other.into_iter().map(|key| (Standing::OtherSide, key));
        expected.into_iter().chain(more).chain(other)
    }
}
