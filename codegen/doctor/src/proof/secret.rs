//! Signatures by a shared secret, and the mistakes that programs make with it.

use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use payspec_runtime::{ProofAlgorithm, TextEncoding};

/// A shared secret as it was given. Nothing shows it.
#[derive(Clone)]
pub struct GivenSecret(String);

impl GivenSecret {
    /// Takes the text of a secret.
    pub fn new(text: impl Into<String>) -> Self {
        GivenSecret(text.into())
    }
}

impl std::fmt::Debug for GivenSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GivenSecret")
    }
}

/// A key that may have been used, with a text about the difference.
pub(super) type Key = (String, Vec<u8>);

/// Makes a signature of a content.
#[derive(Clone)]
pub(super) struct Mac {
    pub(super) function: Function,
    pub(super) algorithm: &'static Algorithm,
    pub(super) key: Vec<u8>,
}

/// The function that makes a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    /// An HMAC, as it should be.
    Hmac,
    /// An HMAC with the content as the key.
    Swapped,
    /// The digest of the secret and the content.
    SecretFirst,
    /// The digest of the content and the secret.
    SecretLast,
    /// The digest of the content alone.
    ContentAlone,
}

/// A hash function, with the HMAC that uses it.
pub(super) struct Algorithm {
    pub(super) name: &'static str,
    hmac: fn() -> hmac::Algorithm,
    digest: fn() -> &'static digest::Algorithm,
}

/// The hash functions of signatures.
pub(super) static ALGORITHMS: [Algorithm; 4] = [
    Algorithm {
        name: "SHA-256",
        hmac: || hmac::HMAC_SHA256,
        digest: || &digest::SHA256,
    },
    Algorithm {
        name: "SHA-512",
        hmac: || hmac::HMAC_SHA512,
        digest: || &digest::SHA512,
    },
    Algorithm {
        name: "SHA-1",
        hmac: || hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        digest: || &digest::SHA1_FOR_LEGACY_USE_ONLY,
    },
    Algorithm {
        name: "SHA-384",
        hmac: || hmac::HMAC_SHA384,
        digest: || &digest::SHA384,
    },
];

/// Returns the hash function of an algorithm; [`None`] for keys in pairs.
pub(super) fn algorithm(of: ProofAlgorithm) -> Option<&'static Algorithm> {
    let name = match of {
        ProofAlgorithm::HmacSha256 => "SHA-256",
        ProofAlgorithm::HmacSha512 => "SHA-512",
        ProofAlgorithm::RsaPkcs1V15Sha256 => return None,
    };
    ALGORITHMS.iter().find(|one| one.name == name)
}

impl Mac {
    /// Returns the signature of a content.
    pub(super) fn of(&self, content: &[u8]) -> Vec<u8> {
        let hmac = |key: &[u8], content: &[u8]| {
            let key = hmac::Key::new((self.algorithm.hmac)(), key);
            hmac::sign(&key, content).as_ref().to_vec()
        };
        let digest = |content: &[u8]| {
            let digest = digest::digest((self.algorithm.digest)(), content);
            digest.as_ref().to_vec()
        };
        match self.function {
            Function::Hmac => hmac(&self.key, content),
            Function::Swapped => hmac(content, &self.key),
            Function::SecretFirst => digest(&[&self.key, content].concat()),
            Function::SecretLast => digest(&[content, &self.key].concat()),
            Function::ContentAlone => digest(content),
        }
    }
}

impl GivenSecret {
    /// Returns the key as the spec says; [`None`] if the secret is not in its encoding.
    pub(super) fn key(&self, encoding: Option<TextEncoding>) -> Option<Vec<u8>> {
        match encoding {
            None => Some(self.0.as_bytes().to_vec()).filter(|key| !key.is_empty()),
            Some(encoding) => decoded(encoding, &self.0),
        }
    }

    /// Returns the keys in other encodings.
    pub(super) fn in_other_encodings(&self, encoding: Option<TextEncoding>) -> Vec<Key> {
        let all = [
            (None, "the text of the secret was the key"),
            (
                Some(TextEncoding::Hex),
                "the secret was decoded from hex digits",
            ),
            (
                Some(TextEncoding::Base64),
                "the secret was decoded from base64",
            ),
        ];
        let others = all.into_iter().filter(|(one, _)| *one != encoding);
        let keys = others.filter_map(|(one, detail)| Some((detail.to_owned(), self.key(one)?)));
        keys.collect()
    }

    /// Returns the keys that are the part behind an underscore, as text and decoded.
    pub(super) fn parts(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        for (at, _) in self.0.match_indices('_') {
            let Some(part) = self.0.get(at + 1..).filter(|part| !part.is_empty()) else {
                continue;
            };
            let detail = "the part behind an underscore was the key";
            keys.push((detail.to_owned(), part.as_bytes().to_vec()));
            for (encoding, name) in [
                (TextEncoding::Hex, "decoded from hex digits"),
                (TextEncoding::Base64, "decoded from base64"),
            ] {
                keys.extend(decoded(encoding, part).map(|key| (format!("{detail}, {name}"), key)));
            }
        }
        keys
    }

    /// Returns the keys with or without blanks around the secret.
    pub(super) fn with_blanks(&self) -> Vec<Key> {
        let ends = [("\n", "LF"), ("\r\n", "CR LF"), (" ", "a space")];
        let longer = ends.into_iter().map(|(end, name)| {
            let key = [self.0.as_bytes(), end.as_bytes()].concat();
            (
                format!("{name} at the end of the secret was part of the key"),
                key,
            )
        });
        let trimmed = self.0.trim();
        let shorter = (trimmed != self.0).then(|| {
            let detail = "the key was the secret without the blanks around it";
            (detail.to_owned(), trimmed.as_bytes().to_vec())
        });
        longer.chain(shorter).collect()
    }
}

/// Decodes a text; [`None`] if it is not in this encoding, or empty.
pub(super) fn decoded(encoding: TextEncoding, text: &str) -> Option<Vec<u8>> {
    let bytes = match encoding {
        TextEncoding::Base64 => STANDARD.decode(text).ok()?,
        TextEncoding::Hex => {
            let digit = |byte: &u8| char::from(*byte).to_digit(16);
            let pairs = text.as_bytes().chunks(2).map(|pair| {
                let [high, low] = pair else { return None };
                u8::try_from(digit(high)? << 4 | digit(low)?).ok()
            });
            pairs.collect::<Option<Vec<u8>>>()?
        }
    };
    (!bytes.is_empty()).then_some(bytes)
}
