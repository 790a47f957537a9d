//! A mistake that the doctor knows, and the kinds of tests.

use super::case::Case;
use super::finding::{Certainty, Finding, Remark};
use super::keys::Standing;
use super::parts::Variations;
use super::text::Repair;

/// A mistake, with the test that finds it.
pub struct Hypothesis {
    /// The stable name in reports.
    pub id: &'static str,
    /// The mistake in words.
    pub title: &'static str,
    /// The recommended correction.
    pub advice: &'static str,
    pub(super) test: Test,
}

/// The test for a mistake.
pub(super) enum Test {
    /// Looks at the message and the settings.
    Remark(fn(&Case<'_>) -> Option<Remark>),
    /// Looks at the repaired text of the signature.
    Repaired(fn(&Case<'_>, &str) -> Option<Remark>),
    /// Repairs the text of the signature, in the order of the table.
    Text(fn(&Case<'_>, &str) -> Repair),
    /// Looks at the key that made the signature.
    Key(Standing),
    /// Looks at the algorithm of the signature.
    Algorithm,
    /// Looks for a variation of the signed content that fits the signature.
    Content(Part, Vary),
}

/// Collects variations that may have been signed instead.
pub(super) type Vary = for<'a> fn(&Case<'a>, &mut Variations<'_, 'a>);

/// The part of a message that a variation changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Method,
    Uri,
    ClientId,
    Time,
    Frame,
    Body,
}

impl Hypothesis {
    /// Creates the finding that this mistake was made.
    pub(super) fn found(&self, certainty: Certainty, detail: impl Into<String>) -> Finding {
        Finding {
            mistake: self.id,
            title: self.title,
            certainty,
            detail: detail.into(),
            advice: self.advice,
        }
    }
}
