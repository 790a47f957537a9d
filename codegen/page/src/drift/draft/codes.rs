//! Drafts result codes, statuses and their decisions.

use serde_yaml::{Mapping, Value as Yaml};

use super::{Map, TODO};
use crate::drift::fact_sheet::Code;
use crate::drift::value::Value;
use payspec_model::model::{Api, NextStep, PageFact, Resend, StatusClass};

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
fn status(code: &Code) -> String {
    match code.facts.value(PageFact::Status) {
        Some(Value::Word(status)) => status.clone(),
        _ => "U".to_owned(),
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
}

impl Into<'_> {
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
        map.put_mapping(&code.name, entry(into, code));
    }
    map.0
}

fn entry(into: &Into<'_>, code: &Code) -> Mapping {
    let status = status(code);
    let class = class(&status);
    let stated = match code.facts.value(PageFact::NextStep) {
        Some(Value::Steps(steps)) => steps.as_slice(),
        _ => &[],
    };
    let never = code.facts.value(PageFact::Resend) == Some(&Value::Resend(Resend::Never));
    let step = stated.iter().copied().find(|step| suits(class, *step));
    let taken = step.unwrap_or(usual(class));
    let resend = match class {
        StatusClass::Pending => Resend::Safe,
        StatusClass::Succeeded | StatusClass::Failed if never => Resend::Never,
        StatusClass::Succeeded | StatusClass::Failed => Resend::Pointless,
    };
    let mut map = Map::default();
    map.put("status", status.as_str());
    map.put("meaning", format!("{TODO}: what {} means.", code.name));
    map.put("action", TODO);
    map.put("next_step", taken.as_str());
    map.put("resend", resend.as_str());
    let mut disputes = Vec::new();
    if step.is_none() && !stated.is_empty() {
        let advised = code.facts.value(PageFact::NextStep).map(Value::to_string);
        disputes.push(misfit(
            into,
            code,
            "next_step",
            &advised.unwrap_or_default(),
        ));
    }
    if never && resend != Resend::Never {
        disputes.push(misfit(into, code, "resend", Resend::Never.as_str()));
    }
    if let Some(other) = into.other_status(&code.name, &status) {
        disputes.push(two_statuses(into, code, &status, other));
    }
    if !disputes.is_empty() {
        map.put("disputed", disputes);
    }
    map.0
}

/// Makes a dispute for a statement of the page that does not fit its status for the code.
fn misfit(into: &Into<'_>, code: &Code, fact: &str, value: &str) -> Yaml {
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
        StatusClass::Succeeded => step == NextStep::Done,
        StatusClass::Failed => !matches!(
            step,
            NextStep::ResendSame | NextStep::Done | NextStep::Redirect
        ),
        StatusClass::Pending => matches!(step, NextStep::ResendSame | NextStep::Inquire),
    }
}

/// Returns the default step of a code that states none.
const fn usual(class: StatusClass) -> NextStep {
    match class {
        StatusClass::Succeeded => NextStep::Done,
        StatusClass::Failed => NextStep::ContactSupport,
        StatusClass::Pending => NextStep::Inquire,
    }
}

/// Drafts the decisions of statuses.
pub(super) fn decisions(statuses: &[String]) -> Mapping {
    let mut map = Map::default();
    for status in statuses {
        let decide = match class(status) {
            StatusClass::Succeeded => "done",
            StatusClass::Failed => "failed",
            StatusClass::Pending => "pending",
        };
        let mut decision = Map::default();
        decision.put("decide", decide).put("description", TODO);
        if decide == "pending" {
            decision.put("actions", vec![Yaml::from("resend_same")]);
        }
        map.put_mapping(status, decision.0);
    }
    map.0
}

/// Drafts a `results.yaml` that only has statuses.
pub(super) fn results(source: &str, statuses: &[String]) -> Mapping {
    let mut all = Map::default();
    for status in statuses {
        let mut one = Map::default();
        one.put("description", TODO)
            .put("class", class(status).as_str());
        all.put_mapping(status, one.0);
    }
    let mut map = Map::default();
    map.put("source", source);
    map.put_mapping("statuses", all.0);
    map.0
}
