//! Reads what the words beside a result advise, sentence by sentence.
//!
//! A step that moves money, or may move it twice, is only read from words that are all known. A
//! sentence with a negation, a condition or a repetition that no pattern accounts for is unsure.

mod lexicon;
mod pattern;
mod sentence;
mod steps;
#[cfg(test)]
mod tests;
mod waiting;
mod words;

use super::facts::Advice;
use payspec_model::model::{NextStep, Resend};
use sentence::{Link, Stated, Verdict};

/// The length of a text that is read; no provider advises more.
const LONGEST: usize = 2000;

/// Reads the advice in a text. `own` holds the names of the operation in lower case: to call another
/// one again is not to send the same request again.
pub(super) fn read(text: &str, own: &[String]) -> Advice {
    let mut advice = Advice::default();
    let mut merge = Merge::default();
    if text.len() > LONGEST {
        let start: String = text.chars().take(80).collect();
        advice.unsure.push(format!("{start}…"));
        return advice;
    }
    for mut sentence in words::sentences(text) {
        sentence.mark_own(own);
        match sentence::read(lexicon::lexicon(), &sentence) {
            Verdict::Unsure => advice.unsure.push(sentence.text.trim().to_owned()),
            Verdict::Sure(stated) => {
                let mut understood = true;
                for one in stated {
                    understood &= merge.add(&mut advice, one);
                }
                if !understood {
                    advice.unsure.push(sentence.text.trim().to_owned());
                }
            }
        }
    }
    // What one sentence forbids, another one cannot advise.
    if advice.steps.iter().any(|step| advice.never.contains(step)) {
        advice.unsure.push(text.trim().to_owned());
    }
    // Behind what the user does, nothing is said about a call: `remind the user to sign up before retrying`.
    let by_user =
        !advice.steps.is_empty() && advice.steps.iter().all(|one| *one == NextStep::TellUser);
    let never = advice.never.contains(&NextStep::ResendSame) || merge.put_off && !by_user;
    advice.resend = if never {
        Some(Resend::Never)
    } else {
        (merge.safe && advice.is_sure()).then_some(Resend::Safe)
    };
    advice
}

/// Returns whether a text has no word that advises, negates or limits something.
pub(super) fn is_plain(text: &str) -> bool {
    let parts = words::sentences(text).into_iter().flat_map(|one| one.parts);
    parts.into_iter().all(|words| {
        (0..words.len()).all(|at| {
            let found = lexicon::lexicon().at(words.get(at..).unwrap_or_default());
            found.iter().all(|(meaning, _)| meaning.is_plain())
        })
    })
}

/// The state across the sentences of a text.
#[derive(Default)]
struct Merge {
    /// The request that a call after the steps so far would send.
    changed: Changed,
    safe: bool,
    put_off: bool,
}

/// The change that a step makes before the next call.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Changed {
    #[default]
    Nothing,
    /// The request or the right to send it: a call after it is part of the step.
    Request,
    /// The circumstances: whether a call after it is the same request, the words do not tell.
    Circumstances,
}

impl Merge {
    /// Adds what a sentence states; returns false if it is not certain.
    fn add(&mut self, advice: &mut Advice, stated: Stated) -> bool {
        let (list, steps) = match stated {
            Stated::PutOff => {
                self.put_off = true;
                return true;
            }
            Stated::Never(steps) => (&mut advice.never, steps),
            Stated::Advised {
                steps,
                link,
                conditional,
            } => {
                let resends = steps.contains(&NextStep::ResendSame);
                if resends && link != Link::Or {
                    match self.changed {
                        Changed::Nothing => {}
                        Changed::Request if !conditional => return true,
                        // Under a condition, the step before may be under the same one or not.
                        Changed::Request | Changed::Circumstances => return false,
                    }
                }
                self.safe |= resends && !conditional;
                let changed = steps.iter().map(|step| changes(*step)).max();
                self.changed = self.changed.max(changed.unwrap_or_default());
                (&mut advice.steps, steps)
            }
        };
        for step in steps {
            if !list.contains(&step) {
                list.push(step);
            }
        }
        true
    }
}

fn changes(step: NextStep) -> Changed {
    match step {
        NextStep::FixRequest
        | NextStep::FixCredentials
        | NextStep::CheckContract
        | NextStep::RegisterMerchant
        | NextStep::LowerAmount
        | NextStep::NewRequestId => Changed::Request,
        NextStep::Refund | NextStep::ContactSupport | NextStep::TellUser => Changed::Circumstances,
        NextStep::Done | NextStep::Redirect | NextStep::ResendSame | NextStep::Inquire => {
            Changed::Nothing
        }
    }
}
