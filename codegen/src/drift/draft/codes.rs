//! Result codes, statuses and what they decide.

use serde_yaml::{Mapping, Value as Yaml};

use super::{Map, TODO};
use crate::drift::sheet::Code;
use crate::drift::value::Value;
use crate::model::{NextStep, PageFact, Resend, StatusClass};

/// The class that a status of a page has by custom; one that nobody knows decides nothing.
pub(super) fn class(status: &str) -> StatusClass {
    match status {
        "S" => StatusClass::Succeeded,
        "F" => StatusClass::Failed,
        _ => StatusClass::Pending,
    }
}

/// The statuses that codes come with, in their order.
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

/// The status of a code; one that states none leaves the matter open.
fn status(code: &Code) -> String {
    match code.facts.value(PageFact::Status) {
        Some(Value::Word(status)) => status.clone(),
        _ => "U".to_owned(),
    }
}

/// The codes of an operation. Where a page asks for a step that does not go with the status, the
/// draft takes one that does, and records the page's side as a dispute.
pub(super) fn codes<'c>(
    operation: &str,
    source: &str,
    codes: impl IntoIterator<Item = &'c Code>,
) -> Mapping {
    let mut map = Map::default();
    for code in codes {
        map.put_mapping(&code.name, entry(operation, source, code));
    }
    map.0
}

fn entry(operation: &str, source: &str, code: &Code) -> Mapping {
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
        let said = code.facts.value(PageFact::NextStep).map(Value::to_string);
        let said = said.unwrap_or_default();
        disputes.push(dispute(operation, source, code, ("next_step", &said)));
    }
    if never && resend != Resend::Never {
        disputes.push(dispute(
            operation,
            source,
            code,
            ("resend", Resend::Never.as_str()),
        ));
    }
    if !disputes.is_empty() {
        map.put("disputed", disputes);
    }
    map.0
}

/// A point on which the page says what does not go with the status that it gives.
fn dispute(operation: &str, source: &str, code: &Code, (fact, said): (&str, &str)) -> Yaml {
    let word = |text: &str| text.to_lowercase().replace('_', "-");
    let id = [operation, &code.name, fact].map(word).join("-");
    let mut stated = Map::default();
    stated.put("fact", fact).put("is", said);
    let mut page = Map::default();
    page.put("says", format!("{TODO}: what the action asks for."));
    page.put("source", source);
    page.put("states", vec![Yaml::Mapping(stated.0)]);
    let mut taken = Map::default();
    let takes = format!("{TODO}: what goes with the status.");
    taken.put("says", takes.as_str()).put("source", source);
    let mut dispute = Map::default();
    dispute.put("id", id);
    dispute.put(
        "question",
        format!("{TODO}: what is done after {}?", code.name),
    );
    dispute.put("sides", vec![Yaml::Mapping(page.0), Yaml::Mapping(taken.0)]);
    dispute.put("takes", takes);
    dispute.put("because", TODO);
    Yaml::Mapping(dispute.0)
}

/// Whether a step goes with the class of a status.
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

/// The step of a code that states none.
const fn usual(class: StatusClass) -> NextStep {
    match class {
        StatusClass::Succeeded => NextStep::Done,
        StatusClass::Failed => NextStep::ContactSupport,
        StatusClass::Pending => NextStep::Inquire,
    }
}

/// What statuses decide, one by one.
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

/// `results.yaml` with statuses alone.
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
