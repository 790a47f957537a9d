//! Credentials: what a merchant is given to prove who calls.

use super::key::VerifyingKeys;
use super::private_key::PrivateKey;
use core::fmt;
use zeroize::Zeroizing;

/// A secret text, such as a token or a password.
///
/// It is wiped from memory when it is dropped, and no log, error or `Debug` shows it. Where it is sent, the transport
/// has copies of it for as long as a request lives.
///
/// ```
/// use payspec_runtime::client::Secret;
///
/// let secret = Secret::new("sk_live_1");
/// assert_eq!(format!("{secret:?}"), "Secret");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Returns whether these bytes are the secret. The time that it takes does not tell where they differ.
    pub fn is(&self, bytes: &[u8]) -> bool {
        let own = self.0.as_bytes();
        let differences = own.iter().zip(bytes);
        let differences = differences.fold(0, |all, (one, other)| all | (one ^ other));
        own.len() == bytes.len() && differences == 0
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The value of one credential.
#[derive(Debug, Clone, Copy)]
pub enum CredentialValue<'a> {
    /// An identifier, which may be shown.
    Id(&'a str),
    /// A secret.
    Secret(&'a Secret),
    /// The private key with which this side signs.
    PrivateKey(&'a PrivateKey),
    /// The public keys of the other side.
    PublicKeys(&'a VerifyingKeys),
}

impl<'a> CredentialValue<'a> {
    /// Returns the text of an identifier or a secret.
    pub(super) fn text(self) -> Option<&'a str> {
        match self {
            Self::Id(text) => Some(text),
            Self::Secret(secret) => Some(secret.expose()),
            Self::PrivateKey(_) | Self::PublicKeys(_) => None,
        }
    }
}

/// The credentials of one client of an API. Generated.
pub trait Credentials {
    /// Returns the value of the credential with this name in the description of the API.
    fn credential(&self, name: &str) -> Option<CredentialValue<'_>>;
}

/// A credential cannot be sent. The error names it and never shows its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadCredential {
    name: String,
    problem: CredentialProblem,
}

/// The reason why a credential cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialProblem {
    /// It is not there.
    Missing,
    /// It is empty.
    Empty,
    /// It has a character that its header cannot carry, such as a line end, a space or one beyond ASCII.
    Character,
    /// It is the user name of basic authentication and contains a colon.
    Colon,
    /// It is not written in the encoding that the description states, such as hexadecimal digits.
    Encoding,
    /// It is of another kind than its use needs: a text in place of a key, or a key in place of a text.
    OtherKind,
    /// It is a private key without an id, and its id travels with each signature.
    NoKeyId,
    /// It is a private key whose id has a character that its header cannot carry.
    KeyId,
    /// It is an RSA key of another size than the description states.
    KeyBits {
        /// The size that the description states, in bits.
        expected: u32,
        /// The size of the key, in bits.
        bits: u32,
    },
    /// It is the key of an encryption, and has another length than the algorithm needs.
    KeyBytes {
        /// The length that the algorithm needs, in bytes.
        expected: usize,
        /// The length of the key, in bytes.
        bytes: usize,
    },
}

impl BadCredential {
    pub(super) fn new(name: &str, problem: CredentialProblem) -> Self {
        Self {
            name: name.to_owned(),
            problem,
        }
    }

    /// Returns the name of the credential in the description of the API.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the reason.
    pub fn problem(&self) -> CredentialProblem {
        self.problem
    }
}

impl fmt::Display for BadCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the credential `{}` {}", self.name, self.problem)
    }
}

impl fmt::Display for CredentialProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Missing => "is missing",
            Self::Empty => "is empty",
            Self::Character => {
                "has a character that its header cannot carry; look for spaces and line ends around it"
            }
            Self::Encoding => {
                "is not written in the encoding that the description of the API states"
            }
            Self::Colon => {
                "contains a colon, which the user name of basic authentication cannot have"
            }
            Self::OtherKind => "is not of the kind that the description of the API states",
            Self::NoKeyId => "has no id, which each signature names",
            Self::KeyId => "has an id with a character that its header cannot carry",
            Self::KeyBytes { expected, bytes } => {
                return write!(f, "has {bytes} bytes: expected {expected}");
            }
            Self::KeyBits { expected, bits } => {
                return write!(
                    f,
                    "has {bits} bits: the description of the API states {expected}"
                );
            }
        };
        f.write_str(text)
    }
}

impl core::error::Error for BadCredential {}
