//! Proofs inside of bodies: a signature over values of the object that carries it.

use super::credential::{BadCredential, CredentialProblem, CredentialValue, Credentials};
use super::proof::{decoded, encoded, mac, mac_key};
use crate::json::{lenient_text, locate};
use crate::pointer::write_name;
use crate::{ProofAlgorithm, TextEncoding};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use core::fmt;
use std::borrow::Cow;

/// The rules for proving an object of a notification with a signature inside of it, as data. Generated.
///
/// The signed content is the texts of values of the object, joined by one character. Nothing else of the object is proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyProof<'a> {
    /// The algorithm, with a shared secret.
    pub algorithm: ProofAlgorithm,
    /// The name of the credential that is the key.
    pub key: &'a str,
    /// The encoding in which the provider hands the secret out; [`None`] if the bytes of its text are the key.
    pub key_encoding: Option<TextEncoding>,
    /// The encoding of the signature.
    pub encoding: TextEncoding,
    /// The names from the object to the signature.
    pub signature: &'a [&'a str],
    /// The signed values in order: the names from the object to each.
    pub content: &'a [&'a [&'a str]],
    /// The character between two values.
    pub separator: char,
    /// The only signed value that may contain this character. Two messages could otherwise have one content.
    pub unescaped: Option<&'a [&'a str]>,
}

/// The key that verifies and signs objects.
#[derive(Clone)]
pub struct BodyProofKey<'a> {
    recipe: BodyProof<'a>,
    key: Box<hmac::Key>,
}

impl<'a> BodyProofKey<'a> {
    /// Takes the key from the credentials; [`None`] if they do not have it.
    ///
    /// # Errors
    ///
    /// When it is not such a key. The error never holds it.
    pub fn new(
        recipe: BodyProof<'a>,
        credentials: &impl Credentials,
    ) -> Result<Option<Self>, BadCredential> {
        let other = || BadCredential::new(recipe.key, CredentialProblem::OtherKind);
        let Some(value) = credentials.credential(recipe.key) else {
            return Ok(None);
        };
        let secret = CredentialValue::text(value).ok_or_else(other)?;
        let algorithm = mac(recipe.algorithm).ok_or_else(other)?;
        let key = mac_key((recipe.key, recipe.key_encoding), algorithm, secret)?;
        Ok(Some(Self { recipe, key }))
    }

    /// Verifies the signature of an object, in constant time. Returns the signed content.
    ///
    /// # Errors
    ///
    /// When the object has no signature, when it is wrong, or when a signed value cannot be read.
    pub fn verify(&self, object: &[u8]) -> Result<Vec<u8>, BodyUnproved> {
        let object = lenient_text(object).map_err(|_| BodyUnproved::NoObject)?;
        let signature = text(&object, self.recipe.signature)?;
        let signature = signature.ok_or(BodyUnproved::NoSignature)?;
        let content = self.content(&object)?;
        let own = hmac::sign(&self.key, content.as_bytes());
        let signature = decoded(self.recipe.encoding, &signature);
        let signature = signature.ok_or(BodyUnproved::WrongSignature)?;
        verify_slices_are_equal(own.as_ref(), &signature)
            .map_err(|_| BodyUnproved::WrongSignature)?;
        Ok(content.into_bytes())
    }

    /// Returns the signature of an object: what the provider puts into it.
    ///
    /// # Errors
    ///
    /// When a signed value cannot be read or signed.
    pub fn sign(&self, object: &[u8]) -> Result<String, BodyUnproved> {
        let object = lenient_text(object).map_err(|_| BodyUnproved::NoObject)?;
        let content = self.content(&object)?;
        let signature = hmac::sign(&self.key, content.as_bytes());
        Ok(encoded(self.recipe.encoding, signature.as_ref()))
    }

    /// Returns the signed content. An absent value is an empty text.
    fn content(&self, object: &str) -> Result<String, BodyUnproved> {
        let BodyProof {
            content: paths,
            separator,
            unescaped,
            ..
        } = self.recipe;
        let mut content = String::new();
        for (index, path) in paths.iter().enumerate() {
            if index > 0 {
                content.push(separator);
            }
            let Some(value) = text(object, path)? else {
                continue;
            };
            if value.contains(separator) && unescaped != Some(path) {
                return Err(BodyUnproved::Separator(pointer(path)));
            }
            content.push_str(&value);
        }
        Ok(content)
    }
}

/// Returns the text of the value at a path; [`None`] if it is absent or null.
fn text<'t>(object: &'t str, path: &[&str]) -> Result<Option<Cow<'t, str>>, BodyUnproved> {
    locate::scalar(object, path).map_err(|_| BodyUnproved::Value(pointer(path)))
}

/// Returns a path as a JSON Pointer.
fn pointer(path: &[&str]) -> String {
    let mut text = String::new();
    for name in path {
        // Writing to a text cannot fail.
        let _ = write_name(&mut text, name);
    }
    text
}

impl fmt::Debug for BodyProofKey<'_> {
    /// Shows the name of the credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BodyProofKey")
            .field(&self.recipe.key)
            .finish()
    }
}

/// An object of a notification is not proved to be the provider's. Nothing is decided by it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyUnproved {
    /// It is not a JSON object.
    NoObject,
    /// It has no signature.
    NoSignature,
    /// The value at this place is there twice, or is not a single value.
    Value(String),
    /// The value at this place contains the character between two signed values, so the signature may belong to another
    /// message.
    Separator(String),
    /// The signature is that of other values, or was made with another key.
    WrongSignature,
}

impl fmt::Display for BodyUnproved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoObject => f.write_str("it is not a JSON object"),
            Self::NoSignature => f.write_str("it carries no signature"),
            Self::Value(at) => write!(f, "its `{at}` cannot be read as one value"),
            Self::Separator(at) => write!(
                f,
                "its `{at}` contains the character between two signed values, so its signature may be that of another message"
            ),
            Self::WrongSignature => {
                f.write_str("its signature is wrong: other values were signed, or by another key")
            }
        }
    }
}

impl core::error::Error for BodyUnproved {}

#[cfg(test)]
mod tests;
