//! Objects that travel encrypted inside of notifications.

use super::credential::{BadCredential, CredentialProblem, CredentialValue, Credentials};
use super::proof::decoded;
use crate::json::{Node, Reader, lenient_text};
use crate::{AeadAlgorithm, TextEncoding};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use core::fmt;
use core::ops::Range;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The way in which an object of a notification travels encrypted, as data. Generated.
///
/// In place of the object, the body has one with these members, and perhaps others: the ciphertext in base64 with the tag
/// at its end, and the nonce and the associated data as texts, whose UTF-8 counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encryption<'a> {
    /// The algorithm.
    pub algorithm: AeadAlgorithm,
    /// The credential that is the key.
    pub key: &'a str,
    /// The encoding in which the key is handed out; [`None`] if its text is the key.
    pub key_encoding: Option<TextEncoding>,
    /// The name of the member with the ciphertext.
    pub ciphertext: &'a str,
    /// The name of the member with the nonce.
    pub nonce: &'a str,
    /// The name of the member with the associated data, which may be absent or null: then they are empty. [`None`] if
    /// there are none.
    pub associated_data: Option<&'a str>,
    /// The members with a value of their own, such as the name of the algorithm.
    pub fixed: &'a [(&'a str, &'a str)],
}

/// The key that opens and seals encrypted objects.
#[derive(Clone)]
pub struct EncryptionKey<'a> {
    recipe: Encryption<'a>,
    key: Arc<LessSafeKey>,
}

impl<'a> EncryptionKey<'a> {
    /// Takes the key from the credentials; [`None`] if they do not have it.
    ///
    /// # Errors
    ///
    /// When it is not such a key. The error never holds it.
    pub fn new(
        recipe: Encryption<'a>,
        credentials: &impl Credentials,
    ) -> Result<Option<Self>, BadCredential> {
        let wrong = |problem| BadCredential::new(recipe.key, problem);
        let Some(value) = credentials.credential(recipe.key) else {
            return Ok(None);
        };
        let CredentialValue::Secret(secret) = value else {
            return Err(wrong(CredentialProblem::OtherKind));
        };
        let bytes = match recipe.key_encoding {
            Some(encoding) => decoded(encoding, secret.expose())
                .ok_or_else(|| wrong(CredentialProblem::Encoding))?,
            None => Zeroizing::new(secret.expose().as_bytes().to_vec()),
        };
        let algorithm = match recipe.algorithm {
            AeadAlgorithm::Aes256Gcm => &AES_256_GCM,
        };
        let key = UnboundKey::new(algorithm, &bytes).map_err(|_| {
            wrong(CredentialProblem::KeyBytes {
                expected: recipe.algorithm.key_bytes(),
                bytes: bytes.len(),
            })
        })?;
        Ok(Some(Self {
            recipe,
            key: Arc::new(LessSafeKey::new(key)),
        }))
    }

    /// Opens the object in this field of a body, and returns the body with the plaintext in its place.
    ///
    /// # Errors
    ///
    /// When the field is not such an object, when the key or a part of the object is another one, or when the plaintext
    /// is not a JSON object.
    pub fn open(&self, field: &str, body: &[u8]) -> Result<Vec<u8>, NotOpened> {
        let (before, object, after) = parts(field, body).ok_or(NotOpened::NoObject)?;
        let plain = self.opened(object)?;
        is_object(&plain)
            .then_some(())
            .ok_or(NotOpened::Plaintext)?;
        Ok([before, plain.as_slice(), after].concat())
    }

    fn opened(&self, object: &[u8]) -> Result<Vec<u8>, NotOpened> {
        let Encryption {
            ciphertext,
            nonce,
            associated_data,
            fixed,
            ..
        } = self.recipe;
        let node = Node::from_slice(object).map_err(|_| NotOpened::NoObject)?;
        let Node::Object(members) = &node else {
            return Err(NotOpened::NoObject);
        };
        let member = |name: &str| {
            let mut all = members.iter().filter(|(own, _)| own == name);
            let wrong = || NotOpened::Member(name.to_owned());
            match (all.next(), all.next()) {
                (Some((_, Node::String(text))), None) => Ok(Some(text.as_ref())),
                (Some((_, Node::Null)) | None, None) => Ok(None),
                (Some(_) | None, _) => Err(wrong()),
            }
        };
        let text = |name: &str| member(name)?.ok_or_else(|| NotOpened::Member(name.to_owned()));
        for (name, value) in fixed {
            if text(name)? != *value {
                return Err(NotOpened::Member((*name).to_owned()));
            }
        }
        let sealed = STANDARD.decode(text(ciphertext)?);
        let sealed = sealed.map_err(|_| NotOpened::Member(ciphertext.to_owned()))?;
        let data = match associated_data {
            Some(name) => member(name)?.unwrap_or_default(),
            None => "",
        };
        let once = nonce_of(text(nonce)?.as_bytes());
        let once = once.ok_or_else(|| NotOpened::Member(nonce.to_owned()))?;
        opened(&self.key, once, data.as_bytes(), sealed)
    }

