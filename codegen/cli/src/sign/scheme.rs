//! The scheme by which the messages of an API are signed.

use crate::failure::{Failure, unknown};
use payspec_model::model::{Api, Auth, BodyProof, MessageProof, Model, ProofOf};
use payspec_model::signing::Signing;

/// The scheme by which a kind of message is signed.
pub(crate) enum Scheme<'m> {
    /// The `signature` of the API.
    Signature(Signing<'m>),
    /// A proof of its `auth`.
    Proof(&'m MessageProof),
    /// A proof of its `auth` inside the bodies of notifications.
    Body(&'m BodyProof),
}

/// Returns the API and its scheme for a kind of message: the named API, or the only one that signs such messages.
pub(crate) fn scheme<'m>(
    model: &'m Model,
    api: Option<&str>,
    of: ProofOf,
) -> Result<(&'m Api, Scheme<'m>), Failure> {
    let signs = |api: &&Api| {
        api.signature.is_some() || proof(api, of).is_some() || body_proof(api, of).is_some()
    };
    let mut apis = model.apis.iter().filter(signs);
    let ids = model.apis.iter().filter(signs).map(|api| api.id.as_str());
    let api = match api {
        Some(id) => apis
            .find(|api| api.id == id)
            .ok_or_else(|| unknown("API that signs", id, ids))?,
        None => match (apis.next(), apis.next()) {
            (Some(api), None) => api,
            (None, _) => return Err(Failure::Usage(unsigned(model, of))),
            (Some(_), Some(_)) => {
                let ids = ids.collect::<Vec<_>>().join(", ");
                return Err(Failure::Usage(format!(
                    "several APIs sign\nhelp: name one with `--api`: {ids}"
                )));
            }
        },
    };
    if let Some(proof) = proof(api, of) {
        return Ok((api, Scheme::Proof(proof)));
    }
    if let Some(proof) = body_proof(api, of) {
        return Ok((api, Scheme::Body(proof)));
    }
    let signing = Signing::of(api).map_err(|error| Failure::Usage(error.to_string()))?;
    Ok((api, Scheme::Signature(signing)))
}

fn proof(api: &Api, of: ProofOf) -> Option<&MessageProof> {
    api.auth.as_ref()?.proof(of)
}

fn body_proof(api: &Api, of: ProofOf) -> Option<&BodyProof> {
    match of {
        ProofOf::Notification => api.auth.as_ref()?.body_proof.as_ref(),
        ProofOf::Request | ProofOf::Response => None,
    }
}

/// Returns the error of a spec in which no API signs such messages.
fn unsigned(model: &Model, of: ProofOf) -> String {
    let auths = || model.apis.iter().filter_map(|api| api.auth.as_ref());
    let all = [
        (ProofOf::Request, "requests"),
        (ProofOf::Response, "responses (`--response`)"),
        (ProofOf::Notification, "notifications (`--notification`)"),
    ];
    let has = |of: ProofOf| match of {
        ProofOf::Request | ProofOf::Response => auths().any(|auth: &Auth| auth.proof(of).is_some()),
        ProofOf::Notification => auths().any(Auth::proves_notifications),
    };
    let others = all.iter().filter(|(kind, _)| *kind != of && has(*kind));
    let others: Vec<&str> = others.map(|(_, name)| *name).collect();
    match (others.as_slice(), auths().next()) {
        ([], None) => "no API of this spec signs".to_owned(),
        ([], Some(_)) => {
            "no API of this spec signs; credentials are not checked here, but `payspec mock` tells which header is wrong"
                .to_owned()
        }
        (others, _) => format!(
            "no API of this spec signs such messages\nhelp: there are signatures of {}",
            others.join(" and ")
        ),
    }
}
