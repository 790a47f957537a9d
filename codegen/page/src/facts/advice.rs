//! Advice of a page for the time after a result.

use schemars::JsonSchema;
use serde::Serialize;

use payspec_model::model::{NextStep, Resend};

/// The steps that some words of a page advise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Advice {
    /// The advised steps, in the page's order; several are alternatives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) steps: Vec<NextStep>,
    /// The steps that the page forbids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) never: Vec<NextStep>,
    /// The rule for sending the same request again, if the page states one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) resend: Option<Resend>,
    /// The sentences that may state more, and that no rule understood for certain.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) unsure: Vec<String>,
}

impl Advice {
    /// Returns whether everything that the words may advise was understood.
    pub(crate) fn is_sure(&self) -> bool {
        self.unsure.is_empty()
    }

    /// Returns whether the words state anything that can be compared.
    pub(crate) fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.never.is_empty() && self.resend.is_none() && self.is_sure()
    }

    /// Adds other words about the same subject.
    pub(crate) fn merge(&mut self, other: &Advice) {
        for (list, more) in [
            (&mut self.steps, &other.steps),
            (&mut self.never, &other.never),
        ] {
            let new: Vec<NextStep> = more
                .iter()
                .copied()
                .filter(|one| !list.contains(one))
                .collect();
            list.extend(new);
        }
        self.unsure.extend(other.unsure.iter().cloned());
        self.resend = match (self.resend, other.resend) {
            (Some(Resend::Never), _) | (_, Some(Resend::Never)) => Some(Resend::Never),
            (one, other) => one.or(other).filter(|_| self.is_sure()),
        };
    }
}
