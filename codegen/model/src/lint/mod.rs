//! Contradictions in an otherwise sound spec. Each needs a ruling: a dispute, at the place of the
//! contradiction, whose `settles` names it. Flaws of flows cannot be settled by a ruling.

mod addresses;
mod advice;
mod agreements;
mod batches;
mod body_proof;
mod codes;
mod conditions;
mod encrypted;
mod examples;
mod flow;
mod renames;
mod rulings;
mod tokens;
mod unproved;

pub use advice::{calls_again, is_over};
pub use flow::{FlawSite, flaws};

use crate::diagnostic::{self, Diagnostics};
use crate::format::Contradiction;
use crate::model::{Model, Origin};
use crate::source::SourceMap;

/// A contradiction.
struct Found {
    contradiction: Contradiction,
    message: String,
    /// The place to underline.
    at: Origin,
    /// Related places, with the reason for each.
    also: Vec<(Origin, &'static str)>,
    /// The constructs whose disputes can settle it, the nearest first.
    subjects: Vec<Origin>,
}

/// Looks for contradictions in all APIs.
pub(crate) fn lint(model: &Model, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    for api in &model.apis {
        let mut found = codes::find(api);
        found.extend(conditions::find(api));
        found.extend(examples::find(api, sources, diagnostics));
        rulings::demand(api, found, sources, diagnostics);
        addresses::check(api, sources, diagnostics);
        agreements::check(api, sources, diagnostics);
        batches::check(api, sources, diagnostics);
        body_proof::check(api, sources, diagnostics);
        encrypted::check(api, sources, diagnostics);
        tokens::check(api, sources, diagnostics);
        unproved::check(api, sources, diagnostics);
        flow::prove(api, sources, diagnostics);
        renames::check(api, sources, diagnostics);
    }
}

/// Returns the word that settles a contradiction, and the diagnostic of one that is not settled.
fn about(contradiction: Contradiction) -> (&'static str, &'static diagnostic::Code) {
    use diagnostic::codes;
    match contradiction {
        Contradiction::FailedButRetry => ("failed_but_retry", &codes::FAILED_BUT_RETRY),
        Contradiction::PendingWithoutResend => {
            ("pending_without_resend", &codes::PENDING_WITHOUT_RESEND)
        }
        Contradiction::SuccessStepDiffers => ("success_step_differs", &codes::SUCCESS_STEP_DIFFERS),
        Contradiction::CodesConflict => ("codes_conflict", &codes::CODES_CONFLICT),
        Contradiction::ExampleBreaksRule => ("example_breaks_rule", &codes::EXAMPLE_BREAKS_RULE),
        Contradiction::ConditionAlwaysTrue => {
            ("condition_always_true", &codes::CONDITION_ALWAYS_TRUE)
        }
    }
}
