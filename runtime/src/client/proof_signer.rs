//! Signs messages with a proof in their headers.

use super::credential::{BadCredential, CredentialProblem, CredentialValue, Credentials, Secret};
use super::key::Signer as _;
use super::private_key::PrivateKey;
use super::proof::{MessageProof, ProofTexts, Provable, has_bits, mac, mac_key, written};
use super::proof_place::ProofPlace;
use super::sign_error::SignError;
use aws_lc_rs::hmac;
use aws_lc_rs::rand;
use core::fmt;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use std::time::SystemTime;
use zeroize::Zeroizing;

/// The key with which this side signs.
#[derive(Clone)]
enum OwnKey {
    Secret(Box<hmac::Key>),
    Private(PrivateKey),
}

/// Signs the messages of this side.
#[derive(Clone)]
pub struct ProofSigner<'a> {
    recipe: MessageProof<'a>,
    key: OwnKey,
    credentials: Vec<(ProofPlace<'a>, Secret)>,
    /// The identifiers in the signed content.
    signed: Vec<(&'a str, String)>,
}

impl<'a> ProofSigner<'a> {
    /// Takes the key and the credentials that travel beside the signature.
    ///
    /// # Errors
    ///
    /// When one of them is missing, is not of the kind that is needed, or does not fit into its header. The error never
    /// holds its value.
    pub fn new(
        recipe: MessageProof<'a>,
        credentials: &impl Credentials,
    ) -> Result<Self, BadCredential> {
        let beside = recipe.credentials.iter();
        let beside =
            beside.map(|(name, place)| Ok((*place, beside_it(name, *place, credentials)?)));
        Ok(Self {
            recipe,
            key: own_key(&recipe, credentials)?,
            credentials: beside.collect::<Result<_, BadCredential>>()?,
            signed: recipe.signed_values(credentials)?,
        })
    }

    /// Signs a message: returns its headers, which are kept out of logs.
    ///
    /// # Errors
    ///
    /// When the key cannot be used, the time cannot be written, or the system gives no random numbers.
    pub fn headers(&self, message: Provable<'_>, now: SystemTime) -> Result<HeaderMap, SignError> {
        let recipe = &self.recipe;
        let time = recipe.time.map(|time| written(time.form, now));
        let time = time.map(|text| text.ok_or(SignError::Setting("clock")));
        let time = time.transpose()?.unwrap_or_default();
        let nonce = recipe.nonce.map(|nonce| random(nonce.length));
        let nonce = nonce.transpose()?.unwrap_or_default();
        let texts = ProofTexts {
            credentials: &self.signed,
            time: &time,
            nonce: &nonce,
            key_id: match &self.key {
                OwnKey::Secret(_) => "",
                OwnKey::Private(key) => key.id(),
            },
        };
        let content = message.content(recipe.content, texts);
        let signature = match &self.key {
            OwnKey::Secret(key) => recipe.encode(hmac::sign(key, &content).as_ref()),
            OwnKey::Private(key) => recipe.encode(&key.sign(&content)?),
        };
        // A key without an id is the only one.
        let key_id = recipe.key_id.filter(|_| !texts.key_id.is_empty());
        let own = [
            recipe.nonce.map(|nonce| (nonce.place, texts.nonce)),
            recipe.time.map(|time| (time.place, texts.time)),
            key_id.map(|id| (id.place, texts.key_id)),
            Some((recipe.signature, signature.as_str())),
        ];
        let credentials = self.credentials.iter();
        let credentials = credentials.map(|(place, secret)| (*place, secret.expose()));
        let fixed = recipe.fixed.iter().map(|(value, place)| (*place, *value));
        written_in_headers(fixed.chain(credentials).chain(own.into_iter().flatten()))
    }

    /// Returns whether the proof sets a header of this name.
    pub(super) fn sets(&self, name: &str) -> bool {
        let MessageProof {
            signature,
            time,
            nonce,
            key_id,
            credentials,
            fixed,
            ..
        } = &self.recipe;
        let time = time.as_ref().map(|time| &time.place);
        let nonce = nonce.as_ref().map(|nonce| &nonce.place);
        let key_id = key_id.as_ref().map(|id| &id.place);
        let places = [Some(signature), time, nonce, key_id];
        let credentials = credentials.iter().chain(*fixed).map(|(_, place)| place);
        let mut places = places.into_iter().flatten().chain(credentials);
        places.any(|place| place.header.eq_ignore_ascii_case(name))
    }
}

fn given<'c>(
    name: &str,
    credentials: &'c impl Credentials,
) -> Result<CredentialValue<'c>, BadCredential> {
    let value = credentials.credential(name);
    value.ok_or_else(|| BadCredential::new(name, CredentialProblem::Missing))
}

