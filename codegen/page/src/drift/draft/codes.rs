//! Drafts result codes, statuses and their decisions.

use serde_yaml::{Mapping, Value as Yaml};

use super::{Map, TODO};
use crate::Advice;
use crate::drift::fact_sheet::{Code, Logic};
use crate::drift::value::Value;
use crate::text::is_constant;
use payspec_model::lint::{calls_again, is_over};
use payspec_model::model::{Api, Decide, NextStep, PageFact, Resend, StatusClass};

/// Returns the conventional class of a page's status; an unknown one is pending.
pub(super) fn class(status: &str) -> StatusClass {
    match status {
        "S" => StatusClass::Succeeded,
        "F" => StatusClass::Failed,
        _ => StatusClass::Pending,
    }
}

/// Returns the statuses of the codes, in their order.
pub(super) fn statuses(codes: &[Code]) -> Vec<String> {
    let mut statuses: Vec<String> = Vec::new();
    for code in codes {
        let status = status(code);
        if !statuses.contains(&status) {
            statuses.push(status);
        }
    }
    statuses
}

/// Returns the status of a code; a code without one gets `U`, which leaves the result open.
pub(super) fn status(code: &Code) -> String {
    match code.facts.value(PageFact::Status) {
        Some(Value::Word(status)) => status.clone(),
        Some(_) | None => "U".to_owned(),
    }
}

/// The destination of the codes of a draft.
pub(super) struct Into<'a> {
    /// The id of the operation.
    pub(super) operation: &'a str,
    /// The tag of the page.
    pub(super) source: &'a str,
    /// The API whose other operations may have the codes as well.
    pub(super) api: Option<&'a Api>,
    /// The meaning of the statuses on the page.
    pub(super) logic: &'a [Logic],
    /// The decisions of successful statuses, by status.
    pub(super) decided: &'a [(String, Decide)],
    /// True if a repeated request is recognised, so that a final answer stays the same.
    pub(super) is_idempotent: bool,
}

impl Into<'_> {
    fn decides(&self, status: &str, decide: Decide) -> bool {
        let mut all = self.decided.iter();
        all.any(|(one, decided)| one == status && *decided == decide)
    }

    /// Returns a different status that the API gives a code in another operation.
    fn other_status(&self, name: &str, status: &str) -> Option<&str> {
        let operations = self.api.iter().flat_map(|api| &api.operations);
        let results = operations.filter_map(|operation| operation.result.as_ref());
        let mut codes = results.flat_map(|result| &result.codes);
        let other = codes.find(|code| code.name == name && code.status != status);
        other.map(|code| code.status.as_str())
    }
}

/// Drafts the codes of an operation. If a page advises a step that does not fit the status, the
/// draft takes one that fits, and records the page's side as a dispute. If a page gives a code
/// another status than other operations do, the draft takes the page's.
pub(super) fn codes<'c>(into: &Into<'_>, codes: impl IntoIterator<Item = &'c Code>) -> Mapping {
    let mut map = Map::default();
    for code in codes {
        map.put_mapping(&name(code), entry(into, code));
    }
    map.0
}

/// Returns the name of a code for the spec; a translated name gets a placeholder.
fn name(code: &Code) -> String {
    if is_constant(&code.name) {
        code.name.clone()
    } else {
        format!("TODO_LINE_{}", code.place.line().unwrap_or_default())
    }
}

