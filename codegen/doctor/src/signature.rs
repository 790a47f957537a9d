//! Opens a signature with a public key.
//!
//! A PKCS#1 signature holds the digest of the signed content. Opening it shows whose key signed, with which
//! algorithm and, by the digest, which content. These three questions are answered one by one. Comparing
//! digests rules a content out without another verification.

use aws_lc_rs::digest;
use aws_lc_rs::signature::{RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
use num_bigint::BigUint;
use payspec_runtime::client::VerifyingKey;

/// The known digests, with the bytes that announce each of them in a signature.
const DIGESTS: &[(DigestKind, &[u8])] = &[
    (
        DigestKind::Sha256,
        b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20",
    ),
    (
        DigestKind::Sha1,
        b"\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14",
    ),
    (
        DigestKind::Sha384,
        b"\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30",
    ),
    (
        DigestKind::Sha512,
        b"\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40",
    ),
    (
        DigestKind::Md5,
        b"\x30\x20\x30\x0c\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05\x05\x00\x04\x10",
    ),
];

/// The digest that a signature holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DigestKind {
    Sha256,
    Sha1,
    Sha384,
    Sha512,
    Md5,
}

impl DigestKind {
    /// Returns the name of the signature algorithm, as most libraries spell it.
    pub(super) fn algorithm(self) -> &'static str {
        match self {
            DigestKind::Sha256 => "SHA256withRSA",
            DigestKind::Sha1 => "SHA1withRSA",
            DigestKind::Sha384 => "SHA384withRSA",
            DigestKind::Sha512 => "SHA512withRSA",
            DigestKind::Md5 => "MD5withRSA",
        }
    }

    /// Returns the digest of a content; [`None`] for a kind that is only known by name.
    fn of(self, content: &[u8]) -> Option<digest::Digest> {
        let algorithm = match self {
            DigestKind::Sha256 => &digest::SHA256,
            DigestKind::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            DigestKind::Sha384 => &digest::SHA384,
            DigestKind::Sha512 => &digest::SHA512,
            DigestKind::Md5 => return None,
        };
        Some(digest::digest(algorithm, content))
    }
}

/// The digest inside a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenedSignature {
    pub(super) kind: DigestKind,
    digest: Vec<u8>,
}

impl OpenedSignature {
    /// Opens a signature; [`None`] when this key did not make it.
    pub(super) fn open(key: &VerifyingKey, signature: &[u8]) -> Option<Self> {
        let (modulus, exponent) = key.numbers()?;
        if signature.len() != modulus.len() {
            return None;
        }
        let (modulus, exponent) = (
            BigUint::from_bytes_be(modulus),
            BigUint::from_bytes_be(exponent),
        );
        let opened = BigUint::from_bytes_be(signature).modpow(&exponent, &modulus);
        // `to_bytes_be` drops the leading zero.
        let opened = opened.to_bytes_be();
        let rest = opened.strip_prefix(b"\x01")?;
        let padding = rest.iter().take_while(|byte| **byte == 0xff).count();
        let inner = rest.get(padding..)?.strip_prefix(b"\0")?;
        if padding < 8 || opened.len() + 1 != signature.len() {
            return None;
        }
        DIGESTS.iter().find_map(|(kind, announced)| {
            let digest = inner.strip_prefix(*announced)?.to_vec();
            Some(OpenedSignature {
                kind: *kind,
                digest,
            })
        })
    }

    /// Returns whether this content was signed.
    pub(super) fn is_of(&self, content: &[u8]) -> bool {
        let digest = self.kind.of(content);
        digest.is_some_and(|digest| digest.as_ref() == self.digest)
    }

    /// Returns whether contents can be compared with the digest.
    pub(super) fn can_compare(&self) -> bool {
        self.kind.of(&[]).is_some()
    }
}

/// Returns whether a signature has the newer form of RSA, RSASSA-PSS with SHA-256.
pub(super) fn is_pss(key: &VerifyingKey, content: &[u8], signature: &[u8]) -> bool {
    let key = UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, key.der());
    key.verify(content, signature).is_ok()
}
