//! The keys that a program holds, whichever files they stand in.

use payspec_runtime::client::{KeyError, SigningKey, VerifyingKey};

/// A key as it was given: its public half, and which half the file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenKey {
    pub(super) public: VerifyingKey,
    pub(super) is_private: bool,
}

impl GivenKey {
    /// Reads a key of either kind: that the wrong one was given is for the doctor to say.
    ///
    /// # Errors
    ///
    /// When the text is no RSA key.
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        Self::from_bytes(text.as_bytes())
    }

    /// Reads a key of either kind from the bytes of a file.
    ///
    /// # Errors
    ///
    /// When they are no RSA key.
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
    /// What it signs with.
    pub own_private: Option<GivenKey>,
    /// What it handed to the provider.
    pub own_public: Option<GivenKey>,
    /// What it verifies with; behind it further keys of the provider's, older or newer.
    pub provider: Vec<GivenKey>,
}

/// Whose key signs a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signatory {
    Own,
    Provider,
}

/// What a key is to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It should have signed.
    Expected,
    /// It is the other side's.
    OtherSide,
    /// It is another one of the side that should have signed.
    OtherVersion,
}

impl Keys {
    /// The own public key: the half of the private one, if that is known.
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

    /// All keys, with what each is to a message; the expected one first.
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
