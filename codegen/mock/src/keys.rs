//! Test keys.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::{self, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use payspec_runtime::client::{SigningKey, VerifyingKey};
use pem_rfc7468::LineEnding;

use super::MockError;

/// A private key and its public one, as PEM. For tests: whoever sees the log has both.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyPair {
    /// PKCS#8.
    pub private: String,
    /// X.509 SubjectPublicKeyInfo.
    pub public: String,
}

impl KeyPair {
    /// Makes a pair.
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
    /// With which clients sign.
    pub client: KeyPair,
    /// With which the gateway signs.
    pub gateway: KeyPair,
}

/// The files of a folder of keys.
const FILES: [&str; 4] = [
    "client-private.pem",
    "client-public.pem",
    "gateway-private.pem",
    "gateway-public.pem",
];

impl Keys {
    /// Makes both pairs.
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

    /// The keys in a folder; makes them where there are none.
    ///
    /// # Errors
    ///
    /// When some of the files are there and not all, or the folder cannot be used.
    pub fn in_folder(folder: &Path) -> Result<Self, MockError> {
        let paths = FILES.map(|name| folder.join(name));
        match paths.iter().filter(|path| path.exists()).count() {
            0 => {
                let keys = Keys::make()?;
                std::fs::create_dir_all(folder).map_err(of(folder))?;
                for (path, text) in paths.iter().zip(keys.texts()) {
                    write(path, text).map_err(of(path))?;
                }
                Ok(keys)
            }
            // A folder with half of the keys is left alone: the other half may be needed elsewhere.
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

/// Writes a key for nobody but its owner.
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

/// Reads the key that signs.
pub(super) fn signing(text: &str, what: &str) -> Result<SigningKey, MockError> {
    SigningKey::from_text(text).map_err(|error| MockError::Key {
        what: what.to_owned(),
        error,
    })
}

/// Reads a key that verifies.
pub(super) fn verifying(text: &str, what: &str) -> Result<VerifyingKey, MockError> {
    VerifyingKey::from_text(text).map_err(|error| MockError::Key {
        what: what.to_owned(),
        error,
    })
}