/// Returns the key with which this side signs.
fn own_key(
    recipe: &MessageProof<'_>,
    credentials: &impl Credentials,
) -> Result<OwnKey, BadCredential> {
    let wrong = |problem| Err(BadCredential::new(recipe.key, problem));
    match (given(recipe.key, credentials)?, mac(recipe.algorithm)) {
        (CredentialValue::PrivateKey(key), None) => {
            has_bits(recipe, key.bits())?;
            match recipe.key_id {
                Some(id) if key.id().is_empty() && !id.optional => {
                    wrong(CredentialProblem::NoKeyId)
                }
                Some(id) if !id.place.carries(key.id()) => wrong(CredentialProblem::KeyId),
                Some(_) | None => Ok(OwnKey::Private(key.clone())),
            }
        }
        (value, Some(algorithm)) => match value.text() {
            Some(secret) => Ok(OwnKey::Secret(mac_key(
                (recipe.key, recipe.key_encoding),
                algorithm,
                secret,
            )?)),
            None => wrong(CredentialProblem::OtherKind),
        },
        (_, None) => wrong(CredentialProblem::OtherKind),
    }
}

/// Returns the value of a credential that travels beside the signature.
fn beside_it(
    name: &str,
    place: ProofPlace<'_>,
    credentials: &impl Credentials,
) -> Result<Secret, BadCredential> {
    let wrong = |problem| Err(BadCredential::new(name, problem));
    match given(name, credentials)?.text() {
        None => wrong(CredentialProblem::OtherKind),
        Some("") => wrong(CredentialProblem::Empty),
        Some(text) if !place.carries(text) => wrong(CredentialProblem::Character),
        Some(text) => Ok(Secret::new(text)),
    }
}

/// Writes texts at their places. Texts of one header become one list.
fn written_in_headers<'t, 'a>(
    texts: impl Iterator<Item = (ProofPlace<'a>, &'t str)>,
) -> Result<HeaderMap, SignError> {
    let mut values: Vec<(&str, Zeroizing<String>)> = Vec::new();
    for (place, text) in texts {
        let known = values
            .iter()
            .position(|(name, _)| name.eq_ignore_ascii_case(place.header));
        let index = known.unwrap_or_else(|| {
            values.push((place.header, Zeroizing::default()));
            values.len() - 1
        });
        if let Some((_, value)) = values.get_mut(index) {
            place.write(value, text);
        }
    }
    let mut headers = HeaderMap::new();
    for (name, value) in &values {
        let name = HeaderName::from_bytes(name.as_bytes());
        let (Ok(name), Ok(mut value)) = (name, HeaderValue::from_str(value)) else {
            return Err(SignError::Setting("header"));
        };
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    Ok(headers)
}

/// Returns a random text of hexadecimal digits.
fn random(length: u32) -> Result<String, SignError> {
    let length = usize::try_from(length).map_err(|_| SignError::Setting("nonce"))?;
    let mut bytes = vec![0; length.div_ceil(2)];
    rand::fill(&mut bytes).map_err(|_| SignError::Setting("nonce"))?;
    let digits: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    Ok(digits.chars().take(length).collect())
}

impl fmt::Debug for ProofSigner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProofSigner")
            .field("recipe", &self.recipe)
            .finish_non_exhaustive()
    }
}
