//! Errors of keys, with the command that converts the key.

use core::fmt;

/// A text is not the expected key. The error contains nothing of the text.
///
/// ```
/// use payspec_runtime::client::{KeyError, KeyFormat, VerifyingKey};
///
/// let error = VerifyingKey::from_text("ssh-rsa AAAAB3NzaC1yc2E= me@here").map(|_| ());
/// assert_eq!(error, Err(KeyError::OtherFormat(KeyFormat::OpenSshPublic)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// The text is empty.
    Empty,
    /// The text is neither PEM nor base64.
    NotBase64,
    /// The key is encrypted with a password.
    Encrypted,
    /// It is a certificate.
    Certificate,
    /// It is a key in an unsupported format.
    OtherFormat(KeyFormat),
    /// It is a key for another algorithm than RSA.
    NotRsa,
    /// It contains several different keys.
    Several,
    /// It is a public key, but the private one is needed.
    PublicForPrivate,
    /// It is a private key, but the other side's public one is needed.
    PrivateForPublic,
    /// The modulus has this many bits, outside of 2048 to 8192.
    Bits(u32),
    /// The bytes are not a key, or not a whole one.
    Damaged,
    /// The numbers of the key do not belong together.
    Inconsistent,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "no key: the text is empty",
            Self::NotBase64 => "the key is neither PEM nor base64",
            Self::Encrypted => {
                "the key is encrypted with a password; decrypt it with \
                 `openssl pkey -in FILE -out private.pem`"
            }
            Self::Certificate => {
                "this is a certificate, not a key; to verify, extract its public key with \
                 `openssl x509 -in FILE -pubkey -noout -out public.pem`"
            }
            Self::OtherFormat(format) => return format.fmt(f),
            Self::NotRsa => {
                "the key is for another algorithm: expected an RSA key, as \
                 `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.pem` makes one"
            }
            Self::Several => "the text holds several different keys: expected one",
            Self::PublicForPrivate => {
                "this is a public key: expected the private key, which signs; a public key cannot be \
                 turned into it"
            }
            Self::PrivateForPublic => {
                "this is a private key: expected the other side's public key, which verifies; keep \
                 the private key secret"
            }
            Self::Bits(bits) => {
                return write!(f, "the key has {bits} bits: expected an RSA key of 2048 to 8192");
            }
            Self::Damaged => "the key is damaged or cut off",
            Self::Inconsistent => "the key is damaged: its numbers do not belong together",
        })
    }
}

impl core::error::Error for KeyError {}

/// A recognised but unsupported key format; its text names the command that converts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyFormat {
    /// A private key of OpenSSH.
    OpenSshPrivate,
    /// A public key of OpenSSH.
    OpenSshPublic,
    /// A public key of SSH as RFC 4716 writes it.
    Ssh2Public,
    /// A private key of PuTTY.
    Putty,
    /// A PKCS#12 file (`.p12`, `.pfx`).
    Pkcs12,
    /// A PKCS#7 file (`.p7b`).
    Pkcs7,
    /// A Java keystore (`.jks`).
    JavaKeyStore,
    /// A certificate signing request (`.csr`).
    CertificateRequest,
    /// A JSON Web Key.
    Jwk,
    /// A key as XML, as .NET writes it.
    Xml,
    /// A key of OpenPGP.
    Pgp,
}

impl KeyFormat {
    fn name(self) -> &'static str {
        match self {
            Self::OpenSshPrivate => "an OpenSSH private key",
            Self::OpenSshPublic => "an OpenSSH public key",
            Self::Ssh2Public => "an SSH2 public key",
            Self::Putty => "a PuTTY private key",
            Self::Pkcs12 => "a PKCS#12 file",
            Self::Pkcs7 => "a PKCS#7 file of certificates",
            Self::JavaKeyStore => "a Java keystore",
            Self::CertificateRequest => "a certificate request",
            Self::Jwk => "JSON, perhaps a JSON Web Key",
            Self::Xml => "XML, perhaps a .NET key",
            Self::Pgp => "an OpenPGP key",
        }
    }

    /// Returns the command or the step that helps.
    fn advice(self) -> &'static str {
        match self {
            Self::OpenSshPrivate => {
                "convert a copy of it with `ssh-keygen -p -m PKCS8 -N '' -f FILE`, which rewrites the file"
            }
            Self::OpenSshPublic => "convert it with `ssh-keygen -e -m PKCS8 -f FILE > public.pem`",
            Self::Ssh2Public => {
                "convert it with `ssh-keygen -i -f FILE > key.pub` and \
                 `ssh-keygen -e -m PKCS8 -f key.pub > public.pem`"
            }
            Self::Putty => {
                "convert it with `puttygen FILE -O private-openssh -o key` and \
                 `ssh-keygen -p -m PKCS8 -N '' -f key`"
            }
            Self::Pkcs12 => {
                "extract the private key with `openssl pkcs12 -in FILE -nocerts -nodes -out private.pem`, \
                 or the public key of its certificate with \
                 `openssl pkcs12 -in FILE -nokeys -clcerts | openssl x509 -pubkey -noout -out public.pem`"
            }
            Self::Pkcs7 => {
                "extract the public key with \
                 `openssl pkcs7 -in FILE -print_certs | openssl x509 -pubkey -noout -out public.pem`"
            }
            Self::JavaKeyStore => {
                "convert it with `keytool -importkeystore -srckeystore FILE -destkeystore key.p12 \
                 -deststoretype PKCS12` and `openssl pkcs12 -in key.p12 -nocerts -nodes -out private.pem`"
            }
            Self::CertificateRequest => {
                "extract the public key with `openssl req -in FILE -pubkey -noout -out public.pem`"
            }
            Self::Jwk | Self::Xml | Self::Pgp => "export the key as PEM, in PKCS#8 or X.509",
        }
    }
}

impl fmt::Display for KeyFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, advice) = (self.name(), self.advice());
        write!(f, "this is {name}: expected PEM, DER or base64; {advice}")
    }
}