fn entry(into: &Into<'_>, code: &Code) -> Mapping {
    let status = status(code);
    let class = class(&status);
    let redirects = into.decides(&status, Decide::Redirect);
    let understood = understood(into, code, &status);
    let advised = match understood {
        Some(advice) => advice.steps.as_slice(),
        // One of several steps, which a person has to choose.
        None if code.advice.is_sure() => code.advice.steps.as_slice(),
        None => &[],
    };
    let never = |step: &NextStep| code.advice.never.contains(step);
    let mut fitting = advised.iter().copied().filter(|step| {
        let is_other = redirects && *step != NextStep::Redirect;
        suits(class, *step) && !is_other
    });
    let step = fitting.find(|step| !never(step));
    let taken = step.unwrap_or(strictest(class, redirects, &code.advice));
    let resend = resend(into, &status, understood);
    let action = match (&code.action, understood.filter(|_| step.is_some())) {
        (_, Some(_)) => TODO.to_owned(),
        (Some(words), None) => quoted(words),
        (None, None) => format!("{TODO}: the page does not say what to do."),
    };
    let mut map = Map::default();
    map.put("status", status.as_str());
    let meaning = match code.facts.value(PageFact::Status) {
        Some(_) => format!("{TODO}: what {} means.", code.name),
        None => format!(
            "{TODO}: what {} means, and its status: the page states none.",
            code.name
        ),
    };
    map.put("meaning", meaning);
    map.put("action", action.as_str());
    map.put("next_step", taken.as_str());
    map.put("resend", resend.as_str());
    let mut disputes = Vec::new();
    if step.is_none() && !advised.is_empty() {
        let advised = code.facts.value(PageFact::NextStep).map(Value::to_string);
        disputes.push(misfit(into, code, &advised.unwrap_or_default()));
    }
    if let Some(other) = into.other_status(&code.name, &status) {
        disputes.push(two_statuses(into, code, &status, other));
    }
    let settles = match class {
        StatusClass::Succeeded => {
            let ends = into.decides(&status, Decide::Done);
            let differs = match taken {
                NextStep::Done => redirects,
                NextStep::Redirect
                | NextStep::FixRequest
                | NextStep::FixCredentials
                | NextStep::CheckContract
                | NextStep::RegisterMerchant
                | NextStep::LowerAmount
                | NextStep::NewRequestId
                | NextStep::ResendSame
                | NextStep::Inquire
                | NextStep::Refund
                | NextStep::ContactSupport
                | NextStep::TellUser => ends || redirects && is_over(&action),
            };
            differs.then_some("success_step_differs")
        }
        StatusClass::Failed => calls_again(&action).then_some("failed_but_retry"),
        StatusClass::Pending => {
            let is_open = resend != Resend::Safe
                || !matches!(taken, NextStep::ResendSame | NextStep::Inquire);
            is_open.then_some("pending_without_resend")
        }
    };
    disputes.extend(settles.map(|word| strict(into, code, class, word)));
    if !disputes.is_empty() {
        map.put("disputed", disputes);
    }
    map.0
}

/// Returns the page's words as a placeholder.
pub(super) fn quoted(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    format!("{TODO}: the page says: {}", words.join(" "))
}

/// Returns what the page advises for a code, if all of it is certain: by its own action, or without
/// one by its status.
fn understood<'c>(into: &Into<'c>, code: &'c Code, status: &str) -> Option<&'c Advice> {
    let advice = match &code.action {
        Some(_) => &code.advice,
        None => into
            .logic
            .iter()
            .find(|one| one.status == status)
            .map(|one| &one.advice)?,
    };
    let is_whole = advice.is_sure() && !advice.steps.is_empty();
    is_whole.then_some(advice)
}

/// Returns the rule for sending the same request again: safe only if the page says so.
fn resend(into: &Into<'_>, status: &str, understood: Option<&Advice>) -> Resend {
    let Some(advice) = understood else {
        return Resend::Never;
    };
    let of_status = into.logic.iter().find(|one| one.status == status);
    let of_status = of_status.and_then(|one| one.advice.resend);
    let may_follow_status = advice
        .steps
        .iter()
        .all(|step| matches!(step, NextStep::Inquire | NextStep::ResendSame));
    match (advice.resend, class(status)) {
        (Some(Resend::Never), _) => Resend::Never,
        (Some(Resend::Safe | Resend::Pointless), StatusClass::Pending) => Resend::Safe,
        (None, StatusClass::Pending) if may_follow_status && of_status == Some(Resend::Safe) => {
            Resend::Safe
        }
        (None, StatusClass::Pending) => Resend::Never,
        // A call again after a final result is not what the result means.
        (Some(Resend::Safe | Resend::Pointless), _) => Resend::Never,
        (None, _) if into.is_idempotent => Resend::Pointless,
        (None, _) => Resend::Never,
    }
}

