//! Test keys.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::{self, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use payspec_runtime::client::{SigningKey, VerifyingKey};
use pem_rfc7468::LineEnding;

use super::MockError;

/// A private key and its public key, as PEM. For tests only.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyPair {
    /// PKCS#8.
    pub private: String,
    /// X.509 SubjectPublicKeyInfo.
    pub public: String,
}

impl KeyPair {
    /// Generates an RSA key pair of 2048 bits.
    ///
    /// # Errors
    ///
    /// When the library cannot make one.
    pub fn make() -> Result<Self, MockError> {
        let failed = |_| MockError::MakeKey;
        let key = rsa::KeyPair::generate(KeySize::Rsa2048).map_err(failed)?;
        let private: Pkcs8V1Der<'_> = key.as_der().map_err(failed)?;
        let public: PublicKeyX509Der<'_> = key.public_key().as_der().map_err(failed)?;
        let pem = |label, der| {
            let text = pem_rfc7468::encode_string(label, LineEnding::LF, der);
            text.map_err(|_| MockError::MakeKey)
        };
        Ok(KeyPair {
            private: pem("PRIVATE KEY", private.as_ref())?,
            public: pem("PUBLIC KEY", public.as_ref())?,
        })
    }
}

impl std::fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyPair([secret])")
    }
}

/// The keys of both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// The keys with which clients sign.
    pub client: KeyPair,
    /// The keys with which the gateway signs.
    pub gateway: KeyPair,
}

/// The names of the files in a folder of keys.
const FILES: [&str; 4] = [
    "client-private.pem",
    "client-public.pem",
    "gateway-private.pem",
    "gateway-public.pem",
];

impl Keys {
    /// Generates both pairs.
    ///
    /// # Errors
    ///
    /// As [`KeyPair::make`].
    pub fn make() -> Result<Self, MockError> {
        // Each takes up to a second.
        let (client, gateway) = std::thread::scope(|scope| {
            let client = scope.spawn(KeyPair::make);
            let gateway = KeyPair::make();
            let client = client.join().map_err(|_| MockError::MakeKey);
            (client, gateway)
        });
        Ok(Keys {
            client: client??,
            gateway: gateway?,
        })
    }

    /// Reads the keys in a folder, or generates them if it has none of the files.
    ///
    /// # Errors
    ///
    /// When some of the files are there and not all, or the folder cannot be used.
    pub fn in_folder(folder: &Path) -> Result<Self, MockError> {
        let paths = FILES.map(|name| folder.join(name));
        match paths.iter().filter(|path| path.exists()).count() {
            0 => {
                std::fs::create_dir_all(folder).map_err(of(folder))?;
                let keys = Keys::make()?;
                for (path, text) in paths.iter().zip(keys.texts()) {
                    write(path, text).map_err(of(path))?;
                }
                Ok(keys)
            }
            // A folder with some of the keys is left alone, because those keys may be in use. Reading reports
            // the missing ones.
            _ => {
                let read = |path: &PathBuf| std::fs::read_to_string(path).map_err(of(path));
                let [
                    client_private,
                    client_public,
                    gateway_private,
                    gateway_public,
                ] = &paths;
                Ok(Keys {
                    client: KeyPair {
                        private: read(client_private)?,
                        public: read(client_public)?,
                    },
                    gateway: KeyPair {
                        private: read(gateway_private)?,
                        public: read(gateway_public)?,
                    },
                })
            }
        }
    }

    fn texts(&self) -> [&str; 4] {
        let (client, gateway) = (&self.client, &self.gateway);
        [
            &client.private,
            &client.public,
            &gateway.private,
            &gateway.public,
        ]
    }
}

/// Writes a key that only its owner can read.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

fn of(path: &Path) -> impl FnOnce(std::io::Error) -> MockError {
    let what = path.display().to_string();
    move |error| MockError::Io { what, error }
}

/// Reads a private key; `what` names the key in an error.
pub(super) fn signing(text: &str, what: &str) -> Result<SigningKey, MockError> {
    SigningKey::from_text(text).map_err(|error| MockError::Key {
        what: what.to_owned(),
        error,
    })
}

/// Reads a public key; `what` names the key in an error.
pub(super) fn verifying(text: &str, what: &str) -> Result<VerifyingKey, MockError> {
    VerifyingKey::from_text(text).map_err(|error| MockError::Key {
        what: what.to_owned(),
        error,
    })
}
