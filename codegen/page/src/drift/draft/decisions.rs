//! Drafts the decisions of statuses.

use serde_yaml::{Mapping, Value as Yaml};

use super::codes::{class, quoted, status};
use super::{Map, TODO};
use crate::Advice;
use crate::drift::fact_sheet::FactSheet;
use payspec_model::model::{Decide, NextStep, PendingAction, Resend, StatusClass};

/// Returns the decision of each status, by what the page says about the status, and otherwise by
/// what its codes advise.
pub(super) fn decided(sheet: &FactSheet, statuses: &[String]) -> Vec<(String, Decide)> {
    let decide = |name: &String| {
        let logic = sheet.logic.iter().find(|one| one.status == *name);
        let own = sheet.codes.iter().filter(|code| status(code) == *name);
        match class(name) {
            StatusClass::Failed => Decide::Failed,
            StatusClass::Pending => Decide::Pending,
            StatusClass::Succeeded => {
                let redirects =
                    |one: &Advice| one.is_sure() && one.steps.contains(&NextStep::Redirect);
                let is_open = |one: &Advice| !one.is_sure() || !leaves_nothing(one);
                // The codes tell it where no section about the statuses does.
                let advices: Vec<&Advice> = match logic {
                    Some(logic) => vec![&logic.advice],
                    None => own.map(|code| &code.advice).collect(),
                };
                if advices.iter().any(|one| redirects(one)) {
                    Decide::Redirect
                } else if advices.iter().any(|one| is_open(one)) {
                    Decide::Waiting
                } else {
                    Decide::Done
                }
            }
        }
    };
    statuses
        .iter()
        .map(|status| (status.clone(), decide(status)))
        .collect()
}

/// Returns whether advice leaves nothing to do.
fn leaves_nothing(advice: &Advice) -> bool {
    advice.steps.iter().all(|step| *step == NextStep::Done)
}

/// Drafts the decisions of statuses.
pub(super) fn decisions(sheet: &FactSheet, decided: &[(String, Decide)]) -> Mapping {
    let mut map = Map::default();
    for (status, decide) in decided {
        let logic = sheet.logic.iter().find(|one| one.status == *status);
        let mut decision = Map::default();
        decision.put("decide", decide.as_str());
        let description = match logic {
            Some(logic) if logic.advice.is_sure() && !logic.advice.steps.is_empty() => {
                TODO.to_owned()
            }
            Some(logic) => quoted(&logic.words),
            None => TODO.to_owned(),
        };
        decision.put("description", description);
        if *decide == Decide::Pending {
            let actions = actions(sheet, status);
            if !actions.is_empty() {
                decision.put("actions", actions);
            }
        }
        map.put_mapping(status, decision.0);
    }
    map.0
}

/// Returns what may be done while a result is open: what the page says about the status, or what it
/// says about each of its codes.
fn actions(sheet: &FactSheet, name: &str) -> Vec<Yaml> {
    let logic = sheet.logic.iter().find(|one| one.status == name);
    let own = sheet.codes.iter().filter(|code| status(code) == name);
    let advices: Vec<&Advice> = match logic {
        Some(logic) => vec![&logic.advice],
        None => own.map(|code| &code.advice).collect(),
    };
    let all =
        |fits: fn(&Advice) -> bool| !advices.is_empty() && advices.iter().all(|one| fits(one));
    let resends = all(|one| one.resend == Some(Resend::Safe));
    let inquires = all(|one| one.is_sure() && one.steps.contains(&NextStep::Inquire));
    let actions = [
        (resends, PendingAction::ResendSame),
        (inquires, PendingAction::Inquire),
    ];
    let actions = actions.into_iter().filter(|(says, _)| *says);
    actions
        .map(|(_, action)| Yaml::from(action.as_str()))
        .collect()
}
