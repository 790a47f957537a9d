//! The steps that words advise, by their meaning.

use super::lexicon::Meaning;
use payspec_model::model::NextStep;

impl Meaning {
    /// Returns the steps that the words may advise.
    pub(super) fn steps(self) -> Vec<NextStep> {
        match self {
            Meaning::Step(step) => vec![step],
            Meaning::Repeat => vec![NextStep::ResendSame, NextStep::NewRequestId],
            Meaning::Look
            | Meaning::Negation
            | Meaning::Fallback
            | Meaning::Condition
            | Meaning::Main
            | Meaning::Before
            | Meaning::PutOff
            | Meaning::Until
            | Meaning::Or
            | Meaning::And
            | Meaning::Filler
            | Meaning::Again
            | Meaning::Guard
            | Meaning::Verb
            | Meaning::Remark
            | Meaning::Object
            | Meaning::Reference => Vec::new(),
        }
    }

    /// Returns whether the words advise a step.
    pub(super) fn advises(self) -> bool {
        !self.steps().is_empty()
    }

    /// Returns whether one of the steps may move money.
    pub(super) fn moves_money(self) -> bool {
        self.steps().iter().any(|step| match step {
            NextStep::ResendSame
            | NextStep::NewRequestId
            | NextStep::LowerAmount
            | NextStep::Refund => true,
            NextStep::Done
            | NextStep::Redirect
            | NextStep::FixRequest
            | NextStep::FixCredentials
            | NextStep::CheckContract
            | NextStep::RegisterMerchant
            | NextStep::Inquire
            | NextStep::ContactSupport
            | NextStep::TellUser => false,
        })
    }

    /// Returns whether the words behind a step are its object, which may be anything.
    pub(super) fn takes_any_object(self) -> bool {
        let looks = self == Meaning::Look;
        looks
            || self.steps().iter().any(|step| match step {
                NextStep::FixRequest
                | NextStep::FixCredentials
                | NextStep::CheckContract
                | NextStep::ContactSupport
                | NextStep::TellUser => true,
                NextStep::Done
                | NextStep::Redirect
                | NextStep::RegisterMerchant
                | NextStep::LowerAmount
                | NextStep::NewRequestId
                | NextStep::ResendSame
                | NextStep::Inquire
                | NextStep::Refund => false,
            })
    }
}
