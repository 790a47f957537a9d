use std::collections::{BTreeMap, BTreeSet};

use super::{Found, advice};
use crate::format::Contradiction;
use crate::model::{
    Api, Code, Decide, Decision, NextStep, Operation, Origin, Resend, ResultHandling,
};
use payspec_runtime::StatusClass;

/// Finds contradictions in result codes. A shared code is examined once.
pub(super) fn find(api: &Api) -> Vec<Found> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut by_name: BTreeMap<&str, (&Code, &Operation)> = BTreeMap::new();
    for operation in &api.operations {
        let Some(result) = &operation.result else {
            continue;
        };
        same_meaning(operation, result, &mut found);
        for code in &result.codes {
            let class = api.class(result, &code.status);
            if class == Some(StatusClass::Succeeded) {
                found.extend(success(operation, result, code));
            }
            if !seen.insert(code.origin) {
                continue;
            }
            match class {
                Some(StatusClass::Failed) => found.extend(failed(operation, code)),
                Some(StatusClass::Pending) => found.extend(pending(operation, code)),
                Some(StatusClass::Succeeded) | None => {}
            }
            let (first, other) = *by_name.entry(&code.name).or_insert((code, operation));
            if first.status != code.status {
                found.push(two_statuses(code, operation, first, other));
            }
        }
    }
    found
}

fn of_code(
    contradiction: Contradiction,
    operation: &Operation,
    code: &Code,
    message: String,
) -> Found {
    Found {
        contradiction,
        message,
        at: code.origin,
        also: Vec::new(),
        subjects: subjects(code, operation),
    }
}

fn subjects(code: &Code, operation: &Operation) -> Vec<Origin> {
    vec![code.origin, operation.origin]
}

/// Returns whether a step changes something before the next call, so that it is a different call.
fn mends(step: NextStep) -> bool {
    match step {
        NextStep::FixRequest
        | NextStep::FixCredentials
        | NextStep::CheckContract
        | NextStep::RegisterMerchant
        | NextStep::LowerAmount
        | NextStep::NewRequestId
        | NextStep::Refund => true,
        NextStep::Done
        | NextStep::Redirect
        | NextStep::ResendSame
        | NextStep::Inquire
        | NextStep::ContactSupport
        | NextStep::TellUser => false,
    }
}

fn failed(operation: &Operation, code: &Code) -> Option<Found> {
    let again = if code.next_step == NextStep::ResendSame {
        "its next step is `resend_same`"
    } else if code.resend == Resend::Safe {
        "its resend is `safe`"
    } else if advice::calls_again(&code.action) && !mends(code.next_step) {
        "its action advises a new call"
    } else {
        return None;
    };
    let name = &code.name;
    let message = format!(
        "the code `{name}` is final with status `{}`, but {again}",
        code.status
    );
    Some(of_code(
        Contradiction::FailedButRetry,
        operation,
        code,
        message,
    ))
}

fn pending(operation: &Operation, code: &Code) -> Option<Found> {
    // With other credentials, the same request is sent again.
    let resends = matches!(
        code.next_step,
        NextStep::ResendSame | NextStep::Inquire | NextStep::FixCredentials
    );
    let advised = if !resends {
        format!("its next step is `{}`", code.next_step)
    } else if code.resend != Resend::Safe {
        format!("its resend is `{}`", code.resend)
    } else if advice::starts_anew(&code.action) {
        "its action advises a new request".to_owned()
    } else {
        return None;
    };
    let name = &code.name;
    let message = format!("the code `{name}` leaves the outcome open, but {advised}");
    Some(of_code(
        Contradiction::PendingWithoutResend,
        operation,
        code,
        message,
    ))
}

fn success(operation: &Operation, result: &ResultHandling, code: &Code) -> Option<Found> {
    let mut decisions = result.decisions.iter();
    let alone = |decision: &&Decision| decision.status == code.status && decision.cases.is_empty();
    let decision = decisions.find(alone)?;
    let (decided, step) = match decision.decide {
        Decide::Redirect => ("redirect", NextStep::Redirect),
        Decide::Done => ("done", NextStep::Done),
        Decide::Waiting | Decide::Ended | Decide::Failed | Decide::Pending => return None,
    };
    let says = if code.next_step != step {
        format!("its next step is `{}`", code.next_step)
    } else if step != NextStep::Done && advice::is_over(&code.action) {
        "its action says that no step is left".to_owned()
    } else {
        return None;
    };
    let name = &code.name;
    let message = format!(
        "the status `{}` of the code `{name}` decides `{decided}`, but {says}",
        code.status
    );
    let mut found = of_code(Contradiction::SuccessStepDiffers, operation, code, message);
    found.also.push((decision.origin, "the decision"));
    Some(found)
}

fn two_statuses(code: &Code, operation: &Operation, first: &Code, other: &Operation) -> Found {
    let name = &code.name;
    let message = format!(
        "the code `{name}` has the status `{}` here and `{}` elsewhere",
        code.status, first.status
    );
    let mut found = of_code(Contradiction::CodesConflict, operation, code, message);
    found.also.push((first.origin, "elsewhere"));
    found.subjects.extend(subjects(first, other));
    found
}

/// Finds codes of one operation with the same meaning and different statuses.
fn same_meaning(operation: &Operation, result: &ResultHandling, found: &mut Vec<Found>) {
    let mut by_meaning: BTreeMap<String, &Code> = BTreeMap::new();
    for code in &result.codes {
        let first = *by_meaning.entry(bare(&code.meaning)).or_insert(code);
        if first.status == code.status {
            continue;
        }
        let message = format!(
            "the codes `{}` and `{}` have the same meaning, but the statuses `{}` and `{}`",
            first.name, code.name, first.status, code.status
        );
        let mut conflict = of_code(Contradiction::CodesConflict, operation, code, message);
        conflict.also.push((first.origin, "the same meaning"));
        conflict.subjects.push(first.origin);
        found.push(conflict);
    }
}

/// Returns a meaning without letter case, punctuation and spaces.
fn bare(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
