//! Signs and verifies notifications by a proof inside of their bodies.

use std::io::Write;

use payspec_model::body_recipe::BodyParts;
use payspec_model::model::{Api, BodyProof};
use payspec_model::pointer::pointer;
use payspec_runtime::client::{BodyProofKey, BodyUnproved, Each};
use payspec_runtime::json::lenient_text;
use serde_json::json;

use super::credentials::Given;
use super::finish;
use crate::Outcome;
use crate::args;
use crate::failure::Failure;
use crate::output::Output;

/// Prints the signature of a notification.
pub(super) fn sign(
    (api, proof): (&Api, &BodyProof),
    args: &args::Sign,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    let given = Given::in_body(proof, args.key.as_deref())?;
    let parts = BodyParts::new(proof, &api.credentials);
    let recipe = parts.prepare();
    let key = BodyProofKey::new(recipe.recipe(), &given).map_err(usage)?;
    let body = body(&args.message)?;
    let signed = key.iter().map(|key| key.sign(&body)).next().transpose();
    let signature = signed.map_err(usage)?.unwrap_or_default();
    let field = pointer(&proof.signature);
    if out.is_json() {
        out.json(&json!({ "field": field, "value": signature }))?;
    } else {
        writeln!(out, "{field}: {signature}")?;
    }
    Ok(Outcome::Fine)
}

/// Reports whether the signature in a notification is right.
pub(super) fn verify(
    (api, proof): (&Api, &BodyProof),
    args: &args::Verify,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    if args.signature.is_some() || !args.header.is_empty() {
        let why = format!(
            "no header proves these notifications: the signature is `{}` of the body",
            pointer(&proof.signature)
        );
        return Err(Failure::Usage(why));
    }
    let given = Given::in_body(proof, args.key.as_deref())?;
    let parts = BodyParts::new(proof, &api.credentials);
    let recipe = parts.prepare();
    let key = BodyProofKey::new(recipe.recipe(), &given).map_err(usage)?;
    let body = body(&args.message)?;
    let text = lenient_text(&body).map_err(usage)?;
    let items = items(api, &text);
    let wrong = items.iter().enumerate().find_map(|(index, item)| {
        let verified = match item {
            Some(item) => key
                .iter()
                .try_for_each(|key| key.verify(item.as_bytes()).map(drop)),
            None => Err(BodyUnproved::NoObject),
        };
        let why = verified.err()?;
        Some(match items.len() {
            1 => why.to_string(),
            _ => format!("of notification {}, {why}", index + 1),
        })
    });
    finish(wrong, out)
}

/// Returns the notifications of a message: those of a batch, or else the message itself.
fn items<'t>(api: &Api, message: &'t str) -> Vec<Option<&'t str>> {
    let batches = api.operations.iter().filter_map(|one| one.each.as_ref());
    let mut found = batches.map(|each| {
        let [list, inside] = [&each.list, &each.inside].map(|path| {
            let names: Vec<&str> = path.iter().map(String::as_str).collect();
            names
        });
        let each = Each {
            list: &list,
            inside: &inside,
        };
        each.items(message)
    });
    let found = found.find(|items| !items.is_empty());
    found.unwrap_or_else(|| vec![Some(message)])
}

fn body(message: &args::Message) -> Result<Vec<u8>, Failure> {
    std::fs::read(&message.body).map_err(Failure::of(&message.body))
}

fn usage(error: impl std::fmt::Display) -> Failure {
    Failure::Usage(error.to_string())
}