    /// Seals the object in this field of a body, and returns the body with the encrypted one in its place: what the
    /// provider does. Each nonce must be used once with a key.
    ///
    /// # Errors
    ///
    /// When the field is not an object, or the nonce has another length than the algorithm needs.
    pub fn seal(
        &self,
        field: &str,
        body: &[u8],
        nonce: &str,
        associated_data: &str,
    ) -> Result<Vec<u8>, NotSealed> {
        let (before, object, after) = parts(field, body).ok_or(NotSealed::NoObject)?;
        is_object(object).then_some(()).ok_or(NotSealed::NoObject)?;
        let once = nonce_of(nonce.as_bytes()).ok_or(NotSealed::Nonce)?;
        let sealed = sealed(&self.key, once, associated_data.as_bytes(), object)?;
        let recipe = self.recipe;
        let mut members = serde_json::Map::new();
        for (name, value) in recipe.fixed {
            members.insert((*name).to_owned(), (*value).into());
        }
        members.insert(recipe.ciphertext.to_owned(), STANDARD.encode(sealed).into());
        members.insert(recipe.nonce.to_owned(), nonce.into());
        if let Some(name) = recipe.associated_data {
            members.insert(name.to_owned(), associated_data.into());
        }
        let members = serde_json::Value::Object(members).to_string();
        Ok([before, members.as_bytes(), after].concat())
    }
}

impl fmt::Debug for EncryptionKey<'_> {
    /// Shows the name of the credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EncryptionKey")
            .field(&self.recipe.key)
            .finish()
    }
}

fn nonce_of(bytes: &[u8]) -> Option<Nonce> {
    let bytes: [u8; NONCE_LEN] = bytes.try_into().ok()?;
    Some(Nonce::assume_unique_for_key(bytes))
}

fn opened(
    key: &LessSafeKey,
    nonce: Nonce,
    associated_data: &[u8],
    mut sealed: Vec<u8>,
) -> Result<Vec<u8>, NotOpened> {
    let plain = key.open_in_place(nonce, Aad::from(associated_data), &mut sealed);
    let length = plain.map_err(|_| NotOpened::Mismatch)?.len();
    sealed.truncate(length);
    Ok(sealed)
}

fn sealed(
    key: &LessSafeKey,
    nonce: Nonce,
    associated_data: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, NotSealed> {
    let mut sealed = plain.to_vec();
    let done = key.seal_in_place_append_tag(nonce, Aad::from(associated_data), &mut sealed);
    done.map_err(|_| NotSealed::TooLong)?;
    Ok(sealed)
}

/// Returns a body in three parts: the value of a field, and what is around it. [`None`] if the body is not a JSON object
/// with one such field.
fn parts<'b>(field: &str, body: &'b [u8]) -> Option<(&'b [u8], &'b [u8], &'b [u8])> {
    let text = core::str::from_utf8(body).ok()?;
    let mut found = Vec::new();
    let skipped = Reader::lenient(text).skip_fields(|name, value| {
        if name == field {
            found.push(value);
        }
    });
    skipped.ok()?;
    let [Range { start, end }] = found[..] else {
        return None;
    };
    Some((body.get(..start)?, body.get(start..end)?, body.get(end..)?))
}

/// Returns whether bytes are one JSON object, perhaps with values that cannot be read.
fn is_object(bytes: &[u8]) -> bool {
    let Ok(text) = lenient_text(bytes) else {
        return false;
    };
    let mut reader = Reader::lenient(&text);
    reader.peek() == Some(b'{') && reader.skip().is_ok() && reader.finish().is_ok()
}

/// An encrypted object of a notification could not be opened. Nothing is decided by the notification. The error holds
/// nothing of the plaintext.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotOpened {
    /// The credentials do not have the key.
    NoKey,
    /// The body has no such object, or more than one.
    NoObject,
    /// A member of the object is missing, there twice, of another form, or has another value than the description states:
    /// another algorithm, or a nonce of another length.
    Member(String),
    /// The key, the ciphertext, the nonce or the associated data are not those with which it was encrypted.
    Mismatch,
    /// The plaintext is not a JSON object.
    Plaintext,
}

impl fmt::Display for NotOpened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKey => f.write_str("the key that opens it is missing in the credentials"),
            Self::NoObject => f.write_str("expected one encrypted object in its field"),
            Self::Member(name) => write!(
                f,
                "the member `{}` of the encrypted object is not as described",
                name.escape_debug()
            ),
            Self::Mismatch => f.write_str(
                "it was encrypted with another key, or changed: compare the key with the provider's",
            ),
            Self::Plaintext => f.write_str("the plaintext is not a JSON object"),
        }
    }
}

impl core::error::Error for NotOpened {}

/// An object could not be encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotSealed {
    /// The body has no such object, or more than one.
    NoObject,
    /// The nonce has another length than the algorithm needs.
    Nonce,
    /// The object is too long.
    TooLong,
}

impl fmt::Display for NotSealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoObject => "expected one object in the field to encrypt",
            Self::Nonce => "expected a nonce of 12 bytes",
            Self::TooLong => "the object is too long to be encrypted",
        })
    }
}

impl core::error::Error for NotSealed {}

#[cfg(test)]
mod tests;
