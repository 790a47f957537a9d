//! Recognises keys in unsupported formats.

use super::key_error::{KeyError, KeyFormat};
use pkcs8::der::asn1::AnyRef;
use pkcs8::der::{Decode as _, Reader as _, SliceReader, Tag, Tagged as _};

/// Returns the error for a PEM block whose label (the word after `BEGIN`) announces no usable key.
pub(super) fn of_label(label: &str) -> Option<KeyError> {
    Some(match label.trim() {
        "ENCRYPTED PRIVATE KEY" => KeyError::Encrypted,
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => KeyError::Certificate,
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => KeyFormat::CertificateRequest.into(),
        "EC PRIVATE KEY"
        | "EC PARAMETERS"
        | "DSA PRIVATE KEY"
        | "DSA PARAMETERS"
        | "DH PARAMETERS"
        | "X9.42 DH PARAMETERS" => KeyError::NotRsa,
        "PKCS7" | "CMS" | "PKCS #7 SIGNED DATA" => KeyFormat::Pkcs7.into(),
        "PGP PRIVATE KEY BLOCK" | "PGP PUBLIC KEY BLOCK" => KeyFormat::Pgp.into(),
        _ => return None,
    })
}

/// Key texts of other programs, by their beginning.
const BEGINNINGS: &[(&str, KeyFormat)] = &[
    ("ssh-rsa", KeyFormat::OpenSshPublic),
    ("---- BEGIN SSH2 PUBLIC KEY", KeyFormat::Ssh2Public),
    ("PuTTY-User-Key-File", KeyFormat::Putty),
    ("{", KeyFormat::Jwk),
    ("<", KeyFormat::Xml),
];

/// The beginnings of keys of OpenSSH for other algorithms.
const OTHER_ALGORITHMS: &[&str] = &["ssh-ed25519", "ssh-dss", "ecdsa-sha2-", "sk-"];

/// Recognises a text that is neither PEM nor base64.
pub(super) fn of_text(text: &str) -> Option<KeyError> {
    if OTHER_ALGORITHMS
        .iter()
        .any(|beginning| text.starts_with(beginning))
    {
        return Some(KeyError::NotRsa);
    }
    let mut known = BEGINNINGS.iter();
    let found = known.find(|(beginning, _)| text.starts_with(beginning));
    found.map(|(_, format)| (*format).into())
}

/// Recognises bytes by their first bytes.
pub(super) fn of_magic(bytes: &[u8]) -> Option<KeyError> {
    const OPENSSH: &[u8] = b"openssh-key-v1\0";
    const MAGIC: &[(&[u8], KeyFormat)] = &[
        (b"\xfe\xed\xfe\xed", KeyFormat::JavaKeyStore),
        (b"\xce\xce\xce\xce", KeyFormat::JavaKeyStore),
        (b"\0\0\0\x07ssh-rsa", KeyFormat::OpenSshPublic),
        // A version 3 in a sequence whose length is left open, as some keystores write it.
        (b"\x30\x80\x02\x01\x03", KeyFormat::Pkcs12),
    ];
    if let Some(rest) = bytes.strip_prefix(OPENSSH) {
        // The public half is unencrypted there, with the name of its algorithm.
        let is_rsa = rest.windows(7).any(|name| name == b"ssh-rsa");
        return Some(match is_rsa {
            true => KeyFormat::OpenSshPrivate.into(),
            false => KeyError::NotRsa,
        });
    }
    let mut known = MAGIC.iter();
    let found = known.find(|(magic, _)| bytes.starts_with(magic));
    found.map(|(_, format)| (*format).into())
}

/// Returns whether bytes are DER and not text: a sequence tag, followed by bytes that are not all
/// letters.
pub(super) fn is_der(bytes: &[u8]) -> bool {
    let [0x30, length, rest @ ..] = bytes else {
        return false;
    };
    let is_text = |byte: &u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    // UTF-16 has a zero for every other byte.
    *length != 0 && !(is_text(length) && rest.iter().take(8).all(is_text))
}

/// Returns the error for a structure that is not an RSA key.
pub(super) fn of_der(der: &[u8]) -> KeyError {
    let Some(parts) = parts(der) else {
        return KeyError::Damaged;
    };
    let tags: Vec<Tag> = parts.iter().map(|part| part.tag()).collect();
    match (tags.as_slice(), parts.as_slice()) {
        ([Tag::Integer, Tag::Sequence, ..], [version, ..]) if version.value() == [3] => {
            KeyFormat::Pkcs12.into()
        }
        ([Tag::Sequence, Tag::OctetString], _) => KeyError::Encrypted,
        ([Tag::Integer, Tag::OctetString, ..], [version, ..]) if version.value() == [1] => {
            KeyError::NotRsa
        }
        ([Tag::ObjectIdentifier, ..], _) => KeyFormat::Pkcs7.into(),
        ([Tag::Sequence, Tag::Sequence, Tag::BitString], [signed, ..]) => {
            // The version in the signed part tells them apart: that of a certificate request is a bare
            // number.
            match inner(signed.value()).as_deref() {
                Some([Tag::Integer, Tag::Sequence, Tag::Sequence, last])
                    if *last != Tag::Sequence =>
                {
                    KeyFormat::CertificateRequest.into()
                }
                _ => KeyError::Certificate,
            }
        }
        _ => KeyError::Damaged,
    }
}

/// Returns the elements of a sequence.
fn parts(der: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let outer = AnyRef::from_der(der).ok()?;
    (outer.tag() == Tag::Sequence).then(|| elements(outer.value()))?
}

fn inner(content: &[u8]) -> Option<Vec<Tag>> {
    let elements = elements(content)?;
    Some(elements.iter().map(|part| part.tag()).collect())
}

fn elements(content: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(content).ok()?;
    let mut parts = Vec::new();
    while !reader.is_finished() {
        parts.push(reader.decode::<AnyRef<'_>>().ok()?);
    }
    Some(parts)
}
