//! `payspec sign` and `payspec verify`: sign or verify one message.

mod body_proof;
mod credentials;
mod proof;
mod scheme;

use std::io::Write;
use std::path::Path;
use std::time::SystemTime;

use payspec_doctor::read_time;
use payspec_runtime::client::{
    KeyError, SignatureHeader, Signed, Signer as _, SigningKey, Verifier as _, VerifyingKey,
};
use serde_json::json;

pub(super) use self::scheme::{Scheme, scheme};
use super::args;
use super::failure::Failure;
use super::output::{Output, plain};
use super::{Outcome, load};
use payspec_model::model::ProofOf;
use payspec_model::signing::Signing;

/// Prints the signature header.
pub(super) fn sign(spec: &Path, args: &args::Sign, out: &mut Output) -> Result<Outcome, Failure> {
    let model = load(spec)?;
    let message = &args.message;
    let (api, scheme) = scheme(&model, message.api.as_deref(), kind(message))?;
    let signing = match scheme {
        Scheme::Signature(signing) => signing,
        Scheme::Proof(proof) => return proof::sign((api, proof), args, out),
        Scheme::Body(proof) => return body_proof::sign((api, proof), args, out),
    };
    let file = needed(args.key.as_deref(), "--key FILE")?;
    let signed = signed(message, args.time.as_deref())?;
    let key = key(file, SigningKey::from_bytes)?;
    let body = std::fs::read(&message.body).map_err(Failure::of(&message.body))?;
    let signed = Signed {
        body: &body,
        ..signed
    };
    let signature = key.sign(&content(message, &signing, signed));
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
    let message = &args.message;
    let (api, scheme) = scheme(&model, message.api.as_deref(), kind(message))?;
    let signing = match scheme {
        Scheme::Signature(signing) => signing,
        Scheme::Proof(proof) => return proof::verify((api, proof), args, out),
        Scheme::Body(proof) => return body_proof::verify((api, proof), args, out),
    };
    let file = needed(args.key.as_deref(), "--key FILE")?;
    let signature = needed(args.signature.as_deref(), "--signature HEADER")?;
    let signed = signed(message, args.time.as_deref())?;
    let key = key(file, VerifyingKey::from_bytes)?;
    let body = std::fs::read(&message.body).map_err(Failure::of(&message.body))?;
    let signed = Signed {
        body: &body,
        ..signed
    };
    let why = match SignatureHeader::parse(signature, &signing.pair_keys()) {
        Err(error) => Some(error.to_string()),
        Ok(header) => {
            let algorithm = &signing.signature.algorithm_name;
            let content = content(message, &signing, signed);
            if !header.algorithm.eq_ignore_ascii_case(algorithm) {
                Some(format!("unexpected algorithm: expected `{algorithm}`"))
            } else if !key.verify(&content, &header.signature) {
                Some("other bytes were signed, or another key signed them".to_owned())
            } else {
                None
            }
        }
    };
    finish(why, out)
}

/// Reports whether a signature verifies, or why not.
fn finish(why: Option<String>, out: &mut Output) -> Result<Outcome, Failure> {
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

/// Returns the kind of a message.
fn kind(message: &args::Message) -> ProofOf {
    match (message.response, message.notification) {
        (true, _) => ProofOf::Response,
        (false, true) => ProofOf::Notification,
        (false, false) => ProofOf::Request,
    }
}

/// Returns the value of an option that the scheme needs.
fn needed<'a, T: ?Sized>(value: Option<&'a T>, option: &str) -> Result<&'a T, Failure> {
    value.ok_or_else(|| {
        Failure::Usage(format!(
            "`{option}` is needed to sign or verify a message of this spec"
        ))
    })
}

/// Reads a time as people write it.
pub(super) fn read_now(text: Option<&str>) -> Result<Option<SystemTime>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let time = read_time(text).ok_or_else(|| {
        Failure::Usage(format!(
            "`{}` is not a time\nhelp: expected a form such as `2026-11-24T08:00:00+08:00` or `1795478400000`",
            plain(text)
        ))
    });
    time.map(Some)
}

/// Returns the parts of a message that a `signature` covers, without the body.
fn signed<'a>(message: &'a args::Message, time: Option<&'a str>) -> Result<Signed<'a>, Failure> {
    Ok(Signed {
        method: &message.method,
        uri: needed(message.path.as_deref(), "--path PATH")?,
        client_id: needed(message.client_id.as_deref(), "--client-id ID")?,
        time: needed(time, "--time TIME")?,
        body: b"",
    })
}

/// Returns the bytes to sign.
fn content(message: &args::Message, signing: &Signing<'_>, signed: Signed<'_>) -> Vec<u8> {
    let parts = match message.response {
        true => &signing.response,
        false => &signing.request,
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
