//! Proofs of messages: verifies those of requests, and proves answers and notifications.

use std::time::SystemTime;

use http::header::HeaderName;
use http::{HeaderMap, Request, Response};
use payspec_runtime::client::{
    CredentialValue, Credentials, ProofSigner, ProofVerifier, Provable, Unproved, Unverified,
};

use super::body_proofs;
use super::clients::Clients;
use super::fault::Fault;
use super::refused::{Refused, target};
use super::sign::change;
use payspec_model::model::{Api, CredentialKind, MessageProof, Refusal};
use payspec_model::proof_recipe::ProofRecipe;

/// The credentials of an API as the provider has them: the other half of each pair of keys.
struct ProvidersSide<'g> {
    api: &'g Api,
    clients: &'g Clients,
}

impl Credentials for ProvidersSide<'_> {
    fn credential(&self, name: &str) -> Option<CredentialValue<'_>> {
        let mut credentials = self.api.credentials.iter();
        let keys = self.clients.proof_keys.as_ref();
        match credentials.find(|one| one.name == name)?.kind {
            CredentialKind::Id | CredentialKind::Secret => {
                self.clients.credentials.credential(name)
            }
            CredentialKind::PrivateKey => {
                keys.map(|keys| CredentialValue::PublicKeys(&keys.clients))
            }
            CredentialKind::PublicKeys => keys.map(|keys| CredentialValue::PrivateKey(&keys.own)),
        }
    }
}

impl Clients {
    /// Verifies the signature of a request, if requests have one. `shown` is its target without sensitive values.
    pub(super) fn proves(
        &self,
        api: &Api,
        (request, shown): (&Request<Vec<u8>>, &str),
        now: SystemTime,
    ) -> Result<(), Refused> {
        let auth = api.auth.as_ref();
        let Some(proof) = auth.and_then(|auth| auth.request.as_ref()) else {
            return Ok(());
        };
        let recipe = ProofRecipe::new(proof, &api.credentials);
        let side = ProvidersSide { api, clients: self };
        let verifier = ProofVerifier::new(recipe.recipe(), &side);
        let verifier =
            verifier.map_err(|error| Refused::new(Refusal::Signature, error.to_string()))?;
        let message = Provable {
            method: request.method().as_str(),
            target: target(request),
            body: request.body(),
        };
        let verified = verifier.verify(message, request.headers(), now);
        let Err(why) = verified else { return Ok(()) };
        let (refusal, text) = match &why {
            Unproved::OtherCredential(_) => (Refusal::Client, why.to_string()),
            Unproved::Message(Unverified::UnknownKeyVersion(_)) => (Refusal::Key, why.to_string()),
            Unproved::Message(Unverified::WrongSignature) => {
                let text = format!(
                    "the signature does not match `{}` over `{} {shown}` and this body of {} bytes, or another key made it",
                    proof.content.escape_debug(),
                    message.method,
                    message.body.len(),
                );
                (Refusal::Signature, text)
            }
            _ => (
                Refusal::Signature,
                format!("the request is not proved: {why}"),
            ),
        };
        Err(Refused::new(refusal, text))
    }

    /// Proves an answer, if answers have a proof, with these faults.
    pub(super) fn prove(
        &self,
        api: &Api,
        request: &Request<Vec<u8>>,
        response: &mut Response<Vec<u8>>,
        now: SystemTime,
        faults: &[Fault],
    ) {
        let auth = api.auth.as_ref();
        let Some(proof) = auth.and_then(|auth| auth.response.as_ref()) else {
            return;
        };
        let about = (request.method().as_str(), target(request));
        let headers = self.headers((api, proof), about, response.body_mut(), now, faults);
        response.headers_mut().extend(headers);
    }

    /// Proves a notification, if notifications have a proof, with these faults.
    pub(super) fn prove_notification(
        &self,
        api: &Api,
        request: &mut Request<Vec<u8>>,
        now: SystemTime,
        faults: &[Fault],
    ) {
        let auth = api.auth.as_ref();
        if let Some(proof) = auth.and_then(|auth| auth.body_proof.as_ref()) {
            let side = ProvidersSide { api, clients: self };
            body_proofs::prove((api, proof), &side, request.body_mut(), faults);
            return;
        }
        let Some(proof) = auth.and_then(|auth| auth.notification.as_ref()) else {
            return;
        };
        let (method, target) = (request.method().clone(), target(request).to_owned());
        let about = (method.as_str(), target.as_str());
        let headers = self.headers((api, proof), about, request.body_mut(), now, faults);
        request.headers_mut().extend(headers);
    }

    /// Returns the headers that prove a message with this method and target, and changes its body if a fault says so.
    fn headers(
        &self,
        (api, proof): (&Api, &MessageProof),
        (method, target): (&str, &str),
        body: &mut [u8],
        now: SystemTime,
        faults: &[Fault],
    ) -> HeaderMap {
        let has = |fault: Fault| faults.contains(&fault);
        if has(Fault::Unsigned) {
            return HeaderMap::new();
        }
        let other = [&*body, b" "].concat();
        let message = Provable {
            method,
            target,
            body: if has(Fault::WrongSignature) {
                &other
            } else {
                body
            },
        };
        let recipe = ProofRecipe::new(proof, &api.credentials);
        let side = ProvidersSide { api, clients: self };
        let signer = ProofSigner::new(recipe.recipe(), &side).ok();
        // A message that cannot be signed stays unsigned, which no client accepts.
        let headers = signer.and_then(|signer| signer.headers(message, now).ok());
        let mut headers = headers.unwrap_or_default();
        spoil(&mut headers, proof, faults);
        if has(Fault::ChangedBody) {
            change(body);
        }
        headers
    }
}

/// Applies the faults of the headers of a proof.
fn spoil(headers: &mut HeaderMap, proof: &MessageProof, faults: &[Fault]) {
    if let Some(time) = proof
        .time
        .as_ref()
        .filter(|_| faults.contains(&Fault::NoTime))
    {
        headers.remove(time.place.header.as_str());
    }
    if faults.contains(&Fault::Twice) {
        let name = HeaderName::from_bytes(proof.signature.header.as_bytes());
        let value = headers.get(proof.signature.header.as_str()).cloned();
        if let (Ok(name), Some(value)) = (name, value) {
            headers.append(name, value);
        }
    }
}
