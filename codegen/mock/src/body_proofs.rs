//! Proofs inside of bodies: signs notifications.

use payspec_model::body_recipe::BodyParts;
use payspec_model::model::{Api, BodyProof};
use payspec_runtime::client::{BodyProofKey, Credentials};
use serde_json::{Map, Value};

use super::fault::Fault;

/// Puts the signature of a notification into its body, with these faults. A body that cannot be signed stays unsigned, which no
/// client accepts.
pub(super) fn prove(
    (api, proof): (&Api, &BodyProof),
    credentials: &impl Credentials,
    body: &mut Vec<u8>,
    faults: &[Fault],
) {
    let Ok(mut json) = serde_json::from_slice::<Value>(body) else {
        return;
    };
    let parts = BodyParts::new(proof, &api.credentials);
    let recipe = parts.prepare();
    let key = BodyProofKey::new(recipe.recipe(), credentials);
    let has = |fault: Fault| faults.contains(&fault);
    let signed: &[u8] = match has(Fault::WrongSignature) {
        true => b"{}",
        false => body,
    };
    let signature = key.ok().flatten().and_then(|key| key.sign(signed).ok());
    match signature.filter(|_| !has(Fault::Unsigned)) {
        Some(signature) => put(&mut json, &proof.signature, signature.into()),
        None => put(&mut json, &proof.signature, Value::Null),
    }
    if let Some(path) = proof.content.first().filter(|_| has(Fault::ChangedBody)) {
        put(&mut json, path, "changed".into());
    }
    *body = json.to_string().into_bytes();
}

/// Puts a value at a path, with the objects on the way to it.
fn put(json: &mut Value, path: &[String], value: Value) {
    let Some((name, rest)) = path.split_first() else {
        *json = value;
        return;
    };
    if !json.is_object() {
        *json = Value::Object(Map::new());
    }
    if let Value::Object(members) = json {
        put(
            members.entry(name.clone()).or_insert(Value::Null),
            rest,
            value,
        );
    }
}
