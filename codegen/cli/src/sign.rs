//! `payspec sign` and `payspec verify`: sign or verify one message.

use std::io::Write;
use std::path::Path;

use payspec_runtime::client::{
    KeyError, SignatureHeader, Signed, Signer as _, SigningKey, Verifier as _, VerifyingKey,
};
use serde_json::json;

use super::args;
use super::failure::{Failure, unknown};
use super::output::Output;
use super::{Outcome, load};
use payspec_model::model::{Api, Model};
use payspec_model::signing::Signing;

/// Prints the signature header.
pub(super) fn sign(spec: &Path, args: &args::Sign, out: &mut Output) -> Result<Outcome, Failure> {
    let model = load(spec)?;
    let (_, signing) = signing(&model, args.message.api.as_deref())?;
    let key = key(&args.key, SigningKey::from_bytes)?;
    let body = std::fs::read(&args.message.body).map_err(Failure::of(&args.message.body))?;
    let signature = key.sign(&content(&args.message, &signing, &body));
    let header = SignatureHeader {
        algorithm: &signing.signature.algorithm_name,
        key_version: Some(&args.key_version),
        signature: signature.map_err(|error| Failure::Usage(error.to_string()))?,
    };
    let header = header.to_text(&signing.pair_keys());
    if out.is_json() {
        out.json(&json!({ "header": signing.signature.header, "value": header }))?;
    } else {
        writeln!(out, "{header}")?;
    }
    Ok(Outcome::Fine)
}

/// Reports whether a signature belongs to a message.
pub(super) fn verify(
    spec: &Path,
    args: &args::Verify,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    let model = load(spec)?;
    let (_, signing) = signing(&model, args.message.api.as_deref())?;
    let key = key(&args.key, VerifyingKey::from_bytes)?;
    let body = std::fs::read(&args.message.body).map_err(Failure::of(&args.message.body))?;
    let why = match SignatureHeader::parse(&args.signature, &signing.pair_keys()) {
        Err(error) => Some(error.to_string()),
        Ok(header) => {
            let algorithm = &signing.signature.algorithm_name;
            let content = content(&args.message, &signing, &body);
            if !header.algorithm.eq_ignore_ascii_case(algorithm) {
                Some(format!("unexpected algorithm: expected `{algorithm}`"))
            } else if !key.verify(&content, &header.signature) {
                Some("other bytes were signed, or another key signed them".to_owned())
            } else {
                None
            }
        }
    };
    if out.is_json() {
        out.json(&json!({ "verified": why.is_none(), "because": why }))?;
    } else {
        match &why {
            None => writeln!(out, "the signature is valid for this message and key")?,
            Some(why) => writeln!(out, "the signature does not verify: {why}")?,
        }
    }
    Ok(Outcome::fine_if(why.is_none()))
}

/// Returns the error of a spec in which no API signs.
fn unsigned(model: &Model) -> &'static str {
    match model.apis.iter().any(|api| api.auth.is_some()) {
        true => {
            "no API of this spec signs; credentials are not checked here, but `payspec mock` tells which header is wrong"
        }
        false => "no API of this spec signs",
    }
}

/// Returns the API and its signing rules: the named API, or the only one that signs.
pub(super) fn signing<'m>(
    model: &'m Model,
    api: Option<&str>,
) -> Result<(&'m Api, Signing<'m>), Failure> {
    let signs = |api: &&Api| api.signature.is_some();
    let mut apis = model.apis.iter().filter(signs);
    let ids = model.apis.iter().filter(signs).map(|api| api.id.as_str());
    let api = match api {
        Some(id) => apis
            .find(|api| api.id == id)
            .ok_or_else(|| unknown("API that signs", id, ids))?,
        None => match (apis.next(), apis.next()) {
            (Some(api), None) => api,
            (None, _) => return Err(Failure::Usage(unsigned(model).to_owned())),
            (Some(_), Some(_)) => {
                let ids = ids.collect::<Vec<_>>().join(", ");
                return Err(Failure::Usage(format!(
                    "several APIs sign\nhelp: name one with `--api`: {ids}"
                )));
            }
        },
    };
    let signing = Signing::of(api).map_err(|error| Failure::Usage(error.to_string()))?;
    Ok((api, signing))
}

/// Returns the bytes to sign.
fn content(message: &args::Message, signing: &Signing<'_>, body: &[u8]) -> Vec<u8> {
    let parts = match message.response {
        true => &signing.response,
        false => &signing.request,
    };
    let signed = Signed {
        method: &message.method,
        uri: &message.path,
        client_id: &message.client_id,
        time: &message.time,
        body,
    };
    signed.content(&Signing::parts(parts))
}

/// Reads a key from a file.
pub(super) fn key<K>(
    path: &Path,
    read: impl Fn(&[u8]) -> Result<K, KeyError>,
) -> Result<K, Failure> {
    let bytes = std::fs::read(path).map_err(Failure::of(path))?;
    read(&bytes).map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))
}
