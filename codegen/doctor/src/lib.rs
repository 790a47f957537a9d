//! Names the mistake in a captured exchange whose signatures do not verify.
//!
//! A *proved* mistake shows in the message itself or in its signature. A public key opens a signature and shows
//! whose key made it, with which algorithm, and the digest of the signed content; a content with that digest is
//! the one that was signed. A *suspected* mistake fits the message, but something else may be wrong.
//!
//! The mistakes are data, [`HYPOTHESES`]: each has a name, texts, and a function that looks for it. The search
//! for the signed content tries one deviation first, then two.
//!
//! Start at `table.rs`. Only a copy of an exchange is examined: nothing is sent.

mod capture;
mod case;
mod examine;
mod finding;
mod hypothesis;
mod keys;
mod message;
mod parts;
mod proof;
mod remark;
mod report;
mod signature;
mod table;
mod text;
mod vary;
mod words;

pub use capture::{CaptureError, read};
pub use case::{CaseError, DEFAULT_CONTENTS, DEFAULT_SKEW, Settings};
pub use finding::{Certainty, Finding};
pub use hypothesis::Hypothesis;
pub use keys::{GivenKey, Keys};
pub use message::{Exchange, Field, Message, Start};
pub use proof::{GivenSecret, PROOF_HYPOTHESES, ProofHypothesis, ProofSettings, diagnose_proofs};
pub use report::{Diagnosis, Report, Verdict};
pub use table::HYPOTHESES;

use self::case::Case;
use payspec_model::model::{Api, Side};
use payspec_model::signing::Signing;
use std::time::SystemTime;

/// Examines every message of these exchanges.
///
/// # Errors
///
/// When the capture lacks the path or the body of a message.
pub fn diagnose<'a>(
    (api, signing): (&'a Api, &'a Signing<'a>),
    settings: &'a Settings<'a>,
    exchanges: &'a [Exchange],
) -> Result<Report, CaseError> {
    let mut diagnoses = Vec::new();
    for exchange in exchanges {
        let (request, response) = (exchange.request.as_ref(), exchange.response.as_ref());
        for (side, message, other) in [
            (Side::Request, request, response),
            (Side::Response, response, request),
        ] {
            let Some(message) = message else { continue };
            let case = Case::new((api, signing), settings, side, message, other)?;
            diagnoses.push(examine::examine(&case, HYPOTHESES));
        }
    }
    Ok(Report::new(diagnoses))
}

/// Reads a time as people write it: ISO 8601 with offset, or seconds or milliseconds since 1970.
pub fn read_time(text: &str) -> Option<SystemTime> {
    vary::time::read(text)
}
