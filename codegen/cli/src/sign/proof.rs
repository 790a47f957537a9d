//! Signs and verifies messages by a proof of `auth`.

use std::io::Write;
use std::time::SystemTime;

use payspec_model::model::{Api, MessageProof, ProofPlace, TemplatePart};
use payspec_model::proof_recipe::ProofRecipe;
use payspec_runtime::client::http::{HeaderMap, HeaderName, HeaderValue};
use payspec_runtime::client::{ProofSigner, ProofVerifier, Provable};
use serde_json::{Map, Value, json};

use super::credentials::Given;
use super::{finish, read_now};
use crate::Outcome;
use crate::args;
use crate::failure::Failure;
use crate::output::Output;

/// Prints the headers of a proof.
pub(super) fn sign(
    (api, proof): (&Api, &MessageProof),
    args: &args::Sign,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    let given = Given::to_sign(api, proof, args.key.as_deref(), &args.key_version)?;
    let body = std::fs::read(&args.message.body).map_err(Failure::of(&args.message.body))?;
    let recipe = ProofRecipe::new(proof, &api.credentials);
    let usage = |error: String| Failure::Usage(error);
    let signer = ProofSigner::new(recipe.recipe(), &given);
    let signer = signer.map_err(|error| usage(error.to_string()))?;
    let now = read_now(args.time.as_deref())?.unwrap_or_else(SystemTime::now);
    let headers = signer.headers(message(proof, &args.message, &body)?, now);
    let headers = headers.map_err(|error| usage(error.to_string()))?;
    // As the spec spells the names.
    let headers = proof.headers().into_iter().filter_map(|(name, _)| {
        let value = headers.get(name)?.to_str().ok()?;
        Some((name, value))
    });
    if out.is_json() {
        let headers = headers.map(|(name, value)| (name.to_owned(), Value::from(value)));
        out.json(&json!({ "headers": headers.collect::<Map<_, _>>() }))?;
    } else {
        for (name, value) in headers {
            writeln!(out, "{name}: {value}")?;
        }
    }
    Ok(Outcome::Fine)
}

/// Reports whether a proof belongs to a message.
pub(super) fn verify(
    (api, proof): (&Api, &MessageProof),
    args: &args::Verify,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    let headers = headers(proof, args)?;
    let recipe = ProofRecipe::new(proof, &api.credentials);
    let mut recipe = recipe.recipe();
    let now = read_now(args.now.as_deref())?;
    if now.is_none() {
        // A message of any age verifies.
        if let Some(time) = &mut recipe.time {
            time.tolerance_s = None;
        }
    }
    // The only key has whatever id the message names.
    let id = recipe.key_id.and_then(|id| id.place.text(&headers).ok());
    let given = Given::to_verify(proof, args.key.as_deref(), id.unwrap_or_default())?;
    let verifier = ProofVerifier::new(recipe, &given);
    let verifier = verifier.map_err(|error| Failure::Usage(error.to_string()))?;
    let body = std::fs::read(&args.message.body).map_err(Failure::of(&args.message.body))?;
    let message = message(proof, &args.message, &body)?;
    let verified = verifier.verify(message, &headers, now.unwrap_or_else(SystemTime::now));
    finish(verified.err().map(|why| why.to_string()), out)
}

fn message<'a>(
    proof: &MessageProof,
    args: &'a args::Message,
    body: &'a [u8],
) -> Result<Provable<'a>, Failure> {
    let parts = proof.parts();
    let is_signed = parts.contains(&TemplatePart::Uri);
    let target = match (&args.path, is_signed) {
        (Some(path), _) => path,
        (None, false) => "/",
        (None, true) => {
            let why = "`--path PATH` is needed: path and query are signed";
            return Err(Failure::Usage(why.to_owned()));
        }
    };
    Ok(Provable {
        method: &args.method,
        target,
        body,
    })
}

/// Collects the headers that were given. An error shows no value.
fn headers(proof: &MessageProof, args: &args::Verify) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    let ProofPlace { header, .. } = &proof.signature;
    let signature = args
        .signature
        .iter()
        .map(|value| (header.as_str(), value.as_str()));
    let named = args.header.iter().map(|text| {
        text.split_once(':')
            .ok_or_else(|| Failure::Usage("invalid `--header`: expected `Name: value`".to_owned()))
    });
    for pair in signature.map(Ok).chain(named) {
        let (name, value) = pair?;
        let parsed = HeaderName::from_bytes(name.trim().as_bytes());
        let value = HeaderValue::from_str(value.trim());
        let (Ok(name), Ok(value)) = (parsed, value) else {
            let why = "invalid `--header`: expected `Name: value` in one line";
            return Err(Failure::Usage(why.to_owned()));
        };
        headers.append(name, value);
    }
    if headers.is_empty() {
        let names = proof.headers().into_iter().map(|(name, _)| name);
        let names: Vec<&str> = names.collect();
        return Err(Failure::Usage(format!(
            "the headers of the proof are missing\nhelp: give each with `--header 'NAME: VALUE'`: {}",
            names.join(", ")
        )));
    }
    Ok(headers)
}
