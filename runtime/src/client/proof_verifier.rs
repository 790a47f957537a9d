//! Verifies messages by the proof in their headers.

use super::coding::ContentCoding;
use super::credential::{BadCredential, CredentialProblem, CredentialValue, Credentials, Secret};
use super::key::{UnknownKeyVersion, Verifier as _, VerifyingKeys};
use super::proof::{
    MessageProof, ProofKeyId, ProofTexts, Provable, Undecoded, has_bits, mac, mac_key,
};
use super::proof_place::{HeaderProblem, ProofPlace, Unread};
use super::unverified::Unverified;
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use core::fmt;
use http::HeaderMap;
use std::time::{Duration, SystemTime};
use zeroize::Zeroizing;

/// The key with which the messages of the other side are verified.
#[derive(Clone)]
enum OtherKey {
    Secret(Box<hmac::Key>),
    Public(VerifyingKeys),
}

/// Verifies messages of the other side.
#[derive(Clone)]
pub struct ProofVerifier<'a> {
    recipe: MessageProof<'a>,
    /// [`None`] if nothing was given, and nothing can be verified.
    key: Option<OtherKey>,
    /// The identifiers in the signed content.
    signed: Vec<(&'a str, String)>,
    /// The credentials that travel beside the signature.
    beside: Vec<(&'a str, ProofPlace<'a>, Secret)>,
}

impl<'a> ProofVerifier<'a> {
    /// Takes the key from the credentials, if they have it.
    ///
    /// # Errors
    ///
    /// When it is not such a key. The error never holds it.
    pub fn new(
        recipe: MessageProof<'a>,
        credentials: &impl Credentials,
    ) -> Result<Self, BadCredential> {
        let wrong = |problem| BadCredential::new(recipe.key, problem);
        let key = match (credentials.credential(recipe.key), mac(recipe.algorithm)) {
            (None, _) => None,
            (Some(CredentialValue::PublicKeys(keys)), None) => {
                for bits in keys.bits() {
                    has_bits(&recipe, Some(bits))?;
                }
                Some(OtherKey::Public(keys.clone()))
            }
            (Some(value), Some(algorithm)) => {
                let secret = value.text().ok_or(wrong(CredentialProblem::OtherKind))?;
                Some(OtherKey::Secret(mac_key(
                    (recipe.key, recipe.key_encoding),
                    algorithm,
                    secret,
                )?))
            }
            (Some(_), None) => return Err(wrong(CredentialProblem::OtherKind)),
        };
        let beside = recipe.credentials.iter().map(|(name, place)| {
            let text = credentials.credential(name).and_then(CredentialValue::text);
            let missing = || BadCredential::new(name, CredentialProblem::Missing);
            Ok((*name, *place, Secret::new(text.ok_or_else(missing)?)))
        });
        Ok(Self {
            recipe,
            signed: match key {
                Some(_) => recipe.signed_values(credentials)?,
                None => Vec::new(),
            },
            key,
            beside: beside.collect::<Result<_, BadCredential>>()?,
        })
    }

    /// Returns whether a message has none of the headers of the proof.
    pub(super) fn is_unsigned(&self, headers: &HeaderMap) -> bool {
        let MessageProof {
            signature,
            time,
            nonce,
            key_id,
            ..
        } = &self.recipe;
        let time = time.as_ref().map(|time| &time.place);
        let nonce = nonce.as_ref().map(|nonce| &nonce.place);
        let key_id = key_id.as_ref().map(|id| &id.place);
        let places = [Some(signature), time, nonce, key_id];
        let mut places = places.into_iter().flatten();
        places.all(|place| !headers.contains_key(place.header))
    }

    /// Verifies that a message is the other side's and recent. Returns its time.
    ///
    /// # Errors
    ///
    /// When it is not.
    pub fn verify(
        &self,
        message: Provable<'_>,
        headers: &HeaderMap,
        now: SystemTime,
    ) -> Result<Option<SystemTime>, Unproved<'a>> {
        let recipe = &self.recipe;
        let key = self.key.as_ref().ok_or(Unproved::NoKey(recipe.key))?;
        let signatures = recipe.signature.texts(headers)?;
        for (value, place) in recipe.fixed {
            if !place.is_same(place.text(headers)?, value) {
                return Err(place.other_value().into());
            }
        }
        for (name, place, secret) in &self.beside {
            let is_signed = recipe.signed_credentials().any(|signed| signed == *name);
            let text = match place.text(headers) {
                // The signed content names the credential.
                Err(unread) if is_signed && unread.problem == HeaderProblem::Missing => continue,
                text => text?,
            };
            if !secret.is(text.as_bytes()) {
                return Err(Unproved::OtherCredential(name));
            }
        }
        let key_id = recipe
            .key_id
            .map(|id| id.text(headers))
            .transpose()?
            .flatten();
        let text = |place: Option<ProofPlace<'a>>| match place {
            Some(place) => place.text(headers),
            None => Ok(""),
        };
        let texts = ProofTexts {
            credentials: &self.signed,
            time: text(recipe.time.map(|time| time.place))?,
            nonce: text(recipe.nonce.map(|nonce| nonce.place))?,
            key_id: key_id.unwrap_or_default(),
        };
        let content = message.content(recipe.content, texts);
        if !is_signed(recipe, key, key_id, &content, &signatures)? {
            return Err(Unproved::Message(
                match ContentCoding::of(headers, message.body) {
                    Some(coding) => Unverified::Encoded(coding),
                    None => Unverified::WrongSignature,
                },
            ));
        }
        let Some(time) = recipe.time else {
            return Ok(None);
        };
        let sent = time
            .read(texts.time)
            .ok_or(Unproved::Message(Unverified::NoTime))?;
        let apart = now
            .duration_since(sent)
            .unwrap_or_else(|ahead| ahead.duration());
        match time.tolerance_s {
            Some(most) if apart > Duration::from_secs(most.into()) => {
                Err(Unproved::Message(Unverified::Clock { apart }))
            }
            Some(_) | None => Ok(Some(sent)),
        }
    }
}