/// Makes a dispute for a rule that is stricter than what usually fits the status.
fn strict(into: &Into<'_>, code: &Code, class: StatusClass, settles: &str) -> Yaml {
    let page = side(into, "what the page says");
    let taken = side(into, "the strictest rule, until somebody has read the page");
    let (about, question) = match class {
        StatusClass::Succeeded => ("decision", "what is left to do"),
        StatusClass::Failed | StatusClass::Pending => {
            ("resend", "may the same request be sent again")
        }
    };
    let question = format!("{question} after {}", code.name);
    let mut dispute = dispute(into, code, about, &question, [page, taken], 1);
    dispute.put("settles", vec![Yaml::from(settles)]);
    Yaml::Mapping(dispute.0)
}

/// Makes a dispute for a step of the page that does not fit its status for the code.
fn misfit(into: &Into<'_>, code: &Code, value: &str) -> Yaml {
    let fact = PageFact::NextStep.as_str();
    let mut stated = Map::default();
    stated.put("fact", fact).put("is", value);
    let mut page = side(into, "what the action advises");
    page.put("states", vec![Yaml::Mapping(stated.0)]);
    let taken = side(into, "what fits the status");
    let question = format!("what to do after {}", code.name);
    let dispute = dispute(into, code, fact, &question, [page, taken], 1);
    Yaml::Mapping(dispute.0)
}

/// Makes a dispute for a code that has another status in other operations.
fn two_statuses(into: &Into<'_>, code: &Code, status: &str, other: &str) -> Yaml {
    let page = side(into, &format!("{status}, as the page says"));
    let elsewhere = side(into, &format!("{other}, as other operations say"));
    let question = format!("which status {} has", code.name);
    let mut dispute = dispute(into, code, "status", &question, [page, elsewhere], 0);
    dispute.put("settles", vec![Yaml::from("codes_conflict")]);
    Yaml::Mapping(dispute.0)
}

fn side(into: &Into<'_>, says: &str) -> Map {
    let mut side = Map::default();
    side.put("says", format!("{TODO}: {says}."))
        .put("source", into.source);
    side
}

/// Makes a dispute about a code, with the side that the draft takes.
fn dispute(
    into: &Into<'_>,
    code: &Code,
    about: &str,
    question: &str,
    sides: [Map; 2],
    takes: usize,
) -> Map {
    let word = |text: &str| text.to_lowercase().replace('_', "-");
    let id = [into.operation, &code.name, about].map(word).join("-");
    let taken = sides[takes].0.get("says").cloned().unwrap_or_default();
    let mut dispute = Map::default();
    dispute.put("id", id);
    dispute.put("question", format!("{TODO}: {question}?"));
    dispute.put("sides", sides.map(|side| Yaml::Mapping(side.0)).to_vec());
    dispute.put("takes", taken);
    dispute.put("because", TODO);
    dispute
}

/// Returns whether a step fits the class of a status.
fn suits(class: StatusClass, step: NextStep) -> bool {
    match class {
        StatusClass::Succeeded => matches!(step, NextStep::Done | NextStep::Redirect),
        StatusClass::Failed => !matches!(
            step,
            NextStep::ResendSame | NextStep::Done | NextStep::Redirect
        ),
        StatusClass::Pending => matches!(
            step,
            NextStep::ResendSame | NextStep::Inquire | NextStep::ContactSupport
        ),
    }
}

/// Returns the step that does the least for a code whose advice is not understood.
fn strictest(class: StatusClass, redirects: bool, advice: &Advice) -> NextStep {
    match class {
        StatusClass::Succeeded if redirects => NextStep::Redirect,
        StatusClass::Succeeded => NextStep::Done,
        StatusClass::Pending if !advice.never.contains(&NextStep::Inquire) => NextStep::Inquire,
        StatusClass::Failed | StatusClass::Pending => NextStep::ContactSupport,
    }
}

/// Drafts a `results.yaml` with statuses, and with the codes that no operation can have.
pub(super) fn results(source: &str, statuses: &[String], codes: Mapping) -> Mapping {
    let mut all = Map::default();
    for status in statuses {
        let mut one = Map::default();
        let decide = match class(status) {
            StatusClass::Succeeded => Decide::Done,
            StatusClass::Failed => Decide::Failed,
            StatusClass::Pending => Decide::Pending,
        };
        one.put("decide", decide.as_str()).put("description", TODO);
        all.put_mapping(status, one.0);
    }
    let mut map = Map::default();
    map.put("source", source);
    map.put_mapping("cases", all.0);
    map.put_full("codes", codes);
    map.0
}
