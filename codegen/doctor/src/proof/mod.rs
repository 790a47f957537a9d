//! Names the mistake in a message whose proof of `auth` does not verify.

mod covered;
mod scene;
mod search;
mod secret;
mod spelling;
mod table;

pub use self::scene::ProofSettings;
pub use self::secret::GivenSecret;
pub use self::table::{PROOF_HYPOTHESES, ProofHypothesis};

use self::scene::Scene;
use self::search::examine;
use super::case::CaseError;
use super::message::Exchange;
use super::report::Report;
use payspec_model::model::{Api, Caller, ProofOf, Side};

/// Examines every message of these exchanges that the API proves. A request is a notification if the settings name the
/// operation of one.
///
/// # Errors
///
/// When the capture lacks the path or the body of a message.
pub fn diagnose_proofs(
    api: &Api,
    settings: &ProofSettings<'_>,
    exchanges: &[Exchange],
) -> Result<Report, CaseError> {
    let caller = settings.operation.map(|operation| operation.caller);
    let asked = match caller {
        Some(Caller::Provider) => ProofOf::Notification,
        Some(Caller::Merchant) | None => ProofOf::Request,
    };
    let proof = |of: ProofOf| api.auth.as_ref().and_then(|auth| auth.proof(of));
    // The reply to a notification has no proof.
    let answered = proof(ProofOf::Response).filter(|_| asked == ProofOf::Request);
    let mut diagnoses = Vec::new();
    for exchange in exchanges {
        let (request, response) = (exchange.request.as_ref(), exchange.response.as_ref());
        for (side, message, proof) in [
            (Side::Request, request, proof(asked)),
            (Side::Response, response, answered),
        ] {
            if let (Some(message), Some(proof)) = (message, proof) {
                let scene = Scene::new((api, proof), settings, side, (message, request))?;
                diagnoses.push(examine(&scene));
            }
        }
    }
    Ok(Report::new(diagnoses))
}
