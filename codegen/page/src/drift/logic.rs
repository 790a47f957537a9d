//! Makes the part of a fact sheet about the result statuses.

use super::fact_sheet::{Claim, Facts, Logic};
use super::place::Place;
use super::value::{Steps, Value};
use crate::{Advice, StatusLogic};
use payspec_model::model::{
    Decide, Decision, NextStep, Operation, PageFact, PendingAction, Resend,
};

/// Returns the statuses with all that the page says about each.
pub(super) fn of_page(stated: &[StatusLogic]) -> Vec<Logic> {
    let mut all: Vec<Logic> = Vec::new();
    let statuses = stated
        .iter()
        .flat_map(|one| one.statuses.iter().map(move |status| (one, status)));
    for (one, status) in statuses {
        match all.iter_mut().find(|logic| logic.status == *status) {
            Some(logic) => {
                logic.advice.merge(&one.advice);
                logic.words.push(' ');
                logic.words.push_str(&one.text);
            }
            None => all.push(Logic {
                status: status.clone(),
                facts: Facts::default(),
                advice: one.advice.clone(),
                words: one.text.clone(),
                place: Place::Line(one.line),
                origins: Vec::new(),
            }),
        }
    }
    // Advice that names no status may be about any.
    let others = stated
        .iter()
        .filter(|one| one.statuses.is_empty() && !one.advice.is_empty());
    let others: Vec<&str> = others.map(|one| one.text.as_str()).collect();
    for logic in &mut all {
        let unsure = others.iter().map(|text| (*text).to_owned());
        logic.advice.unsure.extend(unsure);
        if logic.advice.resend == Some(Resend::Safe) && !logic.advice.is_sure() {
            logic.advice.resend = None;
        }
        let line = logic.place.line().unwrap_or_default();
        state_advice(&mut logic.facts, &logic.advice, line);
    }
    all
}

/// Returns what the statuses decide. The codes of a failed status advise, not the status: it only
/// excludes the steps after a result that is not final.
pub(super) fn of_spec(operation: &Operation, decisions: &[Decision]) -> Vec<Logic> {
    let mut all: Vec<(Logic, Steps)> = Vec::new();
    for decision in decisions {
        let steps = steps(decision);
        match all
            .iter_mut()
            .find(|(one, _)| one.status == decision.status)
        {
            // Each case of a status excludes less than the others do.
            Some((_, known)) => {
                known.any.extend(steps.any);
                known.never.retain(|step| steps.never.contains(step));
            }
            None => {
                let logic = Logic {
                    status: decision.status.clone(),
                    facts: Facts::default(),
                    advice: Advice::default(),
                    words: decision.description.clone(),
                    place: Place::Spec(decision.origin),
                    origins: vec![decision.origin, operation.origin],
                };
                all.push((logic, steps));
            }
        }
    }
    let claimed = all.into_iter().map(|(mut logic, steps)| {
        let says_something = !steps.any.is_empty() || !steps.never.is_empty();
        if let (true, Place::Spec(origin)) = (says_something, logic.place) {
            let claim = Claim::of_spec(Value::Steps(steps), origin, &operation.sources);
            logic.facts.state(
                PageFact::NextStep,
                Claim {
                    implied: true,
                    ..claim
                },
            );
        }
        logic
    });
    claimed.collect()
}

/// Returns the steps that a decision leaves open, and those that it excludes.
fn steps(decision: &Decision) -> Steps {
    use NextStep::{Done, FixRequest, Inquire, LowerAmount, NewRequestId, Redirect, ResendSame};
    let (any, never) = match decision.decide {
        Decide::Done => (vec![Done], vec![]),
        Decide::Redirect => (vec![Redirect], vec![]),
        Decide::Waiting => (vec![Inquire], vec![]),
        Decide::Ended | Decide::Failed => (vec![], vec![Done, Redirect, ResendSame, Inquire]),
        Decide::Pending => {
            let actions = decision.actions.iter();
            let actions = actions.filter_map(|action| step_of(*action));
            // Another request might pay twice.
            let never = vec![Done, Redirect, NewRequestId, FixRequest, LowerAmount];
            (actions.collect(), never)
        }
    };
    Steps {
        never: never.into_iter().collect(),
        ..Steps::of_spec(any)
    }
}

const fn step_of(action: PendingAction) -> Option<NextStep> {
    match action {
        PendingAction::ResendSame => Some(NextStep::ResendSame),
        PendingAction::Inquire => Some(NextStep::Inquire),
        PendingAction::Cancel => None,
    }
}

/// Adds what a page advises. A permission to send the same request again is part of the steps.
pub(super) fn state_advice(facts: &mut Facts, advice: &Advice, line: u32) {
    if advice.is_empty() {
        return;
    }
    let steps = Value::Steps(Steps::of_page(advice));
    facts.state(PageFact::NextStep, Claim::of_page(steps, line));
    if advice.resend == Some(Resend::Never) {
        let value = Value::Resend(Resend::Never);
        facts.state(PageFact::Resend, Claim::of_page(value, line));
    }
}