impl<'a> ProofKeyId<'a> {
    /// Returns the id in a message; [`None`] if it may be absent, and is.
    fn text<'h>(&self, headers: &'h HeaderMap) -> Result<Option<&'h str>, Unread<'a>> {
        let is_absent = |unread: &Unread<'_>| {
            let absent = [HeaderProblem::Missing, HeaderProblem::NoParam];
            self.optional && absent.contains(&unread.problem)
        };
        match self.place.text(headers) {
            Err(unread) if is_absent(&unread) => Ok(None),
            text => text.map(Some),
        }
    }
}

/// Returns whether one of the signatures is that of the content.
fn is_signed<'a>(
    recipe: &MessageProof<'a>,
    key: &OtherKey,
    key_id: Option<&str>,
    content: &[u8],
    signatures: &[&str],
) -> Result<bool, Unproved<'a>> {
    match key {
        OtherKey::Secret(key) => {
            let signatures = signatures.iter();
            let signatures = signatures.filter_map(|text| recipe.decode(text).ok());
            let own = hmac::sign(key, content);
            // Every one is compared, in constant time: the provider sends several while a secret is replaced.
            let is_own = |bytes: &Zeroizing<Vec<u8>>| {
                verify_slices_are_equal(own.as_ref(), bytes.as_slice()).is_ok()
            };
            Ok(signatures.filter(is_own).count() > 0)
        }
        OtherKey::Public(keys) => {
            // Only a shared secret is replaced so that a message has several signatures.
            let signature = match (signatures, recipe.signature.list) {
                ([signature], _) => signature,
                (_, Some(list)) => return Err(HeaderProblem::ParamTwice.of(list.param).into()),
                (_, None) => return Err(HeaderProblem::Twice.of(recipe.signature.header).into()),
            };
            let unread = |undecoded| {
                Unproved::Message(match undecoded {
                    Undecoded::NotPercentEncoded => Unverified::NotPercentEncoded,
                    Undecoded::Encoding(encoding) => Unverified::NotEncoded(encoding),
                })
            };
            let signature = recipe.decode(signature).map_err(unread)?;
            let unknown = |UnknownKeyVersion| {
                let id = key_id.map(|id| id.chars().take(64).collect());
                Unproved::Message(Unverified::UnknownKeyVersion(id))
            };
            keys.verify_by(key_id, content, &signature).map_err(unknown)
        }
    }
}

impl fmt::Debug for ProofVerifier<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProofVerifier")
            .field("recipe", &self.recipe)
            .finish_non_exhaustive()
    }
}

/// The reason why a message is not proved to be the other side's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unproved<'a> {
    /// A header cannot be read.
    Header(Unread<'a>),
    /// The credential with this name is missing, so nothing can be verified.
    NoKey(&'a str),
    /// The credential with this name is not the expected one.
    OtherCredential(&'a str),
    /// The message is not proved.
    Message(Unverified),
}

impl<'a> From<Unread<'a>> for Unproved<'a> {
    fn from(unread: Unread<'a>) -> Self {
        Self::Header(unread)
    }
}

impl From<Unproved<'static>> for Unverified {
    fn from(unproved: Unproved<'static>) -> Self {
        match unproved {
            Unproved::Header(unread) => unread.into(),
            Unproved::NoKey(name) => Self::NoKey(name),
            Unproved::OtherCredential(_) => Self::OtherClient,
            Unproved::Message(why) => why,
        }
    }
}

impl fmt::Display for Unproved<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(unread) => unread.fmt(f),
            Self::NoKey(name) => write!(f, "the credential `{name}` is missing"),
            Self::OtherCredential(name) => {
                write!(f, "the credential `{name}` is not the expected one")
            }
            Self::Message(why) => why.fmt(f),
        }
    }
}
